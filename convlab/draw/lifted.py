"""The plane of an output, lifted over the plane of its input: what such scenes have in common."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

import numpy as np

from convlab.draw import palette
from convlab.draw.camera import Camera, cells, fit
from convlab.draw.cell_styles import INPUT_CELLS, PADDING
from convlab.draw.planes import at_height, centred, grid_cells
from convlab.draw.scene import S, Scene, grid_lines
from convlab.draw.text import text_path
from convlab.formatting import say
from convlab.geometry import Geometry


class LiftedScene(Scene[S]):
    """An input plane with its padding, room for an output plane above it, and a legend.

    States have a `geometry`, and `azimuth` and `elevation` of the camera.
    """

    share: ClassVar[float]
    """How high the output is lifted, as a share of the padded input's longer side."""
    head: ClassVar[int]
    """Pixels left free above and below, most of them for the legend."""
    lefts: ClassVar[tuple[int, ...]]
    """Where the words of the legend begin: input, kernel, output and, where it is told, padding."""

    def __init__(self, width: int, height: int) -> None:
        super().__init__(width, height)
        self._padding = self.lines(**PADDING)
        self._input = self.polygons(**INPUT_CELLS)
        hues = [palette.DEEP[hue] for hue in (palette.INPUT, palette.KERNEL, palette.OUTPUT)]
        self._legend = [self.text(hue) for hue in (*hues, palette.MUTED)]

    def camera(self, state: Any) -> Camera:
        """Return the camera that fits this geometry into the picture."""
        return self.seen_from(state, self.width, self.height)

    @classmethod
    def seen_from(cls, state: Any, width: float, height: float) -> Camera:
        """Return the camera that fits a geometry into a picture of some size."""
        radius = np.hypot(*state.geometry.padded_shape) / 2
        frame, lift = (width - 24, height - cls.head), cls.lift(state.geometry)
        camera = fit(Camera(state.azimuth, state.elevation), frame, radius, 0, lift)
        return replace(camera, centre=(camera.centre[0] + 12, camera.centre[1] + 10))

    @classmethod
    def lift(cls, geometry: Geometry) -> float:
        """Return the height of the output plane, in cells: enough to see what lies below it."""
        return cls.share * max(geometry.padded_shape) + 0.3

    def inputs(self, geometry: Geometry) -> np.ndarray:
        """Return the corners of the input's cells, which padding may hold off the middle."""
        first = np.add(centred(geometry.padded_shape), [side.start for side in geometry.inside])
        return cells(*grid_cells(geometry.input_shape), 0, origin=tuple(first))

    def draw_input(self, camera: Camera, geometry: Geometry) -> None:
        """Draw the cells of the input and of its padding, and the legend."""
        self._input.set_verts(camera.project(self.inputs(geometry)))
        padded = geometry.padded_shape != geometry.input_shape
        lines = grid_lines(*geometry.padded_shape) + centred(geometry.padded_shape)
        self._padding.set_segments(camera.project(at_height(lines, 0)) if padded else [])
        texts = [
            say(sentence, rows=rows, cols=cols)
            for sentence, (rows, cols) in (
                ("input {rows} × {cols}", geometry.input_shape),
                ("kernel {rows} × {cols}", geometry.kernel_size),
                ("output {rows} × {cols}", geometry.output_shape),
            )
        ]
        texts.append(say("dashed: padding") if padded else "")
        for patch, text, left in zip(self._legend, texts, self.lefts, strict=False):
            place, bold = np.array([[left, self.height - 20]]), patch is not self._legend[3]
            patch.set_path(text_path([text], place, 15, align="left", bold=bold))
