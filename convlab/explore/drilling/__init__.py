"""Questions by hand, marked as they are answered, each with its picture afterwards."""
