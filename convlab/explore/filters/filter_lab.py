"""The filter lab: a picture, a kernel to play with, and the arithmetic of one pixel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Any

import ipywidgets as widgets
import numpy as np
from numpy.typing import ArrayLike

from convlab.explore.filters import filter_words as words
from convlab.explore.filters.filter_controls import (
    COLOURS,
    GREY,
    RED_GREEN_BLUE,
    filter_controls,
    not_zero,
    rigid,
)
from convlab.explore.filters.filter_numbers import PADDINGS, FilterState, Subject
from convlab.explore.filters.filter_pictures import (
    OWN_PICTURE,
    PICTURES,
    given,
    known_subject,
    opened,
)
from convlab.explore.filters.filter_scene import FilterScene
from convlab.explore.filters.kernel_names import OWN_KERNEL, another_size, name_of, whole
from convlab.explore.filters.uploads import SHELF
from convlab.formatting import say
from convlab.kernels import KERNELS
from convlab.widgets.controls import button
from convlab.widgets.explorer import Explorer
from convlab.widgets.kernel_editor import LARGEST, SMALLEST, resized
from convlab.widgets.lock import LOCK
from convlab.widgets.parts import Slots
from convlab.widgets.settling import Limits, Values


class FilterLab(Explorer[FilterState, FilterScene]):
    """A picture before and after a filter.

    Point at a pixel in either picture to see its arithmetic, and click to stay with it until the
    next click; the sliders do the same. A picture that is uploaded here is offered by every lab.

    Parameters
    ----------
    image : array_like, shape (rows, cols), (3, rows, cols) or (rows, cols, 3), optional
        Your own picture, with values from 0 to 255; one with a side above 600 is scaled down.
    **settings
        Start values of controls: ``picture``, ``colour``, ``kernel`` (a name), ``weights`` (up to
        7 × 7), ``divisor``, ``bias``, ``padding``, ``stride``, ``display``, ``before``, ``row``,
        ``column``.

    Attributes
    ----------
    normalise, rotate : ipywidgets.Button
        Divide by what makes the weights sum to 1 (or, where they sum to 0, the positive ones);
        turn the kernel by 180°.

    Raises
    ------
    TypeError, ValueError
        If `image` is no picture, if `weights` is no kernel, or a setting is unknown
        or finds no room.

    Examples
    --------
    >>> FilterLab(kernel="smooth", padding="valid").state.geometry.output_shape
    (598, 510)
    """

    state_type = FilterState
    plays = "kernel"
    describe = staticmethod(words.describe)
    hovers = True
    caption_lines = 3

    def __init__(self, image: ArrayLike | None = None, **settings: Any) -> None:
        self._own = None if image is None else given(image)
        self._about, self._stays = "", False
        controls = filter_controls(self._pictures())
        labels, tips = words.LABELS, words.TIPS
        self.normalise = button(labels["normalise"], tip=tips["normalise"])
        self.rotate = button(labels["rotate"], tip=tips["rotate"])
        first = {"kernel": "vertical gradient"} | ({"picture": OWN_PICTURE} if self._own else {})
        if settings.get("divisor") == 0:
            raise ValueError(say("`divisor` must not be 0, got 0"))
        super().__init__(controls, FilterScene(), settings, first)
        self.normalise.on_click(self._normalise)
        self.rotate.on_click(self._rotate)
        SHELF.listen(self, FilterLab.look_again)

    def entails(self, name: str, values: Values) -> Values:
        """Let a preset set the weights, the weights their size, and an upload the picture."""
        rows = values["weights"]
        if name != "upload":
            self._about = ""
        match name:
            case "kernel" if values["kernel"] != OWN_KERNEL:
                weights, divisor = whole(KERNELS[values["kernel"]])
                weights = resized(weights, max(SMALLEST, len(weights)))
                return {"weights": weights, "divisor": divisor, "size": len(weights)}
            case "kernel":
                return {"kernel": name_of(rows, values["divisor"])}
            case "size":
                return self._of_size(values)
            case "weights":
                return {"size": len(rows), "kernel": name_of(rows, values["divisor"])}
            case "divisor":
                divisor = not_zero(values["divisor"])
                return {"divisor": divisor, "kernel": name_of(rows, divisor)}
            case "bias":
                return {"bias": values["bias"] if np.isfinite(values["bias"]) else 0.0}
            case "upload" if values["upload"]:
                return {"upload": (), **self._open(values["upload"][0])}
        return {}

    def _of_size(self, values: Values) -> Values:
        """Return a kernel of another size: of its own kind, or with a border of zeros."""
        rows, divisor = values["weights"], values["divisor"]
        size = min(max(values["size"], SMALLEST), LARGEST)
        if kin := another_size(rows, divisor, size):
            rows, divisor = kin
        else:
            if size > len(rows):
                self._about = words.padded_kernel(name_of(rows, divisor))
            rows = resized(rows, size)
        return {"weights": rows, "divisor": divisor, "kernel": name_of(rows, divisor)}

    def limits(self, name: str, values: Values) -> Limits | None:
        """Keep the window on the result."""
        if name not in ("row", "column"):
            return None
        return 0, self._state(values).geometry.output_shape[name == "column"] - 1

    def options(self, name: str, values: Values) -> Sequence[Any] | None:
        """Offer what the picture has, and only padding that leaves something."""
        match name:
            case "picture":
                return [(words.in_list(picture), picture) for picture in self._pictures()]
            case "colour":
                return COLOURS if self._subject(values).in_colour else COLOURS[:1]
            case "channel":
                return RED_GREEN_BLUE if values["colour"] else GREY
            case "padding":
                fits = min(self._subject(values).pixels.shape[-2:]) >= len(values["weights"])
                return [*PADDINGS, "valid"] if fits else list(PADDINGS)
        return None

    def read(self, values: Values) -> FilterState:
        """Return the state that the controls describe."""
        state = self._state(values)
        before = values["before"] and self._keeps_size(values)
        place = {"row": values["row"], "col": values["column"], "before": before}
        return replace(state, **place, notice=self._about)

    def arrange(self) -> Slots:
        """Put the kernel's weights on the left of the other controls and of the caption."""
        part = self.controls
        kernel = widgets.VBox([part["kernel"], part["weights"], self.buttons], layout=rigid(284))
        lines = [
            widgets.HBox([part["size"], part["divisor"], part["bias"], self.normalise]),
            widgets.HBox([part["padding"], part["stride"], self.rotate]),
            widgets.HBox([part["row"], part["column"], part["before"]]),
        ]
        settings = widgets.VBox([*lines, self.caption], layout=rigid(544))
        top = ["picture", "upload", "colour", "channel", "display"]
        return {
            **super().arrange(),
            "above": self.rows([top]),
            "caption": [],
            "below": [widgets.HBox([kernel, settings])],
        }

    def companions(self, name: str) -> Sequence[widgets.Widget]:
        """Let the buttons come and go with the numbers that they change."""
        buttons = {"divisor": self.normalise, "weights": self.rotate}
        return [buttons[name]] if name in buttons else super().companions(name)

    def _pictures(self) -> list[str]:
        own = [OWN_PICTURE] if self._own else []
        return [*PICTURES, *own, *SHELF.names]

    def _subject(self, values: Values) -> Subject:
        if values["picture"] == OWN_PICTURE and self._own:
            return self._own
        return SHELF.get(values["picture"]) or known_subject(values["picture"])

    def _state(self, values: Values) -> FilterState:
        """Return the state, its window in the first corner."""
        names = ("weights", "divisor", "bias", "padding", "stride", "display", "colour", "channel")
        return FilterState(self._subject(values), **{name: values[name] for name in names})

    def usable(self, name: str, values: Values) -> bool:
        """Compare by turns what has the same size."""
        return name != "before" or self._keeps_size(values)

    def _keeps_size(self, values: Values) -> bool:
        geometry = self._state(values).geometry
        return geometry.output_shape == geometry.input_shape

    def _open(self, file: dict[str, Any]) -> dict[str, Any]:
        """Take a file that was uploaded, or say what is wrong with it."""
        name = PurePath(str(file["name"])).name[:60]
        try:
            subjects = opened(name, bytes(file["content"]))
        except (TypeError, ValueError, MemoryError) as error:
            reason = str(error).removeprefix("`source` ")
            self._about = words.not_shown(name, reason)
            return {}
        self._about = ""
        for subject in subjects:
            SHELF.put(subject)
        return {"picture": subjects[-1].name}

    def look_again(self) -> None:
        """Offer what has been uploaded elsewhere."""
        if not self.is_closed:
            self._refresh()

    def _pick(self, x: float, y: float) -> None:
        with LOCK:
            super()._pick(x, y)
            self._stays ^= self.scene.pick(self.state, (x, y)) is not None

    def _point(self, x: float, y: float) -> None:
        with LOCK:
            if not self._stays:
                super()._pick(x, y)

    def _normalise(self, _button: Any) -> None:
        weights = np.array(self.controls["weights"].value)
        total, positive = round(weights.sum(), 9), weights[weights > 0].sum()
        with LOCK:
            self.set_controls(divisor=float(total or positive or 1.0))
            self._about = "" if total else words.sums_to_0(float(positive))
            self._refresh()

    def _rotate(self, _button: Any) -> None:
        self.set_controls(weights=np.array(self.controls["weights"].value)[::-1, ::-1])
