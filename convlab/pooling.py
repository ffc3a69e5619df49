"""Pooling: each window of each channel becomes one number, its maximum or its average.

For one channel, with k = (rows, columns) the window, s the stride, d the dilation and p the padding
before,

    max:      y[r, c] = max of x[r·s + u·d − p, c·s + v·d − p]  over the window's cells of the input
    average:  y[r, c] = Σ x[r·s + u − p, c·s + v − p] / (k_rows · k_cols)

There is nothing to learn, and channels do not mix: pooling acts on each alone and keeps their
number. Backwards, a maximum hands its gradient to the cell that won, an average hands each cell of
its window an equal share; where windows overlap the shares add up.

Source: V. Dumoulin and F. Visin, *A guide to convolution arithmetic for deep learning*,
arXiv:1603.07285, sections 1.2 and 3; I. Goodfellow, Y. Bengio and A. Courville, *Deep Learning*,
section 9.3; for dilation, rounding up and indices, PyTorch's ``torch.nn.MaxPool2d`` and
``torch.nn.AvgPool2d``.
"""

from convlab.average_pooling import avg_pool2d, avg_pool2d_backward
from convlab.max_pooling import max_pool2d, max_pool2d_backward, max_unpool2d
from convlab.pooling_windows import pool_geometry

__all__ = [
    "avg_pool2d",
    "avg_pool2d_backward",
    "max_pool2d",
    "max_pool2d_backward",
    "max_unpool2d",
    "pool_geometry",
]
