"""What the padding holds, and what that does to a smoothed picture."""

from __future__ import annotations

from typing import Any, ClassVar

from convlab.explore.padding.padding_modes_scene import (
    FILLS,
    LARGEST_WINDOW,
    PICTURES,
    FillScene,
    FillState,
    picture,
    ring_means,
)
from convlab.formatting import plain
from convlab.widgets.html import coloured
from convlab.widgets.old_controls import choice, slider
from convlab.widgets.old_explorer import Explorer

WORDS = {
    "zeros": "Zeros are black",
    "edge": "The outermost pixels are repeated",
    "reflect": "The picture is mirrored about its outermost pixels",
    "wrap": "The picture begins again on the other side",
}


class PaddingValues(Explorer):
    """What padding may hold other than zeros, and the dark frame that zeros leave.

    Parameters
    ----------
    **settings
        Start values of controls: ``picture``, ``fill`` (``"zeros"``, ``"edge"``, ``"reflect"`` or
        ``"wrap"``) and ``kernel``, the size of the window whose mean is taken.

    Raises
    ------
    TypeError
        If a setting is unknown.

    Examples
    --------
    >>> PaddingValues(picture="flat grey", kernel=3)
    PaddingValues: Zeros are black: on the outermost ring of pixels, the mean falls from 160 to 107.
    """

    above: ClassVar = [["fill", "picture"], ["kernel"]]

    def __init__(self, **settings: Any) -> None:
        window = slider("window", 15, 3, LARGEST_WINDOW, tip="rows and columns of the window")
        window.step = 2
        window.layout.width = "300px"
        controls = {
            "fill": choice("padding", list(FILLS), "zeros"),
            "kernel": window,
            "picture": choice("picture", list(PICTURES), "test card"),
        }
        super().__init__(controls, FillScene(), settings)

    def bounds(self, name: str, values: dict[str, Any]) -> tuple[Any, Any] | None:  # noqa: ARG002
        """Keep the window small enough for the picture's margins."""
        return (3, LARGEST_WINDOW) if name == "kernel" else None

    def read(self, values: dict[str, Any]) -> FillState:
        """Return the state that the controls describe."""
        return FillState(values["picture"], values["fill"], values["kernel"])

    def describe(self, state: FillState) -> str:
        """Say what surrounds the picture, and how bright its outermost pixels were and are."""
        before, after = (
            ring_means(image, 1)[0] for image in (picture(state.picture), state.smoothed)
        )
        numbers = f"from {plain(round(before))} to {plain(round(after))}"
        verb = "falls" if after < before - 0.5 else "rises" if after > before + 0.5 else "stays"
        numbers = numbers if verb != "stays" else f"at {plain(round(after))}"
        result = coloured(f"the mean {verb} {numbers}", "output")
        return f"{WORDS[state.fill]}: on the outermost ring of pixels, {result}."
