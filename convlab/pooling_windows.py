"""The windows of a pooling: how many there are, and that each of them sees a cell of the input.

Rounding down leaves out a last window that would reach past the padded input. Rounding up
(`ceil_mode`) keeps it, where it begins within the input or the padding before it; what lies past
the padded input then counts as no cell at all. Along one axis, with span = d(k − 1) + 1,

    output = ⌈(n + before + after − span) / s⌉ + 1, less 1 if (output − 1)·s ≥ n + before

Source: PyTorch's ``torch.nn.MaxPool2d``, "sliding windows that would start in the right padded
region are ignored"; and its function ``pooling_output_shape``.
"""

from __future__ import annotations

from numpy.typing import ArrayLike

from convlab.aliases import IntPair, Padding, Pair, Sides
from convlab.arguments import as_flag, as_pair
from convlab.arrays import Array, as_images
from convlab.geometry import Geometry
from convlab.padding import as_sides


def pool_geometry(
    input_shape: IntPair,
    kernel_size: IntPair,
    *,
    stride: IntPair | None = None,
    padding: Padding = 0,
    dilation: IntPair = 1,
    ceil_mode: bool = False,
) -> Geometry:
    """Return the `Geometry` of a pooling: `stride` None means `kernel_size`.

    With `ceil_mode`, its padding at the end is what the last window needs.

    Raises
    ------
    TypeError, ValueError
        As for `Geometry`; and if a window would see nothing but padding. Without dilation, the
        words ``"valid"``, ``"same"`` and ``"full"`` never do that, nor does padding smaller than
        the window.

    Examples
    --------
    >>> pool_geometry((5, 6), 2).output_shape, pool_geometry((5, 6), 2, ceil_mode=True).output_shape
    ((2, 3), (3, 3))
    """
    axes = _axes(input_shape, kernel_size, stride, dilation)
    sides = as_sides(padding, axes)
    if as_flag("ceil_mode", ceil_mode):
        rows, cols = (_rounded_up(*axis, *side) for axis, side in zip(axes, sides, strict=True))
        sides = rows, cols
    shape, window, steps, gaps = zip(*axes, strict=True)
    geometry = Geometry(shape, window, stride=steps, padding=sides, dilation=gaps)
    for axis, name in enumerate(("rows", "columns")):
        if not _all_see_input(geometry, axis):
            dilated = f" and `dilation` {gaps}" if max(gaps) > 1 else ""
            raise ValueError(
                f"`padding` must leave at least one input cell in every window, got {padding!r} "
                f"with `kernel_size` {window}{dilated}: a window sees no {name} of the input"
            )
    return geometry


def stated_padding(
    input_shape: IntPair, kernel_size: IntPair, stride: IntPair | None, padding: Padding
) -> Sides:
    """Return the padding that was asked for, whatever `ceil_mode` makes of it."""
    return as_sides(padding, _axes(input_shape, kernel_size, stride, 1))


def as_grad_output(grad_output: ArrayLike, x: Array, geometry: Geometry) -> Array:
    """Return `grad_output` as an array of the output's shape, or raise an error."""
    array = as_images("grad_output", grad_output, dtype=x.dtype)
    expected = (*x.shape[:-2], *geometry.output_shape)
    if array.shape != expected:
        raise ValueError(
            f"`grad_output` must have the shape of the output, {expected}, got {array.shape}"
        )
    return array


def _axes(
    input_shape: IntPair, kernel_size: IntPair, stride: IntPair | None, dilation: IntPair
) -> list[tuple[int, int, int, int]]:
    """Return size, window, stride and dilation of each axis."""
    window = as_pair("kernel_size", kernel_size, 1)
    return list(
        zip(
            as_pair("input_shape", input_shape, 1),
            window,
            window if stride is None else as_pair("stride", stride, 1),
            as_pair("dilation", dilation, 1),
            strict=True,
        )
    )


def _rounded_up(n: int, k: int, s: int, d: int, before: int, after: int) -> Pair:
    """Return the padding of one axis with which rounding down finds the windows of rounding up."""
    span = d * (k - 1) + 1
    room = n + before + after - span
    count = -(-room // s) + 1
    if (count - 1) * s >= n + before:
        count -= 1
    return before, max(0, (count - 1) * s + span - n - before)


def _all_see_input(geometry: Geometry, axis: int) -> bool:
    n, before = geometry.input_shape[axis], geometry.padding[axis][0]
    span, gap = geometry.span[axis], geometry.dilation[axis]
    starts = range(-before, n + geometry.padding[axis][1] - span + 1, geometry.stride[axis])
    if starts[0] + span <= 0 or starts[-1] >= n:
        return False
    # Only a gap wider than the input can straddle it.
    return gap <= n or all(
        any(0 <= cell < n for cell in range(start, start + span, gap)) for start in starts
    )
