"""What every scene is: a figure built once, artists that are updated, and the bytes of a picture.

No pyplot and no global state: a scene may be drawn on any thread, as long as one at a time.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, Generic, TypeVar

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.patches import PathPatch
from PIL import Image

from convlab.draw import palette
from convlab.draw.text import NOTHING
from convlab.draw.veil import ALL, NONE, Box, Veil

SHARPNESS = 1.5
"""Drawn pixels per pixel of the page, so that pictures stay crisp on a dense screen."""

TINY = 1e-6
LIVE_QUALITY = 88
LIVE_COLOURS = "4:2:0"
"""Colours at half the resolution of light and dark: a third less to send, and sooner drawn."""
STILL_COLOURS = 64

SWATCHES = Image.new("P", (1, 1))
"""Carries the colours of the picture language, to reduce pictures to."""
SWATCHES.putpalette(palette.SWATCHES)


Artist = Any
"""What a scene moves; matplotlib's own types refuse the arrays that its methods take."""

S = TypeVar("S")
"""The state: a frozen dataclass."""


class Scene(Generic[S]):
    """A picture that is a pure function of a state.

    Subclasses build their artists once, in pixels from the lower left corner. Those that change
    with every step are made with ``moving=True`` and shown by `move`; the others lie below them,
    and are shown by `lay_out`, which is called when the `layout` differs from the last one.

    Parameters
    ----------
    width, height : int
        Size in pixels of the page.
    photographic : bool, default False
        Keep all colours when encoding. Drawn scenes need only those of the picture language,
        which makes their bytes several times fewer and faster.

    Attributes
    ----------
    figure : matplotlib.figure.Figure
    format : str
        What `live` encodes as: photographs as JPEG, which is several times faster.
    """

    parts: ClassVar[Mapping[str, Sequence[Box]]] = {}
    """Parts of the picture that can be hidden and always lie at the same place, by their names."""

    def __init__(self, width: int, height: int, *, photographic: bool = False) -> None:
        self.width, self.height = width, height
        self.photographic = photographic
        self.format = "jpeg" if photographic else "png"
        self.figure = Figure(
            (width / 100, height / 100), dpi=100 * SHARPNESS, facecolor=palette.PAPER
        )
        self._canvas: Any = FigureCanvasAgg(self.figure)
        self._backdrop: Any = None
        self._layout: Any = None
        self._veil: Veil | None = None
        self._moving: list[Any] = []
        self.axes = self.figure.add_axes((0, 0, 1, 1), xlim=(0, width), ylim=(0, height))
        self.axes.set_axis_off()
        self.axes.set_autoscale_on(False)

    def update(self, state: S) -> None:
        """Show a state; after an update that failed or was interrupted, start afresh."""
        layout = self.layout(state)
        is_new = self._layout is None or layout != self._layout
        self._layout = None
        try:
            if is_new:
                self._backdrop = None
                self.lay_out(state)
            self.move(state)
            if self._veil is not None:
                self._veil.cover(self.regions(state)[self._veil.part])
        except BaseException:
            self._backdrop = None
            raise
        self._layout = layout

    def regions(self, state: S) -> Mapping[str, Sequence[Box]]:  # noqa: ARG002
        """Return the parts of the picture that can be hidden, and which boxes cover each."""
        return {ALL: [(0, 0, self.width, self.height)], NONE: [], **self.parts}

    def veil(self, part: str) -> None:
        """Hide one of the `regions` from the next update on, and nothing else."""
        self.unveil()
        self._veil = Veil(self.axes, part)

    def unveil(self) -> None:
        """Hide nothing any more, from now on."""
        if self._veil is not None:
            self._veil.remove()
            self._veil = None

    def layout(self, state: S) -> Any:  # noqa: ARG002
        """Return what of a state decides about the artists that do not move; compared with ==."""
        return ()

    def lay_out(self, state: S) -> None:
        """Show what stands still from one state to the next of the same layout."""

    def move(self, state: S) -> None:
        """Show what changes with every state."""

    def pick(self, state: S, xy: tuple[float, float]) -> dict[str, Any] | None:  # noqa: ARG002
        """Return which controls a click at a place sets, and to what; None for nothing."""
        return None

    def release(self) -> None:
        """Give back the memory of a scene that is not drawn any more."""
        self.figure.clear()
        self.__dict__.clear()

    def image(self) -> Image.Image:
        """Draw the scene and return it as an RGB image of pillow's."""
        size, pixels = self._draw()
        return Image.frombytes("RGB", size, bytes(pixels), "raw", "RGBX")

    def _draw(self) -> tuple[tuple[int, int], Any]:
        """Draw the scene; return its width and height, and the canvas's own pixels, as RGBA."""
        if self._backdrop is None:
            self._canvas.draw()
            self._backdrop = self._canvas.copy_from_bbox(self.figure.bbox)
        else:
            self._canvas.restore_region(self._backdrop)
        for artist in (*self._moving, *(self._veil.artists if self._veil else ())):
            self.axes.draw_artist(artist)
        return self._canvas.get_width_height(), self._canvas.buffer_rgba()

    def png(self) -> bytes:
        """Draw the scene and return it as a PNG file."""
        image = self.image()
        if not self.photographic:
            image = image.quantize(palette=SWATCHES, dither=Image.Dither.NONE)
        return _encoded(image, "PNG", compress_level=1)

    def live(self) -> bytes:
        """Draw the scene and return it in its `format`: quickly made, for a picture that moves."""
        if not self.photographic:
            return self.png()
        size, pixels = self._draw()
        image = Image.frombuffer("RGBX", size, pixels, "raw", "RGBX", 0, 1)
        return _encoded(image, "JPEG", quality=LIVE_QUALITY, subsampling=LIVE_COLOURS)

    def still(self) -> bytes:
        """Draw the scene and return it as a small PNG file, for a notebook to be kept with."""
        if not self.photographic:
            return self.png()
        page = self.image().resize((self.width, self.height), Image.Resampling.LANCZOS)
        return _encoded(page.quantize(STILL_COLOURS), "PNG", optimize=True)

    def save(self, path: str | Path) -> None:
        """Save the picture; the file's name says as what: .png, .svg or .pdf."""
        self.figure.savefig(path)

    def polygons(self, *, moving: bool = False, **style: Any) -> Artist:
        """Add an empty collection of filled polygons."""
        return self._add(self.axes.add_collection, PolyCollection([], **style), moving)

    def lines(self, *, moving: bool = False, **style: Any) -> Artist:
        """Add an empty collection of lines."""
        return self._add(self.axes.add_collection, LineCollection([], **style), moving)

    def text(self, colour: str = palette.INK, *, moving: bool = False, **style: Any) -> Artist:
        """Add empty lettering; give it text with ``set_path(text_path(...))``."""
        patch = PathPatch(NOTHING, facecolor=colour, linewidth=0, **style)
        return self._add(self.axes.add_patch, patch, moving)

    def pixels(self, *, moving: bool = False) -> Artist:
        """Add an empty picture of pixels; show one with ``set_data`` and ``set_extent``."""
        image = PixelImage(self.axes, interpolation="nearest", extent=(0, 1, 0, 1))
        image.set_data(np.full((1, 1, 4), 255, np.uint8))
        return self._add(self.axes.add_image, image, moving)

    def _add(self, add: Any, artist: Any, moving: bool) -> Any:
        artist.set_animated(moving)
        artist.set_zorder(len(self.axes.get_children()))
        if moving:
            self._moving.append(artist)
        return add(artist)


class PixelImage(AxesImage):
    """Pixels to show, each as a block of those that are drawn.

    matplotlib resamples every picture in floating point, even one that fits, which takes up to ten
    times as long. Here the pixel that lies at the middle of each drawn one is copied.
    """

    def draw(self, renderer: Any, *args: Any, **options: Any) -> None:
        """Draw the pixels."""
        left, right, bottom, top = self.get_extent()
        start, end = self.axes.transData.transform([(left, bottom), (right, top)])
        fits = (start > -0.5).all() and (end < np.add(self.axes.bbox.size, 0.5)).all()
        if not self.get_visible() or not fits or not isinstance(renderer, RendererAgg):
            super().draw(renderer, *args, **options)
            return
        data: Any = self.get_array()
        pixels = self.to_rgba(data, bytes=True)[::-1]  # drawn from the bottom
        # As matplotlib rounds: halves go to the right and down, and a drawn pixel whose middle is
        # an edge shows what lies left of it, whatever the last digits of the sums that these are.
        x = np.floor(np.array([start[0], end[0]]) + 0.5 + TINY).astype(int)
        y = np.ceil(np.array([start[1], end[1]]) - 0.5 - TINY).astype(int)
        across = _sources(np.arange(*x) + 0.5 - TINY, start[0], end[0], pixels.shape[1])
        up = _sources(np.arange(*y) + 0.5 + TINY, start[1], end[1], pixels.shape[0])
        context = renderer.new_gc()
        renderer.draw_image(context, x[0], y[0], pixels[up].take(across, axis=1))
        context.restore()
        self.stale = False


def _sources(places: np.ndarray, start: float, end: float, number: int) -> np.ndarray:
    """Return which of a `number` of pixels, that reach from start to end, lies at each place."""
    which = np.floor((places - start) * (number / (end - start))).astype(int)
    return which.clip(0, number - 1)


def _encoded(image: Image.Image, kind: str, **options: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def grid_lines(rows: int, cols: int) -> np.ndarray:
    """Return the lines of a grid as (row, column) ends: shape (rows + cols + 2, 2, 2)."""
    across = [[(row, 0), (row, cols)] for row in range(rows + 1)]
    down = [[(0, col), (rows, col)] for col in range(cols + 1)]
    return np.array(across + down, float)
