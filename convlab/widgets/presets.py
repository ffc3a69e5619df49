"""Examples to choose from: one sets several controls, and a hand on any of those ends it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from convlab.formatting import not_among
from convlab.widgets.settling import Values

CUSTOM = "custom"
Cases = Mapping[str, Mapping[str, Any]]


def start_values(cases: Cases, settings: Values, default: str) -> tuple[Values, Values]:
    """Return the reader's settings, and the start values of an explorer with a ``preset`` control.

    Without settings, those of the default case; a case that is mixed with settings is custom.

    Parameters
    ----------
    cases : dict of str to dict
        The values that each case sets controls to.
    settings : dict
        As given by the reader.
    default : str

    Raises
    ------
    ValueError
        If there is no such case.

    Examples
    --------
    >>> cases = {"small": {"size": 2, "kernel": 1}, "large": {"size": 9, "kernel": 3}}
    >>> start_values(cases, {}, "small")
    ({}, {'size': 2, 'kernel': 1, 'preset': 'small'})
    >>> start_values(cases, {"preset": "large", "kernel": 5}, "small")
    ({'kernel': 5}, {'size': 9, 'kernel': 3, 'preset': 'custom'})
    """
    own = {name: value for name, value in settings.items() if name != "preset"}
    is_custom = bool(set(own) - {"step", "controls"})
    name = settings.get("preset", CUSTOM if is_custom else default)
    if name not in (CUSTOM, *cases):
        raise ValueError(not_among("preset", cases, name))
    return own, {**cases.get(name, {}), "preset": CUSTOM if is_custom else name}


def entailed(cases: Cases, name: str, values: Values) -> Values:
    """Return what a hand on one control sets others to: for `Explorer.entails`."""
    if name == "preset":
        return cases.get(values["preset"], {})
    return {} if name == "step" else {"preset": CUSTOM}
