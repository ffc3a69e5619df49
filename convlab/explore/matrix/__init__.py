"""Convolution as a matrix product: C̃, im2col, flattening, and what they cost."""
