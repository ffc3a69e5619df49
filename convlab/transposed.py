"""The transposed convolution: the way back through the shapes of a convolution, as a layer.

With C̃ the matrix of a convolution, the transposed convolution is C̃ᵀ: each input cell adds its
value, times the kernel, to a window of the output, and where windows overlap they add up,

    y[r·s + u·d − before] += w[u] · x[r]        along one axis, for every r and u

so that the output has (i − 1)s − before − after + d(k − 1) + output padding + 1 cells. Padding
*takes away* cells here: those that the convolution would have read its padding from. It is the
gradient of a convolution for its input, and not its inverse.

Source: V. Dumoulin and F. Visin, *A guide to convolution arithmetic for deep learning*,
arXiv:1603.07285, section 4; PyTorch's ``torch.nn.ConvTranspose2d``, whose layout of the weights and
whose output padding these are.
"""

from __future__ import annotations

from numpy.typing import ArrayLike

from convlab.aliases import IntPair, NumericPadding, Pair
from convlab.arguments import as_pair
from convlab.arrays import Array, as_array, as_images
from convlab.geometry import Geometry
from convlab.memory import check_memory
from convlab.operands import as_bank, as_batch, as_bias, as_groups, check_same_rank, like
from convlab.padding import numeric_sides
from convlab.scatter import images_first, images_last, scatter


def conv_transpose2d(
    x: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    *,
    stride: IntPair = 1,
    padding: NumericPadding = 0,
    output_padding: IntPair = 0,
    dilation: IntPair = 1,
    groups: int = 1,
) -> Array:
    """Add each input cell, times the kernel, to its window of the output.

    Parameters
    ----------
    x : array_like, shape (rows, cols), (channels, rows, cols) or (batch, channels, rows, cols)
        The input. Its floating-point dtype decides the output's; integers become float64.
    weight : array_like, shape (rows, cols) for a 2-D input, else (in, out / groups, rows, cols)
        Laid out like the weight of the convolution that goes the other way.
    bias : array_like, scalar for a 2-D input, else shape (out,), optional
        Added once to each output pixel.
    stride, dilation : int or (int, int), default 1
        How far the windows of two neighbouring cells lie apart; and as for `Geometry`.
    padding : int, (int, int) or ((int, int), (int, int)), default 0
        Cells taken away per side: the padding of the convolution that goes the other way.
    output_padding : int or (int, int), default 0
        Rows and columns added at the end, where no window may reach, to choose among the sizes
        that the convolution maps to one. Smaller than the stride or the dilation.
    groups : int, default 1
        As for `conv2d`.

    Returns
    -------
    ndarray
        Of the input's rank; along each axis
        (i − 1)s − before − after + d(k − 1) + output padding + 1 long.

    Raises
    ------
    TypeError, ValueError
        As for `conv2d`; if `output_padding` is too large, or `padding` leaves nothing.

    Examples
    --------
    >>> conv_transpose2d([[1, 10]], [[1, 2, 3]], stride=2)
    array([[ 1.,  2., 13., 20., 30.]])
    >>> conv_transpose2d([[1, 10]], [[1, 2, 3]], stride=2, padding=(0, 1), output_padding=(0, 1))
    array([[ 2., 13., 20., 30.]])
    """
    x = as_images("x", x)
    weight = as_array("weight", weight, ndim=(2, 4), dtype=x.dtype)
    check_same_rank(x, weight, "(in, out, rows, cols)")
    images, bank = as_batch(x), as_bank(weight)
    if images.shape[1] != len(bank):
        raise ValueError(
            f"`weight` must have as many input channels as `x`, along its first axis: "
            f"got {len(bank)} in `weight`, {images.shape[1]} in `x`"
        )
    groups = as_groups(groups, input=len(bank))
    outputs = groups * bank.shape[1]
    steps = as_pair("stride", stride, 1)
    gaps = as_pair("dilation", dilation, 1)
    extra = _output_padding(output_padding, steps, gaps)
    axes = zip(x.shape[-2:], bank.shape[-2:], steps, gaps, strict=True)
    geometry = Geometry(
        [(i - 1) * s + d * (k - 1) + 1 for i, k, s, d in axes],
        bank.shape[-2:],
        stride=steps,
        dilation=gaps,
    )
    sides = numeric_sides(padding)
    canvas = geometry.input_shape[0] + extra[0], geometry.input_shape[1] + extra[1]
    rows, cols = (slice(side[0], n - side[1]) for side, n in zip(sides, canvas, strict=True))
    if rows.start >= rows.stop or cols.start >= cols.stop:
        raise ValueError(
            f"`padding` must leave at least one row and one column of the output, got {padding!r} "
            f"for {canvas[0]} rows and {canvas[1]} columns"
        )
    shape = (len(images), outputs, *canvas)
    check_memory("x", "the output", shape, x.itemsize, "take a smaller one, or a smaller stride")
    y = images_first(scatter(images_last(images), bank, canvas, geometry, groups)[:, rows, cols])
    if bias is not None:
        y += as_bias(bias, weight, outputs).reshape(-1, 1, 1)
    return like(y, x)


def _output_padding(value: IntPair, stride: Pair, dilation: Pair) -> Pair:
    extra = as_pair("output_padding", value, 0)
    if any(more >= max(limits) for more, *limits in zip(extra, stride, dilation, strict=True)):
        raise ValueError(
            f"`output_padding` must be smaller than the stride, {stride}, or the dilation, "
            f"{dilation}, on each axis, got {value!r}"
        )
    return extra
