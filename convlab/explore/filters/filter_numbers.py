"""What a filter makes of a picture, and how one pixel of it comes about.

With weights w, a divisor d, a bias b, stride s and the padded picture x̂, each channel of the
result is

    y[r, c] = b + 1/d · Σ_u Σ_v w[u, v] · x̂[r·s + u, c·s + v]

All padding but ``"valid"`` adds k − 1 rows and columns in total, the odd one at the end, so that
the result has ⌈n/s⌉ of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from convlab.convolution import conv2d
from convlab.draw.planes import input_mask
from convlab.geometry import Geometry
from convlab.images import to_display, to_gray

PADDINGS = {"zeros": "constant", "edge": "edge", "reflect": "reflect", "wrap": "wrap"}
"""The padding modes that keep the size, and numpy's names for them."""
CHANNELS = ("red", "green", "blue")


@dataclass(frozen=True, eq=False)
class Subject:
    """A picture to filter.

    Parameters
    ----------
    name : str
        What to call it in a caption.
    pixels : ndarray, shape (rows, cols) or (3, rows, cols)
        Values from 0 to 255; they are rounded, as in a file.
    """

    name: str
    pixels: np.ndarray

    @property
    def in_colour(self) -> bool:
        """Whether there is more than grey."""
        return self.pixels.ndim == 3

    @cached_property
    def channels(self) -> dict[bool, np.ndarray]:
        """The whole numbers that are filtered, of shape (1 or 3, rows, cols): grey, in colour."""
        grey = np.rint(to_gray(self.pixels)).astype(np.float32)[None]
        colour = np.rint(self.pixels).astype(np.float32) if self.in_colour else grey
        return {False: grey, True: colour}


@dataclass(frozen=True)
class FilterState:
    """Everything that the filter lab shows.

    Parameters
    ----------
    subject : Subject
    weights : tuple of tuple of float
        A square kernel, before the division.
    divisor, bias : float
        The sum of the products is divided by the one, and the other is added.
    padding : {"zeros", "edge", "reflect", "wrap", "valid"}
    stride : int
        On both axes.
    display : {"clip", "rescale", "absolute", "wrap"}
        How the result is brought back to 0…255.
    colour : bool
        Every channel on its own, instead of grey.
    row, col, channel : int
        The pixel of the result whose arithmetic is shown, and in which channel.
    notice : str
        What to tell the reader besides, as plain text.
    """

    subject: Subject
    weights: tuple[tuple[float, ...], ...]
    divisor: float = 1.0
    bias: float = 0.0
    padding: str = "zeros"
    stride: int = 1
    display: str = "clip"
    colour: bool = False
    row: int = 0
    col: int = 0
    channel: int = 0
    notice: str = ""

    @property
    def pixels(self) -> np.ndarray:
        """The channels that are filtered, of shape (1 or 3, rows, cols)."""
        return self.subject.channels[self.colour]

    @cached_property
    def geometry(self) -> Geometry:
        """How the kernel is laid over the picture."""
        size = len(self.weights)
        sides = (0, 0) if self.padding == "valid" else ((size - 1) // 2, size // 2)
        shape = self.pixels.shape[-2:]
        return Geometry(shape, size, stride=self.stride, padding=(sides, sides))


@dataclass(frozen=True, eq=False)
class Filtered:
    """What a filter makes of a picture; arrays have shape (channels, rows, cols)."""

    padded: np.ndarray
    result: np.ndarray

    @cached_property
    def range(self) -> tuple[float, float]:
        """The lowest and the highest value."""
        return float(self.result.min()), float(self.result.max())

    @cached_property
    def outside(self) -> tuple[float, float]:
        """The shares of values below 0 and above 255."""
        return float((self.result < 0).mean()), float((self.result > 255).mean())


def apply_filter(state: FilterState) -> Filtered:
    """Filter the picture of a state, each channel by the same kernel."""
    mode = PADDINGS.get(state.padding)
    padded = state.pixels
    if mode is not None:
        padded = np.pad(padded, ((0, 0), *state.geometry.padding), mode)  # type: ignore[call-overload]
    weight = np.array(state.weights)[None, None]
    result = conv2d(padded[:, None], weight, stride=state.stride)[:, 0]
    result /= state.divisor
    result += state.bias
    return Filtered(padded, result)


@dataclass(frozen=True)
class Arithmetic:
    """The window of one pixel: what it reads, and what comes of it."""

    patch: np.ndarray
    is_padding: np.ndarray
    products: np.ndarray
    result: float
    shown: int


def arithmetic(state: FilterState, filtered: Filtered) -> Arithmetic:
    """Return the window of the chosen pixel, in the chosen channel."""
    geometry = state.geometry
    _, rows, cols = geometry.window(state.row * geometry.output_shape[1] + state.col)
    patch = filtered.padded[state.channel, rows.start : rows.stop, cols.start : cols.stop]
    patch = patch.astype(float)
    value = filtered.result[state.channel, state.row, state.col]
    shown = to_display(np.array([[value, *filtered.range]]), state.display)[0, 0]
    return Arithmetic(
        patch,
        ~input_mask(geometry)[np.ix_(rows, cols)],
        patch * np.array(state.weights),
        float(value),
        int(shown),
    )
