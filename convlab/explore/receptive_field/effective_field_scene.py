"""The effective receptive field beside the theoretical one, and both in section."""

from __future__ import annotations

import numpy as np
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.colors import LinearSegmentedColormap, ListedColormap, Normalize

from convlab.draw import palette
from convlab.draw.cell_styles import LOOK_HERE
from convlab.draw.scene import Artist, Scene
from convlab.draw.shapes import box
from convlab.draw.text import text_path
from convlab.explore.receptive_field import effective_field_words as words
from convlab.explore.receptive_field.effective_field_numbers import EffectiveFieldState

SIDE, GAP, LEFT, FLOOR = 250.0, 30.0, 12.0, 34.0
MIDDLES = LEFT + SIDE / 2 + (SIDE + GAP) * np.arange(3)
HALFWAY = FLOOR + SIDE / 2
BRACKET, TIP = -7 / SIDE, -1 / SIDE
"""How far below the section the bracket lies, and where its ends stop, in shares of its height."""

REACHED = ListedColormap([palette.PAPER, palette.tint(palette.INPUT, 0.62)])
FAINT = 0.05
"""The share of the largest value below which a cell stays white."""
DARK_GRADIENT = "#6D4D67"  # between palette.GRADIENT and palette.INK
HEAT = LinearSegmentedColormap.from_list(
    "gradient",
    [(0, palette.tint(palette.GRADIENT, 1 / 9)), (4 / 7, palette.GRADIENT), (1, DARK_GRADIENT)],
    N=29,
).with_extremes(under=palette.PAPER)
"""From white through the gradient's purple to a dark one, in the steps of the picture language."""


class EffectiveFieldScene(Scene[EffectiveFieldState]):
    """Three panels: the theoretical field, the effective one, and both in section."""

    def __init__(self, *, width: int = 850, height: int = 328) -> None:
        super().__init__(width, height)
        blue, purple, look = palette.INPUT, palette.GRADIENT, palette.LOOK_HERE
        self._theory, self._effect = self.pixels(), self.pixels()
        self._theory.set(cmap=REACHED, norm=Normalize(0, 1))
        self._effect.set(cmap=HEAT, norm=Normalize(FAINT, 1))
        squares = [box(np.array([x, HALFWAY]), SIDE / 2, SIDE / 2) for x in MIDDLES[:2]]
        for image, square in zip((self._theory, self._effect), squares, strict=True):
            image.set_extent((*square[:2, 0], *square[1:3, 1]))
        self._squares = self.polygons(facecolors="none", edgecolors=blue, linewidths=2.0)
        self._squares.set_verts(squares)
        self._inner = self.polygons(**LOOK_HERE)
        heads, feet = (
            np.column_stack([MIDDLES, np.full(3, y)]) for y in (FLOOR + SIDE + 22, FLOOR - 18)
        )
        self._labels = [
            (self.text(palette.DEEP[hue]), places)
            for hue, places in (
                (blue, np.stack([heads[0], feet[0]])),
                (purple, heads[1:]),
                (look, feet[1:]),
            )
        ]
        left = MIDDLES[2] - SIDE / 2
        self._section: Artist = self.figure.add_axes(
            (left / width, FLOOR / height, SIDE / width, SIDE / height), xticks=[], yticks=[]
        )
        self._section.spines[["left", "right", "top"]].set_visible(False)
        self._section.spines["bottom"].set(color=palette.QUIET, linewidth=1.0)
        self._bars: Artist = self._section.add_collection(
            PolyCollection(
                [], facecolors=palette.tint(purple, 0.62), edgecolors=purple, linewidths=0.6
            )
        )
        self._flat: Artist = self._section.stairs([1], color=blue, linewidth=2.2, clip_on=False)
        across = self._section.get_xaxis_transform()
        self._bracket: Artist = self._section.add_collection(
            LineCollection([], colors=look, linewidths=2.6, transform=across, clip_on=False)
        )

    def layout(self, state: EffectiveFieldState) -> EffectiveFieldState:
        """Return the state: nothing stands still from one to the next."""
        return state

    def lay_out(self, state: EffectiveFieldState) -> None:
        """Show all three panels."""
        self._theory.set_data(state.reached.astype(float))
        self._effect.set_data(state.field / state.field.max())
        half = SIDE / 2 * state.inner / len(state.field)
        self._inner.set_verts([box(np.array([MIDDLES[1], HALFWAY]), half, half)])
        self._draw_section(state)
        for (artist, places), texts in zip(self._labels, words.labels(state), strict=True):
            artist.set_path(text_path(texts, places, 15, bold=True))

    def _draw_section(self, state: EffectiveFieldState) -> None:
        """Show the shares of the columns, the same for equal cells, and the inner square."""
        shares, size = state.field.sum(axis=0), len(state.field)
        self._section.set(xlim=(0, size), ylim=(0, max(shares.max(), 1 / size) / 0.94))
        x, zero = np.arange(size), np.zeros(size)
        bars = np.array([[x, x, x + 1, x + 1], [zero, shares, shares, zero]]).T
        self._bars.set_verts(bars[shares > 0])
        self._flat.set_data([1 / size], [0, size])
        left, right = (size - state.inner) / 2, (size + state.inner) / 2
        self._bracket.set_segments([[(left, TIP), (left, BRACKET), (right, BRACKET), (right, TIP)]])
