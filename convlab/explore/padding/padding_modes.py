"""What the padding holds, and what that does to a smoothed picture."""

from __future__ import annotations

from typing import Any, ClassVar

from convlab.explore.padding import padding_modes_words as words
from convlab.explore.padding.padding_modes_numbers import (
    LARGEST_WINDOW,
    PICTURES,
    PaddingModesState,
)
from convlab.explore.padding.padding_modes_scene import PaddingModesScene
from convlab.padding import PADDING_MODES
from convlab.widgets.controls import choice, set_width, slider
from convlab.widgets.explorer import Explorer


class PaddingValues(Explorer[PaddingModesState, PaddingModesScene]):
    """What padding may hold other than zeros, and the dark frame that zeros leave.

    Parameters
    ----------
    **settings
        Start values of controls: ``picture``, ``fill`` (``"zeros"``, ``"edge"``, ``"reflect"`` or
        ``"wrap"``) and ``kernel``, the size of the window whose mean is taken.

    Raises
    ------
    TypeError, ValueError
        If a setting is unknown, or out of range.

    Examples
    --------
    >>> PaddingValues(picture="flat grey", kernel=3)
    PaddingValues: Zeros are black: on the outermost ring of pixels, the mean falls from 160 to 107.
    """

    state_type = PaddingModesState
    plays = "fill"
    above: ClassVar = [["fill", "picture"], ["kernel"]]
    describe = staticmethod(words.describe)

    def __init__(self, **settings: Any) -> None:
        labels = words.LABELS
        window = slider(labels["kernel"], 15, 3, LARGEST_WINDOW, tip=words.TIPS["kernel"])
        window.step = 2
        controls = {
            "fill": choice(labels["fill"], PADDING_MODES, "zeros"),
            "kernel": set_width(window, 300),
            "picture": choice(labels["picture"], list(PICTURES), "test card"),
        }
        super().__init__(controls, PaddingModesScene(), settings)
