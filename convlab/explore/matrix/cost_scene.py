"""What C̃ costs, against other ways to compute the same output: memory, and time as measured."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np

from convlab.convolution import conv2d
from convlab.draw import palette
from convlab.draw.scene import Scene
from convlab.draw.text import text_path
from convlab.matrix import conv_matrix, patch_matrix

SMALLEST, LARGEST = 4, 224
SIZES = (4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 224)
"""Input sizes at which times are measured."""
DENSE_SIZES = tuple(n for n in SIZES if n <= 48)
"""Those at which a dense C̃ of 8-byte numbers stays below 64 MiB."""
NUMBER, INDEX = 8, 4
"""Bytes of a number, and of a row or column index in the sparse matrix."""
MEMORY, TIME = "memory", "time"
WAYS = ("C̃, dense", "C̃, sparse", "patches P", "sliding")
COLOURS = (palette.DEEP[palette.KERNEL], palette.KERNEL, palette.INPUT, palette.OUTPUT)
DASHES = ("solid", (0, (5, 2)), (0, (7, 2, 1.5, 2)), (0, (1.5, 1.5)))


@dataclass(frozen=True)
class CostState:
    """What is compared: memory or time, for which kernel, and the input size to read off."""

    what: str = MEMORY
    kernel: int = 3
    size: int = 224


def entries(size: int, kernel: int) -> dict[str, int]:
    """Return how many numbers each way stores, for a square input, `same` padding and stride 1.

    Along one axis, kernel cells and input cells meet n·k − ⌊k²/4⌋ times.

    Examples
    --------
    >>> entries(4, 3)
    {'C̃, dense': 256, 'C̃, sparse': 100, 'patches P': 144, 'sliding': 9}
    """
    pixels, met = size**2, (size * kernel - kernel**2 // 4) ** 2
    return dict(zip(WAYS, (pixels**2, met, kernel**2 * pixels, kernel**2), strict=True))


def memory(size: int, kernel: int) -> dict[str, int]:
    """Return the bytes of what each way stores besides input and output.

    A sparse matrix stores, with each number, its column, and for each row where it begins.
    """
    bytes_of = {way: NUMBER * count for way, count in entries(size, kernel).items()}
    indices = entries(size, kernel)["C̃, sparse"] + size**2 + 1
    return {**bytes_of, "C̃, sparse": bytes_of["C̃, sparse"] + INDEX * indices}


@lru_cache(maxsize=8)
def measured(kernel: int) -> dict[str, dict[int, float]]:
    """Measure the seconds that one product takes, for each way and size; once per process.

    Building C̃ is not counted; building P is, because every new input needs it.
    """
    rng = np.random.default_rng(0)
    weight = rng.normal(size=(kernel, kernel))
    seconds: dict[str, dict[int, float]] = {way: {} for way in WAYS}
    for size in SIZES:
        x = rng.normal(size=(size, size))
        calls = _calls(x, weight, size in DENSE_SIZES)
        for way, call in calls.items():
            seconds[way][size] = _quickest(call)
    return seconds


def _calls(x: np.ndarray, weight: np.ndarray, dense: bool) -> dict[str, Callable[[], object]]:
    sparse = conv_matrix(weight, x.shape, padding="same", sparse=True)
    column, row = x.ravel(), weight.reshape(1, -1)
    calls: dict[str, Callable[[], object]] = {
        "C̃, sparse": lambda: sparse @ column,
        "patches P": lambda: row @ patch_matrix(x, weight.shape, padding="same"),
        "sliding": lambda: conv2d(x, weight, padding="same"),
    }
    if dense:
        matrix = sparse.toarray()
        calls["C̃, dense"] = lambda: matrix @ column
    return calls


def _quickest(call: Callable[[], object]) -> float:
    """Return the shortest of some calls, within 10 milliseconds or three calls."""
    best, start, calls = np.inf, time.perf_counter(), 0
    while calls < 3 or time.perf_counter() - start < 0.01:
        before = time.perf_counter()
        call()
        best, calls = min(best, time.perf_counter() - before), calls + 1
    return float(best)


class CostScene(Scene):
    """Curves over the input size, both axes logarithmic, and the size that is read off."""

    def __init__(self, *, width: int = 540, height: int = 384) -> None:
        super().__init__(width, height)
        self._grid = self.lines(colors=palette.tint(palette.QUIET, 0.35), linewidths=0.8)
        self._axis_words = self.text()
        self._curves = [
            self.lines(colors=colour, linewidths=2.6, linestyles=dashes)
            for colour, dashes in zip(COLOURS, DASHES, strict=True)
        ]
        self._labels = [self.text(palette.DEEP.get(colour, colour)) for colour in COLOURS]
        self._reading = self.lines(moving=True, colors=palette.LOOK_HERE, linewidths=1.6)
        self._dots = self.polygons(moving=True, edgecolors=palette.LOOK_HERE, linewidths=1.8)
        self._words = self.text(palette.DEEP[palette.LOOK_HERE], moving=True)

    def curves(self, state: CostState) -> dict[str, dict[int, float]]:
        """Return bytes, or seconds, by way and input size."""
        if state.what == TIME:
            return measured(state.kernel)
        sizes = np.unique(np.geomspace(SMALLEST, LARGEST, 30).round().astype(int)).tolist()
        return {
            way: {size: memory(size, state.kernel)[way] for size in {*sizes, state.size}}
            for way in WAYS
        }

    def update(self, state: CostState) -> None:
        """Move the artists to show `state`."""
        curves = self.curves(state)
        if self.is_new(state.what, state.kernel):
            values = [value for curve in curves.values() for value in curve.values()]
            self._decades = (
                int(np.floor(np.log10(min(values)))),
                int(np.ceil(np.log10(max(values)))),
            )
            self._draw_axes(state.what)
            self._draw_curves(curves)
        size = read_off(state)
        points = [self._at(size, curve[size]) for curve in curves.values() if size in curve]
        foot, head = (
            self._at(size, 10.0 ** self._decades[0]),
            self._at(size, 10.0 ** self._decades[1]),
        )
        self._reading.set_segments([[foot, head]])
        circle = 5 * np.column_stack([f(np.linspace(0, 2 * np.pi, 24)) for f in (np.cos, np.sin)])
        self._dots.set_verts([point + circle for point in points])
        colours = [c for c, curve in zip(COLOURS, curves.values(), strict=True) if size in curve]
        self._dots.set_facecolors(colours)
        spot = np.array([(np.clip(head[0], 100, self.width - 60), head[1] + 12)])
        self._words.set_path(text_path([f"{size} × {size}"], spot, 14, bold=True))

    def _at(self, size: float, value: float) -> np.ndarray:
        low, high = self._decades
        along = np.log(size / SMALLEST) / np.log(LARGEST / SMALLEST)
        up = (np.log10(value) - low) / (high - low)
        return np.array([72 + along * (self.width - 72 - 112), 44 + up * (self.height - 44 - 34)])

    def _draw_axes(self, what: str) -> None:
        low, high = self._decades
        sizes = (4, 8, 16, 32, 64, 112, 224)
        lines = [[self._at(size, 10.0**low), self._at(size, 10.0**high)] for size in sizes]
        powers = range(low, high + 1)
        lines += [[self._at(SMALLEST, 10.0**p), self._at(LARGEST, 10.0**p)] for p in powers]
        self._grid.set_segments(lines)
        below = np.array([self._at(size, 10.0**low) - (0, 12) for size in sizes])
        shown = [power for power in powers if (power - low) % 3 == 0 or what == TIME]
        beside = np.array([self._at(SMALLEST, 10.0**power) - (8, 0) for power in shown])
        units = [
            in_bytes(10.0**power) if what == MEMORY else in_seconds(10.0**power) for power in shown
        ]
        axis = np.array([(self.width / 2 - 20, 12)])
        paths = [
            text_path([str(size) for size in sizes], below, 13),
            text_path(units, beside, 13, align="right"),
            text_path(["rows and columns of the input"], axis, 13),
        ]
        self._axis_words.set_path(paths[0].make_compound_path(*paths))

    def _draw_curves(self, curves: dict[str, dict[int, float]]) -> None:
        ends = []
        for lines, curve in zip(self._curves, curves.values(), strict=True):
            points = [self._at(size, curve[size]) for size in sorted(curve)]
            lines.set_segments([points])
            ends.append(points[-1])
        heights = _apart([end[1] for end in ends], 17)
        for patch, way, end, height in zip(self._labels, curves, ends, heights, strict=True):
            spot = np.array([(end[0] + 9, height)])
            patch.set_path(text_path([way], spot, 14, align="left", bold=True))


def read_off(state: CostState) -> int:
    """Return the size that is read off: for times, the nearest one that was measured."""
    if state.what == MEMORY:
        return state.size
    return min(SIZES, key=lambda size: abs(np.log(size / state.size)))


def in_bytes(count: float) -> str:
    """Write a number of bytes.

    Examples
    --------
    >>> in_bytes(72), in_bytes(8 * 50176**2)
    ('72 B', '20.1 GB')
    """
    return _with_unit(count, ("B", "kB", "MB", "GB", "TB"))


def in_seconds(seconds: float) -> str:
    """Write a time.

    Examples
    --------
    >>> in_seconds(2.5e-6), in_seconds(0.01)
    ('2.5 µs', '10 ms')
    """
    return _with_unit(seconds * 1e9, ("ns", "µs", "ms", "s"))


def _with_unit(value: float, units: tuple[str, ...]) -> str:
    for unit in units[:-1]:
        if value < 999.5:
            return f"{value:.3g} {unit}"
        value /= 1000
    return f"{value:.3g} {units[-1]}"


def _apart(heights: list[float], gap: float) -> np.ndarray:
    """Move heights until no two are closer than `gap`, the lowest first."""
    moved = np.array(heights, float)
    order = np.argsort(moved)
    for below, above in pairwise(order):
        moved[above] = max(moved[above], moved[below] + gap)
    return moved
