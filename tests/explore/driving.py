"""A hand for plain tests: what a control can be set to."""

import ipywidgets as widgets
from hypothesis import strategies as st

from convlab.explore.controls import Pair


def extremes(control):
    """Return values over a control's whole range: for long ranges the ends and some between."""
    match control:
        case Pair():
            low, high = control.min, control.max
            mixed = [(low[0], high[1]), (high[0], low[1])]
            return [low, high, *mixed, *[(n, n) for n in _between(min(low), max(high))]]
        case widgets.Dropdown() | widgets.ToggleButtons() | widgets.Select():
            return [
                option[1] if isinstance(option, tuple) else option for option in control.options
            ]
        case widgets.Checkbox() | widgets.ToggleButton():
            return [True, False]
        case widgets.FloatSlider() | widgets.BoundedFloatText():
            return [control.min, control.max, (control.min + control.max) / 2]
        case widgets.Text() | widgets.FloatText():
            return [control.value]
        case _ if hasattr(control, "min"):
            return _between(control.min, control.max)
    return []


def _between(low, high):
    return sorted({low, high, *range(low, high + 1, max(1, (high - low) // 12))})


def moves(explorer):
    """Return the strategy of one move of a hand: a control's name, and how far along its range."""
    return st.tuples(st.sampled_from(list(explorer.controls)), st.floats(0, 1))


def move(explorer, name, how_far):
    """Set a control to a value that lies so far along what it can be set to now."""
    values = extremes(explorer.controls[name])
    if values:
        explorer.controls[name].value = values[round(how_far * (len(values) - 1))]
