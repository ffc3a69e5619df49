"""The questions of each lesson, their right answers, and the mistakes made on purpose."""
