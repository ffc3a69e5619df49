"""How a value that a reader gives becomes one of a control's kind, or is refused."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping
from numbers import Real
from typing import Any

import ipywidgets as widgets

from convlab.widgets.compound import Pair, Stepper
from convlab.widgets.controls import both
from convlab.widgets.kernel_editor import KernelEditor

LISTS = (widgets.Dropdown, widgets.ToggleButtons, widgets.SelectionSlider)
FIELDS = (widgets.FloatText, widgets.BoundedFloatText, widgets.FloatSlider)


def _whole(value: Any) -> int:
    if isinstance(value, bool):
        raise TypeError("a truth value is no number")
    return operator.index(value)


def _two(value: Any) -> tuple[int, int]:
    first, second = both(value)
    return _whole(first), _whole(second)


def _real(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError("no number")
    number = float(value)
    if not math.isfinite(number):
        raise ValueError("not a finite number")
    return number


def _files(value: Any) -> tuple[Mapping[str, Any], ...]:
    """Return files as the page uploads them: dicts with a name and the bytes."""
    files = tuple(value)
    if not all(isinstance(file, Mapping) and {"name", "content"} <= set(file) for file in files):
        raise TypeError("no files")
    return files


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError("neither True nor False")
    return value


KINDS: dict[type, Callable[[Any], Any]] = {
    Pair: _two,
    Stepper: _whole,
    widgets.Checkbox: _truth,
    **dict.fromkeys(FIELDS, _real),
    KernelEditor: KernelEditor.checked,
    **dict.fromkeys((widgets.IntSlider, widgets.BoundedIntText), _whole),
    widgets.FileUpload: _files,
    widgets.Widget: lambda value: value,
}
"""How a value becomes one of a control's kind."""
