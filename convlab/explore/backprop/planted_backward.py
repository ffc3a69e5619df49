"""The catalogued mistakes as they come out of a backward pass: what each makes of a gradient.

Each is made in one gradient of a worked example. One mistake has several versions where it can be
made in several ways. A version raises a ValueError where the mistake cannot even be made.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np

from convlab.aliases import Layout
from convlab.convolution import conv2d, flip
from convlab.explore.backprop.gradient_check_numbers import MISTAKES as CODED
from convlab.explore.backprop.worked_example import WorkedExample
from convlab.geometry import Geometry
from convlab.gradients import conv2d_input_grad, conv2d_weight_grad

Version = Callable[[WorkedExample], np.ndarray]


def _x(n: WorkedExample, weight: np.ndarray, grad: np.ndarray | None = None) -> np.ndarray:
    """Return ∂ℓ/∂x for other weights, or another ∂ℓ/∂y."""
    grad = n.grad_output if grad is None else grad
    return conv2d_input_grad(grad, weight, n.x.shape, **n.layout)


def _w(n: WorkedExample, grad: np.ndarray) -> np.ndarray:
    """Return ∂ℓ/∂w for another ∂ℓ/∂y."""
    return conv2d_weight_grad(grad, n.x, n.weight.shape, **n.layout)


def _transposed(n: WorkedExample) -> np.ndarray:
    if n.weight.shape[0] != n.weight.shape[1]:
        raise ValueError("a kernel that is not square does not fit once it is transposed")
    return np.asarray(n.weight.T)


def _last_missing(n: WorkedExample) -> np.ndarray:
    """∂ℓ/∂y as loops see it that stop one row and one column too early."""
    seen = np.zeros(n.grad_output.shape)
    seen[:-1, :-1] = n.grad_output[:-1, :-1]
    return seen


def _of_padded(n: WorkedExample) -> np.ndarray:
    """∂ℓ/∂x with the padding's share still around it."""
    layout: Layout = {**n.layout, "padding": 0}
    return conv2d_input_grad(n.grad_output, n.weight, n.geometry.padded_shape, **layout)


def _undilated_x(n: WorkedExample) -> np.ndarray:
    stride, shape = n.geometry.stride, n.geometry.padded_shape
    own = Geometry(shape, n.weight.shape, stride=stride)
    grads = np.zeros(own.output_shape)
    grads[: n.y.shape[0], : n.y.shape[1]] = n.grad_output
    return conv2d_input_grad(grads, n.weight, shape, stride=stride)[n.geometry.inside]


def _undilated_w(n: WorkedExample) -> np.ndarray:
    own = Geometry(n.padded.shape, n.weight.shape, stride=n.geometry.stride)
    grads = np.zeros(own.output_shape)
    grads[: n.y.shape[0], : n.y.shape[1]] = n.grad_output
    return conv2d_weight_grad(grads, n.padded, n.weight.shape, stride=n.geometry.stride)


def _last_window_wins(n: WorkedExample) -> np.ndarray:
    """∂ℓ/∂x where each output overwrites its window, one output after the other."""
    out = np.zeros(n.geometry.padded_shape)
    (rows, cols), (down, across) = n.geometry.span, n.geometry.dilation
    for (r, c), grad in np.ndenumerate(n.grad_output):
        top, left = r * n.geometry.stride[0], c * n.geometry.stride[1]
        out[top : top + rows : down, left : left + cols : across] = grad * n.weight
    return out[n.geometry.inside]


def _last_weight_wins(n: WorkedExample) -> np.ndarray:
    """∂ℓ/∂x where each weight overwrites what it meets, one weight after the other."""
    out = np.zeros(n.geometry.padded_shape)
    for tap in n.geometry.taps:
        out[tap.view] = n.weight[tap.row, tap.col] * n.grad_output
    return out[n.geometry.inside]


def _last_product_wins(n: WorkedExample) -> np.ndarray:
    """∂ℓ/∂w where each output overwrites the ones before."""
    last = np.zeros_like(n.grad_output)
    last[-1, -1] = n.grad_output[-1, -1]
    return _w(n, last)


def _through_the_matrix(n: WorkedExample) -> np.ndarray:
    """C̃ g where C̃ᵀ g belongs: numpy refuses unless there are as many outputs as inputs."""
    return np.asarray(n.matrix @ n.grad_output.ravel()).reshape(n.x.shape)


def _cut_at_the_end(n: WorkedExample) -> np.ndarray:
    return _of_padded(n)[: n.x.shape[0], : n.x.shape[1]]


def _not_cropped(n: WorkedExample) -> np.ndarray:
    """∂ℓ/∂x by zero insertion, where a negative border is taken for none."""
    border = np.maximum(n.border, 0)
    return conv2d(np.pad(n.zero_inserted, border), flip(n.weight), dilation=n.geometry.dilation)


def _padding_at_the_end(n: WorkedExample) -> np.ndarray:
    """∂ℓ/∂w where windows begin on the input itself, and what hangs over counts as 0."""
    missing = [(0, before + after) for before, after in n.geometry.padding]
    layout: Layout = {**n.layout, "padding": 0}
    return conv2d_weight_grad(n.grad_output, np.pad(n.x, missing), n.weight.shape, **layout)


def _over_the_input(n: WorkedExample) -> np.ndarray:
    """∂ℓ/∂w where the zero-inserted ∂ℓ/∂y slides over the unpadded input."""
    rows, cols = n.weight.shape
    return conv2d(n.x, n.zero_inserted, stride=n.geometry.dilation)[:rows, :cols]


_IN_X: dict[str, tuple[Version, ...]] = {
    "kernel not rotated": (lambda n: _x(n, flip(n.weight)),),
    "matrix transposed": (_through_the_matrix,),
    "= for +=": (_last_window_wins, _last_weight_wins),
    "stride ignored": (CODED["∂ℓ/∂x: stride forgotten"].code,),
    "dilation ignored": (_undilated_x,),
    "padding not cut off": (_of_padded,),
    "padding forgotten": (_cut_at_the_end,),
    "left-over cells cropped": (CODED["∂ℓ/∂x: left-over cells cropped"].code,),
    "negative padding": (_not_cropped,),
    "kernel transposed": (
        lambda n: _x(n, flip(_transposed(n))),
        lambda n: _x(n, _transposed(n)),
    ),
    "kernel mirrored": (lambda n: _x(n, n.weight[::-1]), lambda n: _x(n, n.weight[:, ::-1])),
    "axes swapped": (lambda n: n.gradients.x.T,),
    "off by one": (lambda n: _x(n, n.weight, _last_missing(n)),),
    "output gradient forgotten": (lambda n: _x(n, n.weight, np.ones_like(n.grad_output)),),
    "results swapped": (lambda n: n.gradients.weight,),
}
_IN_W: dict[str, tuple[Version, ...]] = {
    "gradient rotated": (
        lambda n: _w(n, flip(n.grad_output)),
        lambda n: flip(n.gradients.weight),
    ),
    "= for +=": (_last_product_wins,),
    "stride ignored": (CODED["∂ℓ/∂w: stride forgotten"].code,),
    "dilation ignored": (_undilated_w,),
    "padding forgotten": (_padding_at_the_end, _over_the_input),
    "weight gradient not cropped": (lambda n: n.uncropped,),
    "axes swapped": (lambda n: n.gradients.weight.T,),
    "off by one": (lambda n: _w(n, _last_missing(n)),),
    "output gradient forgotten": (lambda n: _w(n, np.ones_like(n.grad_output)),),
    "results swapped": (lambda n: n.gradients.x,),
}
_IN_B: dict[str, tuple[Version, ...]] = {
    "bias summed wrongly": (
        lambda n: n.grad_output.mean(),
        lambda n: n.grad_output,
        lambda n: n.grad_output.sum(axis=0),
        lambda n: n.grad_output.sum(axis=1),
    ),
    "bias per product": (CODED["∂ℓ/∂b: counted per product"].code,),
    "off by one": (lambda n: _last_missing(n).sum(),),
    "= for +=": (lambda n: n.grad_output[-1, -1],),
    "output gradient forgotten": (lambda n: np.asarray(n.y.size),),
}
PLANTED: Mapping[str, Mapping[str, tuple[Version, ...]]] = MappingProxyType(
    {"x": _IN_X, "weight": _IN_W, "bias": _IN_B}
)
"""By the gradient that it spoils and its name in the catalogue: the versions of each mistake."""
