"""A small network that learns digits: how it learns, and every number inside it."""
