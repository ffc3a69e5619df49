"""Recover a hidden filter: gradient descent on a kernel, forth and back in time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from convlab.explore.learning import recover_words as words
from convlab.explore.learning.rate import real_slider
from convlab.explore.learning.recover_numbers import WHOLE, RecoverState
from convlab.explore.learning.recover_pictures import HIDDEN, ONE_GREY, OWN, PICTURES, SECRET
from convlab.explore.learning.recover_scene import RecoverScene
from convlab.formatting import say
from convlab.widgets.compound import Stepper
from convlab.widgets.controls import choice, slider, toggle
from convlab.widgets.explorer import Explorer
from convlab.widgets.kernel_editor import KernelEditor
from convlab.widgets.parts import Slots
from convlab.widgets.settling import Limits, Values

FIRST = {"picture": "photograph", "hidden": SECRET, "start": 1, "up": 4, "step": 20}


class RecoverFilter(Explorer[RecoverState, RecoverScene]):
    """A picture before and after a hidden filter, and gradient descent that finds the filter.

    Every step of the descent can be gone back to. A step length that is too long makes it diverge;
    it is then stopped, and the words say by how much it was too long. Click on two weights to see
    the loss over them.

    Parameters
    ----------
    **settings
        Start values of controls: ``picture``, ``hidden`` (a name), ``weights`` (your own filter,
        up to 7 × 7), ``rate`` (step length), ``momentum``, ``batch`` (crops a step), ``crop``
        (rows and columns of a crop; 0 for the whole picture), ``start`` (0 for zeros, else a seed),
        ``across`` and ``up`` (weights of the surface, counted along the rows from 0),
        ``revealed``, ``step``.

    Raises
    ------
    TypeError, ValueError
        If a setting is unknown, makes no sense, or finds no room.

    Examples
    --------
    >>> explorer = RecoverFilter(rate=0.4, step=200)
    >>> explorer.state.kernel.round(1) + 0.0
    array([[ 0.,  1.,  2.],
           [-1.,  0.,  1.],
           [-2., -1.,  0.]])
    >>> RecoverFilter(rate=2.5).state.path.diverged
    True
    """

    state_type = RecoverState
    saved_every = 5
    single_steps = True
    describe = staticmethod(words.describe)

    def __init__(self, **settings: Any) -> None:
        labels, tips = words.LABELS, words.TIPS
        editor = KernelEditor(HIDDEN[SECRET])
        hidden = [(words.NAMES[name], name) for name in (*HIDDEN, OWN)]
        controls = {
            "picture": choice(labels["picture"], list(PICTURES)),
            "hidden": choice(labels["hidden"], hidden, label_width=90),
            "weights": editor,
            "rate": real_slider(labels["rate"], 0.4, 0.02, 3.0, 0.02, tip=tips["rate"]),
            "momentum": real_slider(labels["momentum"], 0.9, 0.0, 0.98, 0.02, tip=tips["momentum"]),
            "crop": choice(labels["crop"], words.crops(), 16, label_width=90),
            "batch": slider(labels["batch"], 4, 1, 16, tip=tips["batch"]),
            "start": slider(labels["start"], 0, 0, 9, tip=tips["start"]),
            "across": choice(labels["across"], _weights(9, 3), 0),
            "up": choice(labels["up"], _weights(9, 3), 1),
            "revealed": toggle(labels["revealed"]),
            "step": Stepper(labels["step"], 0, interval=150, width=300),
        }
        up = {"up": 0} if settings.get("across") == FIRST["up"] else {}
        super().__init__(controls, RecoverScene(), settings, FIRST | up)
        controls["weights"].description = say(labels["weights"])

    def arrange(self) -> Slots:
        """Put the descent's own controls under the picture, and the own filter's weights last."""
        part = self.controls
        rows = self.rows(
            [
                ["step"],
                ["rate", "momentum", "start"],
                ["crop", "batch", "across", "up"],
            ]
        )
        rows[0].children = [*rows[0].children, self.buttons]
        return {
            **super().arrange(),
            "above": self.rows([["picture", "hidden", "revealed"]]),
            "below": [*rows, part["weights"]],
        }

    def entails(self, name: str, values: Values) -> Values:
        """Let a name set the weights, and the weights the name."""
        match name:
            case "hidden" if values["hidden"] != OWN:
                return {"weights": HIDDEN[values["hidden"]]}
            case "weights":
                typed = KernelEditor.checked(values["weights"])
                known = [name for name, rows in HIDDEN.items() if rows == typed]
                return {"weights": typed, "hidden": known[0] if known else OWN}
        return {}

    def options(self, name: str, values: Values) -> Sequence[Any] | None:
        """Offer the weights of the kernel, and for the second axis all but that of the first."""
        if name not in ("across", "up"):
            return None
        columns = len(values["weights"])
        every = _weights(columns**2, columns)
        return every if name == "across" else [o for o in every if o[1] != values["across"]]

    def limits(self, name: str, values: Values) -> Limits | None:
        """End the steps where the path ends."""
        return (0, self.read({**values, "step": 0}).last) if name == "step" else None

    def usable(self, name: str, values: Values) -> bool:
        """Let crops mean nothing where all are the same, or where all of the picture is seen."""
        if name not in ("batch", "crop"):
            return True
        return values["picture"] != ONE_GREY and (name == "crop" or values["crop"] != WHOLE)

    def show(self, state: RecoverState) -> None:
        """Show the weights to type only where they are the reader's own."""
        editor = self.controls["weights"]
        editor.layout.height = f"{25 * len(state.weights) + 6}px"
        editor.layout.display = "" if state.hidden == OWN else "none"


def _weights(count: int, columns: int) -> list[tuple[str, int]]:
    return [(words.weight(index, columns), index) for index in range(count)]
