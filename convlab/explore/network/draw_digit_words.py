"""What is said of a digit that was drawn by hand."""

from __future__ import annotations

from convlab.explore.network.draw_digit_ink import DRAW, ERASE, EXAMPLES, OWN, SMALL, UP
from convlab.explore.network.draw_digit_numbers import DrawDigitState
from convlab.explore.network.see_through_words import percent_in_html
from convlab.formatting import in_a_row, say
from convlab.widgets.html import coloured

LABELS = {
    "example": "digit",
    "pen": "pen",
    "pen_row": "pen row",
    "pen_column": "column",
    "fit": "fit to paper",
    "down": "move down",
    "right": "move right",
    "noise": "noise %",
    "hide": "hide",
    "hide_row": "patch row",
    "hide_column": "column",
    "clear": "clear",
}
TIPS = {
    "pen_row": "row of the pen; while it is down, it draws",
    "pen_column": "column of the pen; while it is down, it draws",
    "fit": "make the drawing as large as the paper, and put it in the middle",
    "down": "move the picture down, in cells of the 8 × 8",
    "right": "move the picture to the right, in cells of the 8 × 8",
    "noise": "deviation of the noise, in percent of full ink",
    "hide": "rows and columns of the hidden patch; 0 hides nothing",
    "hide_row": "row of the middle of the hidden patch",
    "hide_column": "column of the middle of the hidden patch",
    "clear": "take an empty paper",
}
PENS = [("up (moves)", UP), ("down (draws)", DRAW), ("eraser", ERASE)]


def examples() -> list[tuple[str, str]]:
    """Return the drawings to choose from, as (text, value)."""
    named = {OWN: say("my drawing"), SMALL: say("small 3")}
    return [(named.get(name, name), name) for name in (OWN, *EXAMPLES)]


def paper_title() -> str:
    """Return what stands above the paper."""
    return say("draw here: 32 × 32")


def paper_note() -> str:
    """Return what stands below the paper."""
    return say("mouse, finger, or the pen's row and column")


def counts_title() -> str:
    """Return what stands above the picture that is read."""
    return say("what is read: 8 × 8, ink 0 to 16")


def needed_title(state: DrawDigitState) -> str:
    """Return what stands above the occlusion map."""
    return say(
        "sure of {answer}, {size} × {size} hidden here", answer=state.first_answer, size=state.patch
    )


def needed_note() -> str:
    """Return the key to the struck cells of the occlusion map."""
    return say("struck: less than half as sure")


def maps_titles() -> tuple[str, str]:
    """Return what stands above the feature maps."""
    return say("ReLU 1: 8 maps"), say("ReLU 2: 16 maps")


def bars_title() -> str:
    """Return what stands above the probabilities."""
    return say("read as")


def describe(state: DrawDigitState) -> str:
    """Say what is read, and what moving, noise and hiding do to it."""
    return in_a_row(_reading(state), _hidden(state), _moved(state), _why(state))


def _reading(state: DrawDigitState) -> str:
    if state.is_empty:
        return say(
            "An empty paper. The network has no answer for it, and gives one all the same: "
            "{answer} ({sure}).",
            answer=state.answer,
            sure=percent_in_html(float(state.probabilities[state.answer])),
        )
    first, second = state.probabilities.argsort()[::-1][:2].tolist()
    read = coloured(say("Read as {answer}", answer=first), "output")
    return say(
        "{read} ({sure}), then {second} ({other}).",
        read=read,
        sure=percent_in_html(float(state.probabilities[first])),
        second=second,
        other=percent_in_html(float(state.probabilities[second])),
    )


def _hidden(state: DrawDigitState) -> str:
    if not state.hide or state.is_empty:
        return ""
    answer = state.first_answer
    return say(
        "Hidden are {size} × {size} cells around ({row}, {column}): {answer} falls from {before} "
        "to {now}."
        if state.probabilities[answer] < state.unhidden[answer]
        else "Hidden are {size} × {size} cells around ({row}, {column}): {answer} had {before}, "
        "and has {now}.",
        size=state.hide,
        row=state.hide_row,
        column=state.hide_column,
        answer=answer,
        before=percent_in_html(float(state.unhidden[answer])),
        now=percent_in_html(float(state.probabilities[answer])),
    )


def _moved(state: DrawDigitState) -> str:
    if not (state.down or state.right) or state.noise or state.hide or state.is_empty:
        return ""
    first, second = (_along(pair) for pair in state.moved_along)
    if second is None:
        return say(
            "ReLU 1 moves along ({first} of the cells compared); ReLU 2 cannot: half a cell "
            "after a pooling.",
            first=first,
        )
    return say(
        "ReLU 1 moves along ({first} of the cells compared), ReLU 2 where it does not see the edge "
        "({second}); the weights for the scores stay where they are.",
        first=first,
        second=second,
    )


def _along(pair: tuple[int, int] | None) -> str | None:
    if pair is None:
        return None
    same, count = pair
    return percent_in_html(same / count) if count else say("none")


def _why(state: DrawDigitState) -> str:
    """Say what the drawing lacks of what the digits had that were learned from."""
    lacks = state.misfits
    if state.is_empty or not lacks:
        return ""
    sentence = {
        "small": "It is small: the digits it learned from fill the 8 rows.",
        "aside": "It stands aside: the digits it learned from were centred.",
        "cut": "Part of it is cut off.",
    }
    return coloured(say(sentence[lacks[0]]), "look here")
