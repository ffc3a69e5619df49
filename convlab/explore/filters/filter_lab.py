"""The filter lab: any kernel on any picture, with the arithmetic of one pixel."""

from __future__ import annotations

import html
from functools import cache, lru_cache
from pathlib import PurePath
from typing import Any

import ipywidgets as widgets
import numpy as np
from numpy.typing import ArrayLike

from convlab.arrays import as_array
from convlab.explore.filters.filter_numbers import CHANNELS, PADDINGS, FilterState, Subject
from convlab.explore.filters.filter_scene import FilterScene
from convlab.formatting import plain
from convlab.images import DISPLAY_MODES, checkerboard, load, photo, shapes
from convlab.kernels import KERNELS, Kernel
from convlab.widgets.html import coloured
from convlab.widgets.kernel_editor import LARGEST, LIMIT, SMALLEST, KernelEditor, as_rows, resized
from convlab.widgets.old_controls import choice, slider
from convlab.widgets.old_explorer import Explorer

OWN_PICTURE = "your picture"
OWN_KERNEL = "your own"
LARGEST_SIDE = 600
"""Pictures with a longer side are scaled down to it, to stay quick."""
SMALLEST_DIVISOR = 0.001
TYPES = ".png,.jpg,.jpeg,.gif,.bmp,.tif,.tiff,.webp,.ppm,.pgm"

CARD = 195
"""Rows and columns of the drawn pictures: each pixel is shown as 2 × 2."""

PICTURES = {
    "photograph": lambda: photo(color=True),
    "test card": lambda: shapes(CARD),
    "checkerboard": lambda: checkerboard(CARD, cell=15),
}
WIDTHS = {
    "picture": (200, 52),
    "upload": (112, 0),
    "colour": (158, 52),
    "channel": (158, 52),
    "display": (166, 52),
    "kernel": (280, 52),
    "size": (158, 40),
    "divisor": (132, 58),
    "bias": (104, 34),
    "padding": (190, 58),
    "stride": (212, 52),
    "row": (258, 40),
    "column": (264, 52),
}
"""Pixels of each control, and of its label."""
SHOWN = {
    "clip": "what is below 0 is shown black, what is above 255 white",
    "rescale": "the lowest value is shown black, the highest white",
    "absolute": "the sign is dropped, and what is above 255 is shown white",
    "wrap": "cut to whole numbers modulo 256, as a cast to 8 bits does",
}


class FilterLab(Explorer):
    """A picture before and after a filter.

    Click a pixel in either picture to see its arithmetic; the sliders do the same.

    Parameters
    ----------
    image : array_like, shape (rows, cols) or (3, rows, cols), optional
        Your own picture, with values from 0 to 255, at most 600 × 600; a file can be uploaded.
    **settings
        Start values of controls: ``picture``, ``colour``, ``kernel`` (a name), ``weights`` (up to
        7 × 7), ``divisor``, ``bias``, ``padding``, ``stride``, ``display``, ``row``, ``column``.

    Attributes
    ----------
    normalise, rotate : ipywidgets.Button
        Divide by what makes the weights sum to 1 (or, where they sum to 0, the positive ones);
        turn the kernel by 180°.

    Raises
    ------
    TypeError, ValueError
        If `image` is no picture, or too large, if `weights` is no kernel, or a setting is unknown.

    Examples
    --------
    >>> FilterLab(kernel="smooth", padding="valid").state.geometry.output_shape
    (598, 510)
    """

    def __init__(self, image: ArrayLike | None = None, **settings: Any) -> None:
        self._own = None if image is None else Subject(OWN_PICTURE, _checked(image))
        self._notice = ""
        kernels = [*KERNELS, OWN_KERNEL]
        controls = {
            "picture": choice("picture", self._pictures()),
            "upload": widgets.FileUpload(
                accept=TYPES, description="upload", tooltip="upload a picture of your own"
            ),
            "colour": choice("colours", _colours(True)),
            "channel": choice("channel", _channels(True)),
            "display": choice("display", DISPLAY_MODES),
            "kernel": choice("kernel", kernels),
            "size": slider("size", 3, SMALLEST, LARGEST, tip="rows and columns of the kernel"),
            "weights": KernelEditor(KERNELS["identity"].weights),
            "divisor": _number("divide by", 1),
            "bias": _number("bias", 0),
            "padding": choice("padding", [*PADDINGS, "valid"]),
            "stride": slider("stride", 1, 1, 4),
            "row": slider("row", 0, 0, 1),
            "column": slider("column", 0, 0, 1),
        }
        self.normalise = _button("sum to 1", "divide by the sum of the weights")
        self.rotate = _button("rotate 180°", "turn the kernel by 180 degrees")
        first = {"kernel": "vertical gradient", "row": 351, "column": 208}
        first |= {"picture": OWN_PICTURE} if self._own else {}
        super().__init__(controls, FilterScene(), {**first, **settings})
        self.normalise.on_click(self._normalise)
        self.rotate.on_click(self._rotate)
        self.on_pointer(self._go_to)

    def entails(self, name: str, values: dict[str, Any]) -> dict[str, Any]:
        """Let a preset set the weights, the weights their size, and an upload the picture."""
        rows = values["weights"]
        match name:
            case "kernel" if values["kernel"] != OWN_KERNEL:
                weights, divisor = whole(KERNELS[values["kernel"]])
                return {"weights": weights, "divisor": divisor, "size": len(weights)}
            case "kernel":
                return {"kernel": name_of(rows, values["divisor"])}
            case "size":
                rows = resized(rows, min(max(values["size"], SMALLEST), LARGEST))
                return {"weights": rows, "kernel": name_of(rows, values["divisor"])}
            case "weights":
                return {"size": len(rows), "kernel": name_of(rows, values["divisor"])}
            case "divisor":
                divisor = _not_zero(values["divisor"])
                return {"divisor": divisor, "kernel": name_of(rows, divisor)}
            case "bias":
                return {"bias": values["bias"] if np.isfinite(values["bias"]) else 0.0}
            case "upload" if values["upload"]:
                return {"upload": (), **self._open(values["upload"][0])}
            case "picture":
                self._notice = ""
        return {}

    def bounds(self, name: str, values: dict[str, Any]) -> tuple[Any, Any] | None:
        """Offer what the picture has, only padding that leaves something, and pixels that exist."""
        match name:
            case "picture":
                return tuple(self._pictures())
            case "colour":
                return _colours(self._subject(values).in_colour)
            case "channel":
                return _channels(values["colour"])
            case "size":
                return SMALLEST, LARGEST
            case "divisor" | "bias":
                return -LIMIT, LIMIT
            case "padding":
                fits = min(self._subject(values).pixels.shape[-2:]) >= len(values["weights"])
                return (*PADDINGS, "valid") if fits else tuple(PADDINGS)
            case "stride":
                return 1, 4
            case "row" | "column":
                shape = self._state(values, 0, 0).geometry.output_shape
                return 0, shape[name == "column"] - 1
        return None

    def _settle(self) -> dict[str, Any]:
        """Let nobody choose where there is only one choice."""
        values = super()._settle()
        for name in ("colour", "channel"):
            self.controls[name].disabled = len(self.controls[name].options) == 1
        return values

    def read(self, values: dict[str, Any]) -> FilterState:
        """Return the state that the controls describe."""
        return self._state(values, values["row"], values["column"])

    def describe(self, state: FilterState) -> str:
        """Say what the kernel does, what the pixel became, and what does not fit into 0…255."""
        name = name_of(state.weights, state.divisor)
        kernel = KERNELS.get(name) or Kernel(name, np.divide(state.weights, state.divisor))
        kinds = "symmetric" if kernel.symmetric else "not symmetric"
        kinds += ", separable" if kernel.separable else ", not separable"
        arithmetic = self.scene.arithmetic(state)
        below, above = self.scene.filtered(state).outside
        pixel = f"pixel ({state.row}, {state.col}) = {plain(arithmetic.result)}"
        words = [
            f"{coloured(html.escape(kernel.name), 'kernel')} on "
            f"{coloured(html.escape(state.subject.name), 'input')}. "
            f"{kernel.effect or 'A kernel that is not in the list.'} "
            f"Its weights sum to {plain(round(kernel.total, 6))}; {kinds}.",
            f"After: {coloured(pixel, 'output')}, shown as {arithmetic.shown}. "
            f"{_outside(below, above)} {state.display.capitalize()}: {SHOWN[state.display]}.",
        ]
        if state.colour and state.subject.in_colour:
            words.append("Red, green and blue are each filtered by the same kernel.")
        if state.notice:
            words.insert(0, f"<b>{html.escape(state.notice)}</b>")
        return " ".join(words)

    def _arrange(self) -> list[widgets.Widget]:
        part = self.controls
        for name, (width, label) in WIDTHS.items():
            part[name].layout.width = part[name].layout.min_width = f"{width}px"
            if label:
                part[name].style.description_width = f"{label}px"
        kernel = widgets.VBox([part["kernel"], part["weights"]], layout=_rigid(284))
        rows = [
            ["size", "divisor", "bias"],
            ["padding", "stride"],
            ["row", "column"],
        ]
        lines = [widgets.HBox([part[name] for name in row]) for row in rows]
        lines[0].children += (self.normalise,)
        lines[1].children += (self.rotate,)
        settings = widgets.VBox([*lines, self.caption], layout=_rigid(544))
        top = ("picture", "upload", "colour", "channel", "display")
        base = super()._arrange()
        style, beside, status = base[0], base[1], base[-1]
        below = widgets.HBox([kernel, settings])
        return [style, widgets.HBox([part[name] for name in top]), beside, below, status]

    def _pictures(self) -> list[str]:
        return [*PICTURES, OWN_PICTURE] if self._own else [*PICTURES]

    def _subject(self, values: dict[str, Any]) -> Subject:
        own = values["picture"] == OWN_PICTURE and self._own
        return own or _known_subject(values["picture"])

    def _state(self, values: dict[str, Any], row: int, column: int) -> FilterState:
        names = ("weights", "divisor", "bias", "padding", "stride", "display", "colour", "channel")
        settings = {name: values[name] for name in names}
        subject = self._subject(values)
        return FilterState(subject, **settings, row=row, col=column, notice=self._notice)

    def _open(self, file: dict[str, Any]) -> dict[str, Any]:
        """Take a file that was uploaded, or say what is wrong with it."""
        name = PurePath(str(file["name"])).name[:60]
        try:
            pixels = load(bytes(file["content"]), max_side=LARGEST_SIDE)
        except (TypeError, ValueError, MemoryError) as error:
            reason = str(error).removeprefix("`source` ")
            self._notice = f"{name} is not shown: it {reason}. The picture stays as it was."
            return {}
        self._own, self._notice = Subject(name, pixels), ""
        self.controls["picture"].options = self._pictures()
        return {"picture": OWN_PICTURE}

    def _normalise(self, _button: Any) -> None:
        weights = np.array(self.controls["weights"].value)
        total = round(weights.sum(), 9) or weights[weights > 0].sum() or 1.0
        self.controls["divisor"].value = float(total)

    def _rotate(self, _button: Any) -> None:
        self.controls["weights"].value = np.array(self.controls["weights"].value)[::-1, ::-1]

    def _go_to(self, x: float, y: float) -> None:
        pixel = self.scene.pixel_at(self.state, (x, y))
        if pixel is not None:
            self.controls["row"].value, self.controls["column"].value = pixel


@cache
def _known_subject(name: str) -> Subject:
    return Subject(f"the {name}", PICTURES[name]())


def whole(kernel: Kernel) -> tuple[tuple[tuple[float, ...], ...], float]:
    """Return a kernel as whole weights and the smallest divisor that allows them.

    Examples
    --------
    >>> whole(KERNELS["Gaussian 3x3"])
    (((1.0, 2.0, 1.0), (2.0, 4.0, 2.0), (1.0, 2.0, 1.0)), 16.0)
    """
    for divisor in range(1, 257):
        weights = np.rint(kernel.weights * divisor)
        if np.allclose(weights, kernel.weights * divisor, rtol=0, atol=1e-9):
            return as_rows(weights), float(divisor)
    return as_rows(kernel.weights), 1.0


@lru_cache(maxsize=256)
def name_of(weights: tuple[tuple[float, ...], ...], divisor: float) -> str:
    """Return the name of the kernel that these weights are, or ``"your own"``."""
    array = np.divide(weights, divisor)
    for kernel in KERNELS.values():
        if kernel.weights.shape == array.shape and np.allclose(kernel.weights, array):
            return kernel.name
    return OWN_KERNEL


def _checked(image: ArrayLike) -> np.ndarray:
    pixels = as_array("image", image, ndim=(2, 3), dtype=np.float64)
    if pixels.ndim == 3 and len(pixels) != 3:
        raise ValueError(f"`image` must have 3 channels, channel first, got shape {pixels.shape}")
    if max(pixels.shape[-2:]) > LARGEST_SIDE:
        raise ValueError(
            f"`image` must be at most {LARGEST_SIDE} × {LARGEST_SIDE}, got shape {pixels.shape}"
        )
    if not (np.isfinite(pixels).all() and pixels.min() >= 0 and pixels.max() <= 255):
        raise ValueError("`image` must have values from 0 to 255, got others")
    return pixels.copy()


def _not_zero(divisor: float) -> float:
    """Return a divisor that one can divide by; what is none becomes 1."""
    if not np.isfinite(divisor) or divisor == 0:
        return 1.0
    return float(np.copysign(max(abs(divisor), SMALLEST_DIVISOR), divisor))


def _colours(in_colour: bool) -> tuple[tuple[str, bool], ...]:
    return (("grey", False), ("colour", True))[: 1 + in_colour]


def _channels(in_colour: bool) -> tuple[tuple[str, int], ...]:
    names = CHANNELS if in_colour else ("grey",)
    return tuple((name, index) for index, name in enumerate(names))


def _outside(below: float, above: float) -> str:
    """Say how much of the result does not fit into 0…255."""
    if below == above == 0:
        return "All values lie from 0 to 255."
    low, high = (f"{100 * share:.1f}\N{NO-BREAK SPACE}%" for share in (below, above))
    return f"{low} of the values lie below 0, {high} above 255."


def _number(label: str, value: float) -> widgets.BoundedFloatText:
    return widgets.BoundedFloatText(
        value=value,
        min=-LIMIT,
        max=LIMIT,
        description=label,
        tooltip=label,
        layout=widgets.Layout(margin="1px 2px"),
    )


def _button(label: str, tip: str) -> widgets.Button:
    layout = widgets.Layout(width="112px", margin="1px 4px")
    return widgets.Button(description=label, tooltip=tip, layout=layout)


def _rigid(width: int) -> widgets.Layout:
    return widgets.Layout(width=f"{width}px", min_width=f"{width}px")
