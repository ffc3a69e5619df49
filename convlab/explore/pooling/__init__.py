"""Pooling, forward and backward, and what it makes of a shifted picture."""
