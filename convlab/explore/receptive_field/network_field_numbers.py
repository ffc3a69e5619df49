"""What one unit of a well-known network sees: a frame on the photograph that is its input."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from convlab.draw import palette
from convlab.draw.cell_styles import LOOK_HERE
from convlab.draw.scene import Scene
from convlab.draw.text import text_path
from convlab.geometry import Geometry, Pair
from convlab.images import photo
from convlab.networks import NETWORKS, Network
from convlab.receptive_field import ReceptiveField, receptive_fields

HEAD, MARGIN = 30.0, 8.0
CLOSEST_UNITS = 13.0  # pixels between two units, below which their dots would hide the picture
Box = tuple[float, float, float, float]


@lru_cache
def map_shapes(name: str) -> tuple[Pair, ...]:
    """Return the rows and columns of the map of each layer of a network, from its own input.

    Examples
    --------
    >>> map_shapes("LeNet-5")
    ((28, 28), (14, 14), (10, 10), (5, 5), (1, 1))
    """
    network, shapes = NETWORKS[name], []
    shape = network.input_shape
    for layer in network:
        shape = Geometry(
            shape,
            layer.kernel_size,
            stride=layer.stride,
            padding=layer.padding,
            dilation=layer.dilation,
        ).output_shape
        shapes.append(shape)
    return tuple(shapes)


@lru_cache
def fields_of(name: str) -> tuple[ReceptiveField, ...]:
    """Return what a unit of each layer of a network sees."""
    return receptive_fields(NETWORKS[name])


@dataclass(frozen=True)
class NetworkFieldState:
    """A network of `NETWORKS`, one of its layers, and one unit of that layer's map.

    Parameters
    ----------
    name : str
    layer : int
        From 0.
    unit : (int, int)
        Row and column, from 0.
    """

    name: str
    layer: int
    unit: Pair

    @property
    def network(self) -> Network:
        """The network."""
        return NETWORKS[self.name]

    @property
    def map_shape(self) -> Pair:
        """Rows and columns of the layer's map."""
        return map_shapes(self.name)[self.layer]

    @property
    def field(self) -> ReceptiveField:
        """What the units of the layer see."""
        return fields_of(self.name)[self.layer]

    @cached_property
    def region(self) -> tuple[Pair, Pair]:
        """The rows and columns of the input that the unit sees, half-open."""
        return self.field.region(*self.unit)

    @property
    def share_inside(self) -> float:
        """How much of the field lies inside the input, from 0 to 1."""
        sides = zip(self.region, self.network.input_shape, self.field.size, strict=True)
        parts = [max(0, min(end, size) - max(first, 0)) / r for (first, end), size, r in sides]
        return parts[0] * parts[1]


def nearest_unit(name: str, layer: int, place: tuple[float, float]) -> Pair:
    """Return the unit whose field has its middle nearest to a place of the input, in its cells."""
    field, shape = fields_of(name)[layer], map_shapes(name)[layer]
    axes = zip(place, field.padding, field.size, field.stride, shape, strict=True)
    row, col = (
        min(max(round((x + padding - size / 2) / stride), 0), count - 1)
        for x, padding, size, stride, count in axes
    )
    return row, col


@lru_cache(maxsize=4)
def photograph(size: int) -> np.ndarray:
    """Return a square photograph in colour: shape (size, size, 3), from 0 to 255."""
    picture = photo(color=True, max_side=round(size * 600 / 512))
    top = (picture.shape[1] - size) // 4
    square = picture[:, top : top + size, :size]
    return np.ascontiguousarray(np.moveaxis(square, 0, -1).round().astype(np.uint8))


class NetworkFieldScene(Scene):
    """The photograph, the middles of all units' fields, and the frame of one."""

    def __init__(self, *, width: int = 430, height: int = 440) -> None:
        super().__init__(width, height, photographic=True)
        self._photograph = self.pixels()
        self._border = self.polygons(facecolors="none", edgecolors=palette.INPUT, linewidths=2.0)
        self._dim = self.polygons(moving=True, facecolors=palette.PAPER, alpha=0.6, linewidths=0)
        self._beyond = self.polygons(
            moving=True, facecolors=palette.tint(palette.LOOK_HERE, 0.12), linewidths=0
        )
        self._units = self.polygons(
            moving=True, facecolors=palette.OUTPUT, edgecolors=palette.PAPER, linewidths=0.7
        )
        self._frame = self.polygons(moving=True, **LOOK_HERE | {"linewidths": 3.0})
        self._unit = self.polygons(
            moving=True, facecolors=palette.OUTPUT, edgecolors=palette.INK, linewidths=1.6
        )
        self._map = self.text(palette.DEEP[palette.OUTPUT])
        self._size = self.text(palette.DEEP[palette.LOOK_HERE])

    def update(self, state: NetworkFieldState) -> None:
        """Move the artists to show `state`."""
        if self.is_new(state.name, state.layer):
            self._draw_input(state)
            self._draw_head(state)
        (top, bottom), (left, right) = state.region
        field = self._box(state, (left, top, right, bottom))
        whole = self._box(state, self._input(state))
        self._dim.set_verts(_corners(_around(whole, field)))
        self._beyond.set_verts(_corners(_around(field, whole)))
        self._frame.set_verts(_corners([field]))
        self._draw_units(state)

    def place_at(self, state: NetworkFieldState, pixel: tuple[float, float]) -> tuple[float, float]:
        """Return the row and column of the input, in its cells, drawn at a pixel."""
        scale, left, top = self._view(state)
        return (top - pixel[1]) / scale, (pixel[0] - left) / scale

    def _view(self, state: NetworkFieldState) -> tuple[float, float, float]:
        """Return pixels per input cell, and where the input's upper left corner is.

        All that any unit of the layer sees is in view, so that nothing moves but the frame.
        """
        (low, _), (left, _) = state.field.region(0, 0)
        last = state.field.region(*(count - 1 for count in state.map_shape))
        rows, cols = state.network.input_shape
        low, left = min(low, 0), min(left, 0)
        high, right = max(last[0][1], rows), max(last[1][1], cols)
        room = (self.width - 2 * MARGIN, self.height - HEAD - 2 * MARGIN)
        scale = min(room[0] / (right - left), room[1] / (high - low))
        x = self.width / 2 - scale * (left + right) / 2
        y = (self.height - HEAD) / 2 + scale * (low + high) / 2
        return scale, x, y

    def _box(self, state: NetworkFieldState, box: Box) -> Box:
        """Turn (left, top, right, bottom) in input cells into pixels."""
        scale, x, y = self._view(state)
        left, top, right, bottom = box
        return x + scale * left, y - scale * top, x + scale * right, y - scale * bottom

    @staticmethod
    def _input(state: NetworkFieldState) -> Box:
        rows, cols = state.network.input_shape
        return 0, 0, cols, rows

    def _draw_input(self, state: NetworkFieldState) -> None:
        left, top, right, bottom = whole = self._box(state, self._input(state))
        self._photograph.set_data(photograph(state.network.input_shape[0]))
        self._photograph.set_extent((left, right, bottom, top))
        self._border.set_verts(_corners([whole]))

    def _draw_head(self, state: NetworkFieldState) -> None:
        rows, cols = state.map_shape
        name = state.network[state.layer].name
        y = self.height - 17
        left, right = np.array([[MARGIN, y]]), np.array([[self.width - MARGIN, y]])
        text = f"{name}: {rows} × {cols} units"
        self._map.set_path(text_path([text], left, 15, align="left", bold=True))
        high, wide = state.field.size
        text = f"each sees {high} × {wide}"
        self._size.set_path(text_path([text], right, 15, align="right", bold=True))

    def _draw_units(self, state: NetworkFieldState) -> None:
        scale, _, _ = self._view(state)
        chosen = self._middles(state, np.array([state.unit]))
        self._unit.set_verts(_dots(chosen, 4.5))
        if scale * min(state.field.stride) < CLOSEST_UNITS:
            self._units.set_verts([])
            return
        every = np.argwhere(np.ones(state.map_shape))
        self._units.set_verts(_dots(self._middles(state, every), 2.6))

    def _middles(self, state: NetworkFieldState, units: np.ndarray) -> np.ndarray:
        scale, x, y = self._view(state)
        field = state.field
        middles = units * field.stride - np.array(field.padding) + np.array(field.size) / 2
        return np.column_stack([x + scale * middles[:, 1], y - scale * middles[:, 0]])


def _around(outer: Box, inner: Box) -> list[Box]:
    """Return what of a box lies outside another, as up to four boxes; y points upwards."""
    left, top, right, bottom = outer
    l_in, r_in = np.clip((inner[0], inner[2]), left, right)
    b_in, t_in = np.clip((inner[3], inner[1]), bottom, top)
    parts = [
        (left, top, right, t_in),
        (left, b_in, right, bottom),
        (left, t_in, l_in, b_in),
        (r_in, t_in, right, b_in),
    ]
    return [part for part in parts if part[2] - part[0] > 1e-9 and part[1] - part[3] > 1e-9]


def _corners(boxes: list[Box]) -> list[list[tuple[float, float]]]:
    return [[(le, t), (r, t), (r, b), (le, b)] for le, t, r, b in boxes]


def _dots(middles: np.ndarray, radius: float) -> np.ndarray:
    diamond = np.array([[-1, 0], [0, 1], [1, 0], [0, -1]]) * radius
    return middles[:, None] + diamond
