"""Padding, stride and dilation: where windows lie, and what they read beyond the edge."""
