"""Kernels that are learned: recovered from a picture and its result, or from labels."""
