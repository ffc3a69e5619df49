"""A network while it learns: its curves, all its kernels, what they make of a digit, its errors."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from convlab.draw import palette
from convlab.draw.cell_grid import CellGrid, around
from convlab.draw.scene import Scene
from convlab.draw.text import LEGIBLE, joined, text_path
from convlab.explore.network import training_charts
from convlab.explore.network import training_words as words
from convlab.explore.network.training_boards import Boards, inked
from convlab.explore.network.training_charts import ACCURACY, CHARTS, LOSS, MARKS
from convlab.explore.network.training_numbers import CLASSES, TrainingState
from convlab.explore.network.training_run import LAST, data
from convlab.formatting import say

ORANGE, GREEN, BLUE = palette.KERNEL, palette.OUTPUT, palette.INPUT
LEFT = 296
"""Of what stands between the curves and the table."""
BOARDS = {
    "kernels 1": Boards(LEFT, 334, 32, 1, 8, ORANGE),
    "maps 1": Boards(LEFT, 286, 32, 1, 8, GREEN),
    "kernels 2": Boards(LEFT, 238, 16, 8, 16, ORANGE),
    "maps 2": Boards(LEFT, 94, 16, 1, 16, GREEN),
}
DIGIT = Boards(LEFT, 62, 48, 1, 1, BLUE)
BARS = CellGrid(1, CLASSES, LEFT + 58, 46, 20, 32)
"""The probabilities of the ten classes."""
TABLE = CellGrid(CLASSES, CLASSES, 598, 296, 24, 24)
RIGHT = palette.tint(GREEN, 0.3)
WRONG = [palette.tint(palette.LOOK_HERE, part) for part in (0.22, 0.3, 0.62, 0.62, 0.75)]
"""A digit read as another: once, twice, and so on."""
_ANGLES = np.linspace(0, 2 * np.pi, 16)
DOT = 3.5 * np.stack([np.cos(_ANGLES), np.sin(_ANGLES)], axis=-1)
"""At the end of each curve: also where that is all there is of it."""


class TrainingScene(Scene[TrainingState]):
    """All that moves while a network learns, on one sheet."""

    parts: ClassVar = {
        "curves": [(0, 0, LEFT - 12, 350)],
        "network": [(LEFT - 12, 0, 562, 350)],
        "answers": [(0, 0, LEFT - 12, 350), (LEFT - 12, 0, 562, 64), (562, 0, 850, 350)],
        "table": [(562, 0, 850, 350)],
    }

    def __init__(self, *, width: int = 850, height: int = 350) -> None:
        super().__init__(width, height)
        quiet, look = palette.MUTED, palette.LOOK_HERE
        self._grid = self.lines(linewidths=0.7, colors=palette.tint(quiet, 0.5))
        self._axes = self.lines(linewidths=1.2, colors=quiet)
        self._fixed = {colour: self.text(colour) for colour in (palette.INK, quiet)}
        self._cells = self.lines(linewidths=0.7, colors=palette.tint(quiet, 0.45))
        self._batches = self.lines(
            moving=True, linewidths=0.8, colors=palette.tint(quiet, 0.5), capstyle="butt"
        )
        self._rival = self.lines(moving=True, linewidths=1.6, colors=palette.DEEP[GREEN])
        self._rival.set_linestyle((0, (1, 1.6)))
        self._train = self.lines(moving=True, linewidths=1.8, colors=palette.INK)
        self._held_out = self.lines(moving=True, linewidths=2.2, colors=look)
        self._held_out.set_linestyle((0, (4, 1.4)))
        self._ends = self.polygons(
            moving=True, linewidths=0, facecolors=[look, look, palette.INK, palette.INK]
        )
        self._boards = {name: self.pixels(moving=True) for name in (*BOARDS, "digit")}
        self._bars = self.polygons(moving=True, facecolors=RIGHT, edgecolors=GREEN, linewidths=1)
        self._counts = self.polygons(moving=True, linewidths=0)
        self._numbers = self.text(moving=True)
        self._frames = self.polygons(
            moving=True, facecolors="none", edgecolors=look, linewidths=2.2
        )
        colours = (palette.INK, quiet, *palette.DEEP.values())
        self._words = {colour: self.text(colour, moving=True) for colour in colours}

    def pick(self, state: TrainingState, xy: tuple[float, float]) -> dict[str, Any] | None:
        """Return the first digit that was read as the cell of the table says."""
        cell = TABLE.cell_at(xy)
        if cell is None:
            return None
        is_there = (data().held_out.labels == cell[0]) & (state.scores.held_out.answers == cell[1])
        return {"digit": int(is_there.argmax())} if is_there.any() else None

    def lay_out(self, state: TrainingState) -> None:  # noqa: ARG002
        """Show the axes and the grid of the table."""
        self._grid.set_segments([line for name in CHARTS for line in training_charts.grid(name)])
        self._axes.set_segments([training_charts.frame(chart) for chart in CHARTS.values()])
        self._cells.set_segments(TABLE.net())
        for name, boards in {**BOARDS, "digit": DIGIT}.items():
            self._boards[name].set_extent(boards.extent)
        names = [_names_of_marks(name) for name in CHARTS]
        steps = [0, LAST // 2]
        places = np.stack([ACCURACY.places(steps, [0, 0])[:, 0], np.full(2, 20)], axis=-1)
        names.append(text_path([str(step) for step in steps], places, 12))
        place = np.array([[ACCURACY.right, 20]])
        names.append(text_path([say("{last} steps", last=LAST)], place, 12, align="right"))
        self._fixed[palette.MUTED].set_path(joined(names))
        digits = [str(n) for n in range(CLASSES)]
        middles = [TABLE.centre(0, n)[0] for n in range(CLASSES)]
        heights = [TABLE.centre(n, 0)[1] for n in range(CLASSES)]
        above = np.stack([middles, np.full(CLASSES, TABLE.top + 11)], axis=-1)
        beside = np.stack([np.full(CLASSES, TABLE.left - 11), heights], axis=-1)
        below = np.array([(BARS.centre(0, n)[0], 6.0) for n in range(CLASSES)])
        paths = [text_path(digits, places, 13) for places in (above, beside, below)]
        self._fixed[palette.INK].set_path(joined(paths))

    def move(self, state: TrainingState) -> None:
        """Show a moment of the training."""
        self._move_curves(state)
        self._move_boards(state)
        self._move_table(state)
        written: dict[str, list[Any]] = {colour: [] for colour in self._words}
        titles = words.titles(state)
        for name, (text, colour) in titles.items():
            place, align = TITLES[name]
            bold = colour != palette.MUTED
            path = text_path([text], np.array([place], float), 13, align=align, bold=bold)
            written[colour].append(path)
        for name, (train, held_out) in words.legend(state).items():
            y = CHARTS[name].top + 14
            middle, right = np.array([[167.0, y]]), np.array([[280.0, y]])
            written[palette.INK].append(text_path([train], middle, LEGIBLE, align="right"))
            look = palette.DEEP[palette.LOOK_HERE]
            written[look].append(text_path([held_out], right, LEGIBLE, align="right", bold=True))
        for colour, patch in self._words.items():
            patch.set_path(joined(written[colour]))

    def _move_curves(self, state: TrainingState) -> None:
        steps, points = state.run.curves(state.step)
        charts = list(CHARTS.values())
        train, held_out = (
            [chart.places(steps, points[:, split, n]) for n, chart in enumerate(charts)]
            for split in (0, 1)
        )
        self._train.set_segments(train)
        self._held_out.set_segments(held_out)
        self._ends.set_verts([curve[-1] + DOT for curve in (*held_out, *train)])
        losses = np.array(state.run.losses[: state.done])
        self._batches.set_segments([LOSS.places(np.arange(len(losses)), losses)])
        other: list[np.ndarray] = []
        if state.rival_run is not None:
            steps, points = state.rival_run.curves(state.step)
            other = [c.places(steps, points[:, 1, n]) for n, c in enumerate(charts)]
        self._rival.set_segments(other)

    def _move_boards(self, state: TrainingState) -> None:
        first, second = state.maps.layers
        shown = {
            "kernels 1": state.kernels(1).swapaxes(0, 1),
            "maps 1": first.activated,
            "kernels 2": state.kernels(2).swapaxes(0, 1),
            "maps 2": second.activated,
        }
        for name, boards in shown.items():
            self._boards[name].set_data(BOARDS[name].paint(boards))
        digit = DIGIT.show(inked(state.picture, BLUE)[None, None])
        self._boards["digit"].set_data(digit)
        high = BARS.high * state.probabilities
        low = BARS.bottom
        corners = BARS.boxes()
        corners[:, :, 1] = np.where(corners[:, :, 1] > low + 1, low + high[:, None] + 0.5, low)
        self._bars.set_verts(corners + np.array([2, 0]) * np.array([1, -1, -1, 1])[:, None])

    def _move_table(self, state: TrainingState) -> None:
        table = state.table
        shown = np.flatnonzero(table)
        counts = table.reshape(-1)[shown]
        colours = [
            RIGHT if which % (CLASSES + 1) == 0 else WRONG[min(int(count), len(WRONG)) - 1]
            for which, count in zip(shown, counts, strict=True)
        ]
        self._counts.set(verts=TABLE.boxes(shown), facecolors=colours)
        self._numbers.set_path(text_path([str(n) for n in counts], TABLE.middles(shown), 13))
        one = TABLE.boxes([state.truth * CLASSES + state.answer])
        self._frames.set_verts([around(one[0])])


def _names_of_marks(name: str) -> Any:
    left, heights = CHARTS[name].left - 5, training_charts.heights(name)
    places = np.stack([np.full(len(heights), left), heights], axis=-1)
    marks = [words.mark(name, value) for value in MARKS[name]]
    return text_path(marks, places, LEGIBLE, align="right")


TITLES = {
    "loss": ((4, LOSS.top + 14), "left"),
    "accuracy": ((4, ACCURACY.top + 14), "left"),
    **{name: ((LEFT + 1, boards.top + 8), "left") for name, boards in BOARDS.items()},
    "reading": ((BARS.left, 63), "left"),
    "table": ((TABLE.middle[0], 338), "center"),
    "answers": ((TABLE.middle[0], 322), "center"),
    "truths": ((574, TABLE.middle[1]), "center"),
    "hint": ((TABLE.middle[0], TABLE.bottom - 14), "center"),
}
"""Where each title stands, and how it is aligned."""
