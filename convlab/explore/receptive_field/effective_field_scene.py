"""The effective receptive field beside the theoretical one: which cells count, and how much."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from matplotlib.colors import to_rgb
from matplotlib.path import Path

from convlab.draw import palette
from convlab.draw.cell_styles import LOOK_HERE
from convlab.draw.scene import Scene
from convlab.draw.text import text_path
from convlab.receptive_field import Layer, effective_receptive_field

LARGEST_SIZE = 81  # cells on a side; random weights of larger fields take longer than a glance
CHANNELS = RUNS = 4
SIDE, GAP, LEFT, FLOOR = 250.0, 30.0, 12.0, 34.0


@dataclass(frozen=True)
class EffectiveFieldState:
    """A stack of equal layers, and the share of the gradient to look for.

    Parameters
    ----------
    count, kernel, dilation : int
        How many convolutions, their size and their dilation.
    pools : int, default 0
        How many 2×2 poolings with stride 2 are spread among them.
    weights : "uniform" or "random", default "uniform"
        As for `effective_receptive_field`.
    percent : int, default 90
        How much of the gradient the inner frame is to hold.
    """

    count: int
    kernel: int
    dilation: int = 1
    pools: int = 0
    weights: str = "uniform"
    percent: int = 90

    @property
    def layers(self) -> tuple[Layer, ...]:
        """The stack, from the input on."""
        return stack(self.count, self.kernel, self.dilation, self.pools)

    @cached_property
    def field(self) -> np.ndarray:
        """The share of each cell; not to be written to."""
        return _field(self.layers, self.weights)

    @cached_property
    def reached(self) -> np.ndarray:
        """Which cells the unit reads at all."""
        return _field(self.layers, "uniform") > 0

    @cached_property
    def inner(self) -> int:
        """The side of the smallest square in the middle that holds the wanted share."""
        return middle_square(self.field, self.percent / 100)


def stack(count: int, kernel: int, dilation: int = 1, pools: int = 0) -> tuple[Layer, ...]:
    """Return equal convolutions with 2×2 poolings spread among them.

    Examples
    --------
    >>> [layer.kernel_size[0] for layer in stack(4, 3, pools=1)]
    [3, 3, 2, 3, 3]
    """
    layers: list[Layer] = []
    breaks = {round(count * part / (pools + 1)) for part in range(1, pools + 1)}
    for position in range(count):
        if position in breaks:
            layers.append(Layer(2, stride=2))
        layers.append(Layer(kernel, dilation=dilation))
    return tuple(layers)


def middle_square(field: np.ndarray, share: float) -> int:
    """Return the side of the smallest square in the middle of a field that holds a share of it.

    Examples
    --------
    >>> middle_square(np.array([[0, 0, 0], [0, 1, 0], [0, 0, 0]]), 0.9)
    1
    """
    size = len(field)
    total = field.sum()
    for margin in range((size - 1) // 2, 0, -1):
        inside = field[margin : size - margin, margin : size - margin].sum()
        if inside >= share * total - 1e-12:
            return size - 2 * margin
    return size


@lru_cache(maxsize=256)
def _field(layers: tuple[Layer, ...], weights: str) -> np.ndarray:
    field = effective_receptive_field(layers, weights=weights, channels=CHANNELS, runs=RUNS)
    field.flags.writeable = False
    return field


class EffectiveFieldScene(Scene):
    """Three panels: the theoretical field, the effective one, and both in section."""

    def __init__(self, *, width: int = 850, height: int = 328) -> None:
        super().__init__(width, height)
        self._theory, self._effect = self.pixels(), self.pixels()
        blue, purple, look = palette.INPUT, palette.GRADIENT, palette.LOOK_HERE
        self._squares = self.polygons(facecolors="none", edgecolors=blue, linewidths=2.0)
        self._inner = self.polygons(**LOOK_HERE)
        self._bars = self.polygons(
            facecolors=palette.tint(purple, 0.62), edgecolors=purple, linewidths=0.6
        )
        self._flat = self.lines(colors=blue, linewidths=2.2)
        self._axis = self.lines(colors=palette.QUIET, linewidths=1.0)
        self._bracket = self.lines(colors=look, linewidths=2.6)
        self._blue = self.text(palette.DEEP[blue])
        self._purple = self.text(palette.DEEP[purple])
        self._look = self.text(palette.DEEP[look])
        self._corners = [LEFT, LEFT + SIDE + GAP, LEFT + 2 * (SIDE + GAP)]

    def update(self, state: EffectiveFieldState) -> None:
        """Move the artists to show `state`."""
        self.changed()
        first, second, third = self._corners
        reached = np.where(state.reached[..., None], to_rgb(palette.tint(palette.INPUT, 0.62)), 1.0)
        self._show(self._theory, reached, first)
        self._show(self._effect, heat(state.field / state.field.max()), second)
        self._squares.set_verts([_square(x, FLOOR, SIDE) for x in (first, second)])
        side = SIDE * state.inner / len(state.field)
        inset = (SIDE - side) / 2
        self._inner.set_verts([_square(second + inset, FLOOR + inset, side)])
        self._draw_section(state, third)
        self._draw_words(state)

    @staticmethod
    def _show(artist: object, pixels: np.ndarray, left: float) -> None:
        artist.set_data((255 * pixels).round().astype(np.uint8))
        artist.set_extent((left, left + SIDE, FLOOR, FLOOR + SIDE))

    def _draw_section(self, state: EffectiveFieldState, left: float) -> None:
        shares = state.field.sum(axis=0)
        size, high = len(shares), SIDE * 0.94 / max(shares.max(), 1 / len(shares))
        edges = left + np.linspace(0, SIDE, size + 1)
        self._bars.set_verts(
            [
                [(a, FLOOR), (a, FLOOR + high * share), (b, FLOOR + high * share), (b, FLOOR)]
                for a, b, share in zip(edges[:-1], edges[1:], shares, strict=True)
                if share > 0
            ]
        )
        level = FLOOR + high / size
        box = [(left, FLOOR), (left, level), (left + SIDE, level), (left + SIDE, FLOOR)]
        self._flat.set_segments([box])
        self._axis.set_segments([[(left, FLOOR), (left + SIDE, FLOOR)]])
        ends = left + SIDE / 2 + np.array([-0.5, 0.5]) * SIDE * state.inner / size
        y = FLOOR - 7
        across = [(ends[0], y), (ends[1], y)]
        self._bracket.set_segments([across, *([(x, y), (x, y + 6)] for x in ends)])

    def _draw_words(self, state: EffectiveFieldState) -> None:
        size = len(state.field)
        first, second, third = (x + SIDE / 2 for x in self._corners)
        top, below = FLOOR + SIDE + 22, FLOOR - 18
        heads = [(x, top) for x in (first, second, third)]
        blue = ["theoretical: what it sees", f"{size} × {size}"]
        self._blue.set_path(self._words(blue, [heads[0], (first, below)]))
        purple = ["effective: what counts", "in section, by columns"]
        self._purple.set_path(self._words(purple, heads[1:]))
        look = [f"{state.percent} % in {state.inner} × {state.inner}", f"{state.inner} of {size}"]
        self._look.set_path(self._words(look, [(second, below), (third, below)]))

    @staticmethod
    def _words(texts: list[str], places: object) -> Path:
        """Return bold text_path, centred on its places."""
        return text_path(texts, np.array(places), 15, bold=True)


def heat(values: np.ndarray) -> np.ndarray:
    """Colour values from 0 to 1: white, through the gradient's purple, to a dark purple.

    In the steps that the picture language has; less than a twentieth stays white.
    """
    steps = np.round(np.asarray(values) * 30) / 30
    steps = np.where(steps < 0.05, 0, steps)
    dark = 0.55 * np.array(to_rgb(palette.INK)) + 0.45 * np.array(to_rgb(palette.GRADIENT))
    colours = np.array([to_rgb(palette.PAPER), to_rgb(palette.GRADIENT), dark])
    return np.stack([np.interp(steps, [0, 0.6, 1], part) for part in colours.T], axis=-1)


def _square(left: float, low: float, side: float) -> list[tuple[float, float]]:
    right, high = left + side, low + side
    return [(left, low), (left, high), (right, high), (right, low)]
