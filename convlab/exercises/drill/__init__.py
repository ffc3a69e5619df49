"""Questions drawn by lot, as many as a reader likes, and their marks."""
