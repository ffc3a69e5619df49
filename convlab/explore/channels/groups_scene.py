"""Groups: channels as planes, joined where a weight joins them, beside the blocks of the weight."""

from __future__ import annotations

import numpy as np
from matplotlib.path import Path

from convlab.draw import palette
from convlab.draw.cell_styles import INPUT_CELLS, LOOK_HERE, OUTPUT_CELLS
from convlab.draw.scene import Scene
from convlab.draw.text import joined, text_path
from convlab.explore.channels import groups_words as words
from convlab.explore.channels.groups_numbers import GroupsState


class GroupsScene(Scene[GroupsState]):
    """Channels as planes at the left, joined where a weight joins them; the weight at the right."""

    def __init__(self, *, width: int = 560, height: int = 390) -> None:
        super().__init__(width, height)
        blue, orange, green = palette.INPUT, palette.KERNEL, palette.OUTPUT
        self._joins = self.lines(colors=palette.tint(orange, 0.75), linewidths=1.3)
        self._chosen = self.lines(colors=palette.DEEP[orange], linewidths=3.0)
        self._inputs = self.polygons(**INPUT_CELLS | {"linewidths": 1.3})
        self._outputs = self.polygons(**OUTPUT_CELLS | {"linewidths": 1.3})
        self._empty = self.polygons(
            facecolors=palette.PAPER,
            edgecolors=palette.QUIET,
            linewidths=0.7,
            linestyles=(0, (3, 3)),
        )
        self._filled = self.polygons(
            facecolors=palette.tint(orange, 0.5), edgecolors=palette.DEEP[orange], linewidths=0.7
        )
        self._fine = self.lines(colors=palette.DEEP[orange], linewidths=0.35)
        self._look = self.polygons(**LOOK_HERE | {"linewidths": 2.8})
        self._numbers = self.text()
        self._titles = [self.text(palette.DEEP[hue]) for hue in (blue, orange, green)]

    def layout(self, state: GroupsState) -> GroupsState:
        """Return all of the state: nothing here moves from step to step."""
        return state

    def lay_out(self, state: GroupsState) -> None:
        """Show the channels, what joins them, and the weight."""
        middle, top = (self.height - 44) / 2 + 8, self.height - 18
        numbers = [self._draw_network(state, middle), self._draw_weight(state, middle)]
        self._numbers.set_path(joined(numbers))
        for patch, text, x in zip(self._titles, words.titles(), (66, 420, 212), strict=True):
            patch.set_path(text_path([text], np.array([[x, top]]), 14, bold=True))

    def _draw_network(self, state: GroupsState, middle: float) -> Path:
        """Draw the channels and what joins them; return their numbers."""
        left, right = _column(66, middle, state.inputs), _column(212, middle, state.outputs)
        ends = {
            output: [(left[i] + (20, 0), right[output] - (20, 0)) for i in state.sources(output)]
            for output in range(state.outputs)
        }
        chosen = ends.pop(state.output)
        self._joins.set_segments([line for lines in ends.values() for line in lines])
        self._chosen.set_segments(chosen)
        self._inputs.set_verts([_plane(place) for place in left])
        self._outputs.set_verts([_plane(place) for place in right])
        places = np.concatenate([left - (32, 0), right + (32, 0)])
        names = [*map(str, range(state.inputs)), *map(str, range(state.outputs))]
        return text_path(names, places, 14)

    def _draw_weight(self, state: GroupsState, middle: float) -> Path:
        """Draw the weight, a row for each kernel; return the numbers of its rows and columns."""
        side = min(250 / state.inputs, 300 / state.outputs, 44)
        corner = np.array([424 - side * state.inputs / 2, middle + side * state.outputs / 2])
        mask = state.joined
        rows, cols = np.indices(mask.shape)
        cell = 0.94 * np.array([[0, -1], [1, -1], [1, 0], [0, 0]])
        boxes = corner + side * (np.stack([cols, -rows], axis=-1)[..., None, :] + cell)
        self._filled.set_verts(boxes[mask])
        self._empty.set_verts(boxes[~mask])
        cuts = np.linspace(0, 1, state.kernel + 1)[1:-1, None]
        fine: list[tuple[np.ndarray, np.ndarray]] = []
        for low_left, low_right, _, high_left in boxes[mask]:
            across, up = cuts * (low_right - low_left), cuts * (high_left - low_left)
            fine += zip(low_left + across, high_left + across, strict=True)
            fine += zip(low_left + up, low_right + up, strict=True)
        self._fine.set_segments(fine)
        names = [*map(str, range(state.outputs)), *map(str, range(state.inputs))]
        beside = boxes[:, 0, 3] + np.array([-10, -0.47 * side])
        above = boxes[0, :, 3] + np.array([0.47 * side, 11])
        row = boxes[state.output]
        self._look.set_verts([np.array([row[0][0], row[-1][1], row[-1][2], row[0][3]])])
        return text_path(names, np.concatenate([beside, above]), 13)


def _column(x: float, middle: float, count: int) -> np.ndarray:
    """Return the middles of planes in a column, the first one on top."""
    step = min(42.0, 320 / count)
    return np.column_stack(
        [np.full(count, x), middle + step * ((count - 1) / 2 - np.arange(count))]
    )


def _plane(place: np.ndarray) -> np.ndarray:
    return place + np.array([[-22, -8], [10, -8], [22, 8], [-10, 8]])
