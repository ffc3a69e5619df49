"""Right answers to the tasks of lessons 9 and 10; see `solutions_forward`."""

from __future__ import annotations

from types import MappingProxyType

LEARNING = MappingProxyType(
    {
        "9.4 descend": """\
from convlab import conv2d, conv2d_weight_grad

def descend(w, x, t, eta):
    error = conv2d(x, w) - t
    return w - eta * conv2d_weight_grad(error / t.size, x, w.shape)
""",
        "9.5 batches": """\
import numpy as np
from convlab import conv2d, conv2d_weight_grad

def batches(w, xs, ts, eta):
    for batch, targets in zip(xs, ts):
        slope = np.zeros(w.shape)
        for x, t in zip(batch, targets):
            slope += conv2d_weight_grad(conv2d(x, w) - t, x, w.shape)
        w = w - eta * slope / targets.size
    return w
""",
        "10.2 a batch": """\
import numpy as np

def scores_gradient(z, t):
    z = np.asarray(z, float)
    grown = np.exp(z - z.max(axis=1, keepdims=True))
    q = grown / grown.sum(axis=1, keepdims=True)
    q[np.arange(len(q)), t] -= 1
    return q / len(q)
""",
        "10.3 a training step": """\
import numpy as np

def step(w, v, gradient, eta, mu):
    faster = mu * np.asarray(v) + np.asarray(gradient)
    return np.asarray(w) - eta * faster, faster
""",
        "10.4 batch after batch": """\
from convlab import dense, dense_backward, softmax_cross_entropy

def train_dense(w, xs, ts, eta):
    for x, t in zip(xs, ts):
        upstream = softmax_cross_entropy(dense(x, w), t).gradient
        w = w - eta * dense_backward(upstream, x, w).weight
    return w
""",
    }
)
