"""Right answers to the tasks of lessons 1 to 6: the source of functions that a reader could write.

They show one way among many, the shortest that is easy to read. Each brings its own imports, so
that it runs wherever it is pasted.
"""

from __future__ import annotations

from types import MappingProxyType

FORWARD = MappingProxyType(
    {
        "1.3 sweep": """\
import numpy as np

def sweep(x, w):
    rows, cols = w.shape
    y = np.zeros((x.shape[0] - rows + 1, x.shape[1] - cols + 1))
    for r, c in np.ndindex(y.shape):
        y[r, c] = (w * x[r : r + rows, c : c + cols]).sum()
    return y
""",
        "1.4 true convolution": """\
from convlab import conv2d

def true_convolution(x, w):
    return conv2d(x, w[::-1, ::-1])
""",
        "1.5 strided sweep": """\
import numpy as np

def strided_sweep(x, w, stride):
    (down, right), (rows, cols) = stride, w.shape
    y = np.zeros(((x.shape[0] - rows) // down + 1, (x.shape[1] - cols) // right + 1))
    for r, c in np.ndindex(y.shape):
        top, left = r * down, c * right
        y[r, c] = (w * x[top : top + rows, left : left + cols]).sum()
    return y
""",
        "2.4 size formula": """\
def size(n, k, stride, before, after, dilation):
    span = dilation * (k - 1) + 1
    return (n + before + after - span) // stride + 1
""",
        "2.8 everything": """\
import numpy as np

def convolve(x, w, stride, padding, dilation):
    (sr, sc), (pr, pc), (dr, dc) = stride, padding, dilation
    padded = np.pad(x, ((pr, pr), (pc, pc)))
    high, wide = dr * (w.shape[0] - 1) + 1, dc * (w.shape[1] - 1) + 1
    rows = (padded.shape[0] - high) // sr + 1
    cols = (padded.shape[1] - wide) // sc + 1
    y = np.zeros((rows, cols))
    for r, c in np.ndindex(rows, cols):
        window = padded[r * sr : r * sr + high : dr, c * sc : c * sc + wide : dc]
        y[r, c] = (w * window).sum()
    return y
""",
        "3.3 what a unit sees": """\
def sees(kernels, strides, paddings, unit):
    R, J, B = 1, 1, 0
    for k, s, p in zip(kernels, strides, paddings):
        R, B = R + (k - 1) * J, B + p * J
        J = J * s
    first = unit * J - B
    return first, first + R - 1
""",
        "4.3 one thick kernel": """\
from convlab import conv2d

def one_thick_kernel(x, kernel, bias):
    return sum(conv2d(channel, part) for channel, part in zip(x, kernel)) + bias
""",
        "4.4 groups": """\
import numpy as np
from convlab import conv2d

def grouped(x, weight, groups):
    parts = zip(np.split(x, groups), np.split(weight, groups))
    return np.concatenate([conv2d(part, bank) for part, bank in parts])
""",
        "4.6 a bank on a batch": """\
import numpy as np

def whole_layer(x, weight, bias, stride):
    (n, _, height, width), (out, _, rows, cols) = x.shape, weight.shape
    y = np.zeros((n, out, (height - rows) // stride + 1, (width - cols) // stride + 1))
    for r, c in np.ndindex(y.shape[2:]):
        top, left = r * stride, c * stride
        window = x[:, :, top : top + rows, left : left + cols]
        y[:, :, r, c] = np.einsum("nmuv,fmuv->nf", window, weight) + bias
    return y
""",
        "5.4 two kernels in one": """\
import numpy as np

def merge(first, second):
    (a, b), (rows, cols) = first.shape, second.shape
    merged = np.zeros((a + rows - 1, b + cols - 1))
    for u, v in np.ndindex(a, b):
        merged[u : u + rows, v : v + cols] += first[u, v] * second
    return merged
""",
        "6.3 matrix": """\
import numpy as np
from convlab import conv2d

def matrix(w, rows, cols, stride, padding):
    columns = []
    for unit in np.eye(rows * cols):
        picture = unit.reshape(rows, cols)
        columns.append(conv2d(picture, w, stride=stride, padding=padding).ravel())
    return np.column_stack(columns)
""",
        "6.4 patches": """\
import numpy as np

def patches_of(x, k):
    rows, cols = x.shape
    patches = []
    for r in range(rows - k + 1):
        for c in range(cols - k + 1):
            patches.append(x[r : r + k, c : c + k].ravel())
    return np.column_stack(patches)
""",
        "6.5 the way back": """\
import numpy as np

def put_back(P, input_shape, k):
    x = np.zeros(input_shape)
    places = np.ndindex(x.shape[0] - k + 1, x.shape[1] - k + 1)
    for (r, c), patch in zip(places, P.T):
        x[r : r + k, c : c + k] += patch.reshape(k, k)
    return x
""",
        "6.6 thick patches": """\
import numpy as np

def thick_patches(x, k, stride):
    _, rows, cols = x.shape
    patches = []
    for r in range(0, rows - k + 1, stride):
        for c in range(0, cols - k + 1, stride):
            patches.append(x[:, r : r + k, c : c + k].ravel())
    return np.column_stack(patches)
""",
    }
)
"""The tasks of lessons 1 to 6, by their names."""
