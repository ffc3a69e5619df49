"""Sheets of flat grids of numbers: what is to be drawn is put on a sheet, and the sheet is shown.

A `CellGrid` says where a grid lies, a `Drawing` collects cells, frames, lines and words, and a
`DrawingScene` shows a whole sheet with a handful of artists, however many cells there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

import numpy as np
from matplotlib.colors import to_rgba
from matplotlib.path import Path

from convlab.draw import palette
from convlab.draw.cell_grid import CellGrid
from convlab.draw.cell_styles import PADDING
from convlab.draw.scene import S, Scene
from convlab.draw.text import LEGIBLE, NEARLY, fitting, joined, text_path

FILLS = {
    "input": palette.tint(palette.INPUT, 0.22),
    "kernel": palette.tint(palette.KERNEL, 0.5),
    "output": palette.tint(palette.OUTPUT, 0.3),
    "gradient": palette.tint(palette.GRADIENT, 0.35),
    "products": palette.PAPER,
}
EDGES = {**palette.ROLES, "products": palette.QUIET}
WORDS = {role: palette.DEEP[hue] for role, hue in palette.ROLES.items()}
WORDS["products"] = palette.INK


@dataclass
class Drawing:
    """What is to be drawn: cells, dashed cells, lines, frames (which lie on top), and words."""

    cells: list[np.ndarray] = field(default_factory=list)
    faces: list[str] = field(default_factory=list)
    edges: list[str] = field(default_factory=list)
    dashed: list[np.ndarray] = field(default_factory=list)
    lines: list[np.ndarray] = field(default_factory=list)
    line_colours: list[str] = field(default_factory=list)
    frames: list[np.ndarray] = field(default_factory=list)
    frame_colours: list[str] = field(default_factory=list)
    words: dict[str, list[Path]] = field(default_factory=lambda: defaultdict(list))
    tags: list[tuple[CellGrid, Path, str]] = field(default_factory=list)

    def grid(
        self,
        where: CellGrid,
        values: np.ndarray | None = None,
        role: str = "products",
        *,
        title: str = "",
        names: list[str] | None = None,
        empty: np.ndarray | None = None,
        shown: np.ndarray | None = None,
        faint: np.ndarray | None = None,
    ) -> None:
        """Put a grid of numbers on the sheet.

        Parameters
        ----------
        where : CellGrid
        values : ndarray, shape (rows, cols), optional
            Written where there is room.
        role : {"input", "kernel", "output", "gradient", "products"}
        title : str
            Above the grid.
        names : list of str, optional
            What each cell is called, written small in its upper part where there is room.
        empty, shown, faint : ndarray of bool, shape (rows, cols), optional
            Cells drawn dashed, like padding; cells drawn at all; cells drawn pale.
        """
        shape = (where.rows, where.cols)
        shown = np.ones(shape, bool) if shown is None else shown
        empty = np.zeros(shape, bool) if empty is None else empty
        faint = np.zeros(shape, bool) if faint is None else faint
        solid = shown & ~empty
        for mask, face, edge in (
            (solid & faint, palette.PAPER, palette.tint(EDGES[role], 0.5)),
            (solid & ~faint, FILLS[role], EDGES[role]),
        ):
            tiny = min(where.wide, where.high) < 6
            self._cells(where.marked(mask), face, face if tiny else edge)
        self.dashed.extend(_closed(where.marked(shown & empty)))
        if title:
            self.text(title, where.middle[0], where.top + 13, 14, WORDS[role], bold=True)
        if values is not None:
            quiet = faint | empty
            names = names if where.high >= 32 else None
            named = names is not None
            self._numbers(where, np.asarray(values), shown & ~quiet, palette.INK, named)
            self._numbers(where, np.asarray(values), shown & quiet, palette.MUTED, named)
            if names is not None:
                places = [where.centre(r - 0.27, c) for r, c in np.ndindex(shape)]
                path = text_path(names, np.array(places), LEGIBLE, room=0.9 * where.wide)
                self.words[WORDS[role]].append(path)

    def centre(self, width: float) -> None:
        """Move everything sideways, so that it stands in the middle of a picture this wide."""
        corners = [*self.cells, *self.dashed, *self.lines, *self.frames]
        written = [np.asarray(path.vertices) for paths in self.words.values() for path in paths]
        x = np.concatenate([part[:, 0] for part in [*corners, *written] if len(part)])
        move = np.array([(width - x.min() - x.max()) / 2, 0])
        for parts in (self.cells, self.dashed, self.lines, self.frames):
            parts[:] = [part + move for part in parts]
        for paths in self.words.values():
            paths[:] = [Path(path.vertices + move, path.codes) for path in paths]
        self.tags[:] = [
            (
                replace(tag, left=tag.left + move[0]),
                Path(path.vertices + move, path.codes),
                colour,
            )
            for tag, path, colour in self.tags
        ]

    def _cells(self, corners: np.ndarray, face: str, edge: str) -> None:
        self.cells.extend(corners)
        self.faces.extend([face] * len(corners))
        self.edges.extend([edge] * len(corners))

    def _numbers(
        self, where: CellGrid, values: np.ndarray, mask: np.ndarray, colour: str, named: bool
    ) -> None:
        size = min(15.0, 0.74 * where.high, 0.52 * where.wide)
        if size < NEARLY or not mask.any():
            return
        size, room = max(size, LEGIBLE), 0.86 * where.wide
        low = 0.17 if named else 0.0
        places = np.array([where.centre(row + low, col) for row, col in np.argwhere(mask)])
        texts = [fitting(float(value), size, room) for value in values[mask]]
        self.words[colour].append(text_path(texts, places, size, room=room))

    def block(self, where: CellGrid, face: str, edge: str) -> None:
        """Put one plain rectangle, the size of a board, on the sheet."""
        zero = np.array([0])
        self._cells(where.corners(zero, zero, where.rows, where.cols), face, edge)

    def frame(
        self,
        where: CellGrid,
        row: int = 0,
        col: int = 0,
        high: int = 1,
        wide: int = 1,
        *,
        colour: str = palette.LOOK_HERE,
    ) -> None:
        """Frame a block of cells."""
        self.frames.extend(where.corners(np.array([row]), np.array([col]), high, wide))
        self.frame_colours.append(colour)

    def line(
        self, start: tuple[float, float], end: tuple[float, float], colour: str = palette.INK
    ) -> None:
        """Join two points."""
        self.lines.append(np.array([start, end], float))
        self.line_colours.append(colour)

    def arrow(
        self, start: tuple[float, float], end: tuple[float, float], colour: str = palette.INK
    ) -> None:
        """Join two points, with a head at the end."""
        self.line(start, end, colour)
        along = np.subtract(end, start) / (np.hypot(*np.subtract(end, start)) or 1.0)
        across = np.array([-along[1], along[0]])
        for side in (-1, 1):
            self.line(tuple(end - 7 * along + side * 4 * across), end, colour)

    def text(
        self,
        text: str,
        x: float,
        y: float,
        size: float = 14,
        colour: str = palette.INK,
        *,
        align: str = "center",
        bold: bool = False,
    ) -> None:
        """Write words, vertically centred on `y`."""
        path = text_path([text], np.array([[x, y]], float), size, align=align, bold=bold)
        self.words[colour].append(path)

    def note(
        self, text: str, x: float, y: float, size: float = 13, colour: str = palette.INK
    ) -> None:
        """Write words on a small piece of paper, so that lines below them do not disturb."""
        path = text_path([text], np.array([[x, y]], float), size, bold=True)
        box = path.get_extents()
        tag = CellGrid(1, 1, box.x0 - 3, y + 0.72 * size, box.width + 6, 1.44 * size)
        self.tags.append((tag, path, colour))


def _closed(corners: np.ndarray) -> np.ndarray:
    """Repeat each first corner at the end, so that an outline closes."""
    return np.concatenate([corners, corners[:, :1]], axis=1)


def _rgba(colours: Sequence[str | np.ndarray]) -> np.ndarray:
    """Return colours as numbers: shape (n, 4)."""
    found: Any = [_named(colour) if isinstance(colour, str) else colour for colour in colours]
    return np.reshape(found, (-1, 4))


_named = lru_cache(maxsize=1024)(to_rgba)


class DrawingScene(Scene[S]):
    """A scene that is one sheet of grids, drawn afresh for each state."""

    def __init__(self, width: int, height: int, *, photographic: bool = False) -> None:
        super().__init__(width, height, photographic=photographic)
        self._cells = self.polygons(moving=True, linewidths=1.0)
        self._dashed = self.lines(moving=True, **PADDING)
        self._lines = self.lines(moving=True, linewidths=1.4)
        self._words = {
            colour: self.text(colour, moving=True)
            for colour in (palette.INK, palette.MUTED, *palette.DEEP.values())
        }
        self._frames = self.polygons(moving=True, facecolors="none", linewidths=2.6)
        self._tags = self.polygons(moving=True, facecolors=palette.PAPER, linewidths=1.0)
        self._notes = {
            colour: self.text(colour, moving=True)
            for colour in (palette.INK, *palette.DEEP.values())
        }

    def drawing(self, state: S) -> Drawing:
        """Return what is to be drawn of a state."""
        raise NotImplementedError

    def move(self, state: S) -> None:
        """Show the drawing of a state."""
        self.show(self.drawing(state))

    def show(self, sheet: Drawing) -> None:
        """Move the artists to show a sheet."""
        # matplotlib is quicker with arrays than with lists, and with numbers than with names.
        self._cells.set_verts(np.array(sheet.cells))
        self._cells.set(facecolors=_rgba(sheet.faces), edgecolors=_rgba(sheet.edges))
        self._dashed.set_segments(sheet.dashed)
        self._lines.set_segments(sheet.lines)
        self._lines.set_color(sheet.line_colours)
        self._frames.set(verts=sheet.frames, edgecolors=sheet.frame_colours)
        for colour, patch in self._words.items():
            patch.set_path(joined(sheet.words.get(colour, [])))
        zero = np.array([0])
        self._tags.set(
            verts=[tag.corners(zero, zero)[0] for tag, _, _ in sheet.tags],
            edgecolors=[colour for _, _, colour in sheet.tags],
        )
        for colour, patch in self._notes.items():
            patch.set_path(joined([path for _, path, own in sheet.tags if own == colour]))
