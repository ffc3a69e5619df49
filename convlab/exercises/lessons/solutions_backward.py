"""Right answers to the tasks of lessons 7 and 8; see `solutions_forward`."""

from __future__ import annotations

from types import MappingProxyType

BACKWARD = MappingProxyType(
    {
        "7.3 input gradient": """\
import numpy as np

def input_grad(g, w, input_shape, stride, padding):
    rows, cols = w.shape
    height, width = input_shape
    grad = np.zeros((height + 2 * padding, width + 2 * padding))
    for r, c in np.ndindex(g.shape):
        top, left = r * stride, c * stride
        grad[top : top + rows, left : left + cols] += g[r, c] * w
    return grad[padding : padding + height, padding : padding + width]
""",
        "7.4 weight gradient": """\
import numpy as np

def weight_grad(g, x, kernel_size, stride, padding):
    rows, cols = kernel_size
    padded, grad = np.pad(x, padding), np.zeros(kernel_size)
    for r, c in np.ndindex(g.shape):
        top, left = r * stride, c * stride
        grad += g[r, c] * padded[top : top + rows, left : left + cols]
    return grad
""",
        "7.6 conv_backward": """\
import numpy as np

def conv_backward(g, x, w, stride, padding):
    (rows, cols), p = w.shape[2:], padding
    padded = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    grad_x, grad_w = np.zeros(padded.shape), np.zeros(w.shape)
    for r, c in np.ndindex(g.shape[2:]):
        top, left = r * stride, c * stride
        place = np.s_[:, :, top : top + rows, left : left + cols]
        grad_x[place] += np.einsum("nf,fmuv->nmuv", g[:, :, r, c], w)
        grad_w += np.einsum("nf,nmuv->fmuv", g[:, :, r, c], padded[place])
    height, width = x.shape[2:]
    return grad_x[:, :, p : p + height, p : p + width], grad_w, g.sum(axis=(0, 2, 3))
""",
        "7.7 gradient check": """\
import numpy as np
from convlab import conv2d

def by_nudging(x, w, t, h):
    def loss(weights):
        return ((conv2d(x, weights) - t) ** 2).sum() / 2

    grad = np.zeros(w.shape)
    for place in np.ndindex(w.shape):
        step = np.zeros(w.shape)
        step[place] = h
        grad[place] = (loss(w + step) - loss(w - step)) / (2 * h)
    return grad
""",
        "8.3 average, backward": """\
import numpy as np

def average_backward(grad_output, k):
    return np.kron(grad_output, np.full((k, k), 1 / k**2))
""",
        "8.4 one winner": """\
import numpy as np

def one_winner(g, window):
    grad = np.zeros(window.shape)
    grad.flat[window.argmax()] = g
    return grad
""",
        "8.5 max pooling": """\
import numpy as np

def max_pool(x, k):
    y = np.zeros((x.shape[0] // k, x.shape[1] // k))
    for r, c in np.ndindex(y.shape):
        y[r, c] = x[r * k : r * k + k, c * k : c * k + k].max()
    return y
""",
        "8.7 overlapping windows": """\
import numpy as np

def max_backward(g, x, k, stride):
    grad = np.zeros(x.shape)
    for m, r, c in np.ndindex(g.shape):
        top, left = r * stride, c * stride
        u, v = divmod(x[m, top : top + k, left : left + k].argmax(), k)
        grad[m, top + u, left + v] += g[m, r, c]
    return grad
""",
    }
)
"""The tasks of lessons 7 and 8, by their names."""
