"""What is said of a cell of a network: how the digit is read, what the cell is, what it sees."""

from __future__ import annotations

import numpy as np

from convlab.explore.network.see_through_numbers import (
    ACTIVATED,
    ANSWERS,
    CONVOLVED,
    GRADIENTS,
    MAPS,
    PICTURE,
    SCORES,
    SeeThroughState,
)
from convlab.explore.network.see_through_window import readers_of
from convlab.explore.network.see_through_words import layer_name, percent_in_html
from convlab.explore.network.trained_network import held_out, read_rightly
from convlab.formatting import in_a_row, plain, say, say_number
from convlab.widgets.html import coloured


def describe(state: SeeThroughState) -> str:
    """Say how the digit is read, what the chosen cell is, and what was changed."""
    return in_a_row(_reading(state), _cell(state), _changes(state))


def _reading(state: SeeThroughState) -> str:
    parts = {
        "number": state.number,
        "label": state.label,
        "answer": state.answer,
        "sure": percent_in_html(float(state.probabilities[state.answer])),
        "true": percent_in_html(float(state.probabilities[state.label])),
    }
    if state.answer == state.label:
        return say("Digit {number}, a {label}, is read as {answer} ({sure}).", **parts)
    wrong = say("misread as {answer}", answer=state.answer)
    return say(
        "Digit {number}, a {label} ({true}), is {wrong} ({sure}).",
        **parts,
        wrong=coloured(wrong, "look here"),
    )


def _cell(state: SeeThroughState) -> str:
    name = layer_name(state.layer)
    parts = {"layer": name[0].upper() + name[1:], "channel": state.channel}
    if state.layer == SCORES:
        where = say("The score of class {channel}", **parts)
    elif state.layer == PICTURE:
        where = say("Pixel ({row}, {column})", row=state.row, column=state.column)
    else:
        where = say(
            "{layer}, channel {channel}, cell ({row}, {column})",
            **parts,
            row=state.row,
            column=state.column,
        )
    if state.show == GRADIENTS:
        return _gradient(state, where)
    result = coloured(
        say("{where} = {value}", where=where, value=plain(state.value)),
        "input" if state.layer == PICTURE else "output",
    )
    more = _strongest(state) if state.show == ANSWERS else _sees(state)
    return say("{result}. {more}", result=result, more=more).rstrip()


def _strongest(state: SeeThroughState) -> str:
    """Say where the channel answers most: the picture's patches, in words."""
    best = state.answers[0]
    if best.value <= 0:
        return say("It answers to nothing, in none of the digits.")
    parts = {"number": best.picture, "label": int(held_out().labels[best.picture])}
    if state.layer == SCORES:
        return say(
            "Most surely of this class is digit {number}, a {label} ({sure}).",
            **parts,
            sure=percent_in_html(best.value),
        )
    return say(
        "It answers most to digit {number}, a {label}, at cell ({row}, {column}): {value}.",
        **parts,
        row=best.row,
        column=best.col,
        value=plain(round(best.value, 1)),
    )


def _sees(state: SeeThroughState) -> str:
    (top, bottom), (left, right) = np.clip(state.region, 0, 8).tolist()
    if (top, bottom, left, right) == (0, 8, 0, 8):
        return say("It sees the whole digit.")
    if state.layer == PICTURE:
        return ""
    (first_row, last_row), (first_col, last_col) = state.region
    whole = last_row - first_row, last_col - first_col
    return say(
        "It sees rows {top} to {bottom} and columns {left} to {right} of the digit."
        if whole == (bottom - top, right - left)
        else "Its field is {rows} × {cols}, partly beyond the edge: rows {top} to {bottom} and "
        "columns {left} to {right} of the digit.",
        rows=whole[0],
        cols=whole[1],
        top=top,
        bottom=bottom - 1,
        left=left,
        right=right - 1,
    )


def _gradient(state: SeeThroughState, where: str) -> str:
    g = coloured(say("∂ℓ = {gradient}", gradient=plain(state.gradient)), "gradient")
    if state.layer == SCORES:
        return say(
            "{where}: {g}, its probability {probability} minus {target}.",
            where=where,
            g=g,
            probability=plain(float(state.probabilities[state.channel])),
            target=int(state.channel == state.label),
        )
    came = say_number(
        readers_of(state),
        "{where}: {g} came back to it, from the one cell that reads it.",
        "{where}: {g} came back to it, the sum over the {number} cells that read it.",
        where=where,
        g=g,
    )
    return in_a_row(came, _lost(state))


def _lost(state: SeeThroughState) -> str:
    """Say on which way a gradient was lost, if it was."""
    kind, _ = MAPS[state.layer]
    if state.gradient or kind not in (CONVOLVED, ACTIVATED):
        return ""
    if state.value < 0:
        return say("Below 0, it does not pass the ReLU.")
    return say("The pooling chose another cell, or what that feeds got 0, too.")


def _changes(state: SeeThroughState) -> str:
    right, count = read_rightly(state.changes), len(held_out().labels)
    if not state.changes:
        return say(
            "The network reads {right} of {count} held-out digits rightly.",
            right=right,
            count=count,
        )
    return say_number(
        len(state.changes),
        "{number} weight is changed: {right} of {count} digits are read rightly, {before} before.",
        "{number} weights are changed: {right} of {count} digits are read rightly, "
        "{before} before.",
        right=coloured(right, "look here"),
        count=count,
        before=read_rightly(()),
    )
