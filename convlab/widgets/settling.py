"""What was asked of each control, and what there is room for.

The controls of an explorer bound each other: a kernel stays inside its input. A control that has
to yield keeps what was asked of it, and comes back when there is room again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol

import ipywidgets as widgets

from convlab.arguments import as_int
from convlab.formatting import say
from convlab.widgets.controls import both, clamp, set_range, worded
from convlab.widgets.kinds import KINDS, LISTS

Values = Mapping[str, Any]
"""The values of controls, by name."""
Limits = tuple[Any, Any]
"""The smallest and the largest value: numbers, or pairs where the control is a `Pair`."""


class Rules(Protocol):
    """How an explorer's controls bound each other, given the values of the ones before."""

    def limits(self, name: str, values: Values) -> Limits | None:
        """Return the smallest and the largest value there is room for; None for no such bound."""

    def options(self, name: str, values: Values) -> Sequence[Any] | None:
        """Return what a list offers; None for what it always offers."""

    def entails(self, name: str, values: Values) -> Values:
        """Return what a hand on a control sets others to."""

    def usable(self, name: str, values: Values) -> bool:
        """Say whether a control means anything now."""


class Change(NamedTuple):
    """A control that had to yield, or came back: its name, what was asked, and what it is."""

    name: str
    asked: Any
    now: Any


class Settling:
    """Controls, what was asked of each, and the values that there is room for.

    Parameters
    ----------
    owner : str
        Name of the explorer, for messages.
    controls : dict of str to Widget
        In the order in which they yield to each other.
    rules : Rules

    Attributes
    ----------
    values : dict of str to Any
        What the controls show; within all bounds.
    busy : bool
        Whether the controls are being moved from here, not by a hand.
    """

    def __init__(self, owner: str, controls: dict[str, Any], rules: Rules) -> None:
        self._owner, self._controls, self._rules = owner, controls, rules
        self._outer = {
            name: (control.min, control.max)
            for name, control in controls.items()
            if hasattr(control, "max") and hasattr(control, "value")
        }
        self._offered = {n: c.options for n, c in controls.items() if isinstance(c, LISTS)}
        self._asked = {name: control.value for name, control in controls.items()}
        self._start: Values = {}
        self.values: Values = dict(self._asked)
        self.busy = False

    def start(self, defaults: Values, settings: Values) -> None:
        """Take start values: the explorer's own, which may yield, and the reader's, which must fit.

        Raises
        ------
        TypeError
            If a setting names no control.
        ValueError
            If there is no room for a setting.
        """
        self._check_names(settings)
        for name, control in self._controls.items():
            for values in (defaults, settings):
                if name in values:
                    self._asked[name] = self._checked(name, control, values[name], self._asked)
                    if values is settings or name not in settings:
                        self._asked.update(self._rules.entails(name, self._asked))
        given = {name: self._asked[name] for name in settings}
        self.settle()
        for name, value in given.items():
            self._check_room(name, value, settings[name])
        self._start = dict(self._asked)

    def checked(self, values: Values) -> Values:
        """Return values of the controls' kinds.

        Raises
        ------
        TypeError
            If a name is no control.
        ValueError
            If a value cannot be that of its control.
        """
        self._check_names(values)
        asked = {**self._asked, **values}
        return {
            name: self._checked(name, self._controls[name], value, asked)
            for name, value in values.items()
        }

    def ask(self, values: Values) -> None:
        """Ask controls for values, as a hand does; what those entail is asked, too."""
        for name, value in values.items():
            self._asked[name] = value
            entailed = self._rules.entails(name, {**self.values, **values})
            self._asked.update(entailed)

    def reset(self) -> None:
        """Ask all controls for what they began with."""
        self._asked = dict(self._start)

    def beginning(self, names: Sequence[str]) -> Values:
        """Return what those of some controls that there are began with."""
        return {name: self._start[name] for name in names if name in self._start}

    def settle(self) -> list[Change]:
        """Give every control what was asked of it, as far as there is room; return what changed."""
        before, values = self.values, dict(self._asked)
        self.busy = True
        try:
            for name, control in self._controls.items():
                values[name] = self._fit(name, control, values)
        finally:
            self.busy = False
        self.values = values
        return [
            Change(name, self._asked[name], value)
            for name, value in values.items()
            if not _same(value, before[name])
        ]

    def written(self, name: str, value: Any) -> str:
        """Return a control's value as a reader reads it."""
        if isinstance(value, tuple):
            return " × ".join(map(str, value))
        texts = {option[1]: option[0] for option in self._offered.get(name, ())}
        return str(texts.get(value, value))

    def room(self, name: str, values: Values) -> Limits | None:
        """Return the bounds of a control, given the values of the ones before it."""
        outer, inner = self._outer.get(name), self._rules.limits(name, values)
        if outer is None or inner is None:
            return outer
        if isinstance(outer[0], tuple):
            inner = both(inner[0]), both(inner[1])
        low, high = clamp(inner[0], *outer), clamp(inner[1], *outer)
        return low, clamp(high, low, outer[1])

    def _fit(self, name: str, control: Any, values: Values) -> Any:
        asked, usable = values[name], self._rules.usable(name, values)
        if isinstance(control, LISTS):
            value = self._offer(control, self._options(name, values), asked)
            control.disabled = len(control.options) == 1 or not usable
            return value
        room = self.room(name, values)
        if room is None:
            if not _same(control.value, asked):
                control.value = asked
            if isinstance(control, widgets.Checkbox):
                control.disabled = not usable
            return control.value
        value = clamp(asked, *room)
        set_range(control, *room, value, usable=usable)
        return value

    def _options(self, name: str, values: Values) -> Sequence[Any]:
        options = self._rules.options(name, values)
        return self._offered[name] if options is None else options

    @staticmethod
    def _offer(control: Any, options: Sequence[Any], asked: Any) -> Any:
        """Give a list its options, and choose what was asked for, or the nearest before it."""
        pairs = worded(options)
        if tuple(control.options) != tuple(pairs):
            control.options = tuple(pairs)
        offered = [value for _, value in pairs]
        value = asked if asked in offered else _fallback(offered, asked)
        if control.value != value:
            control.value = value
        return value

    def _check_names(self, settings: Values) -> None:
        for name in settings:
            if name not in self._controls:
                raise TypeError(
                    say(
                        "`{name}` is no control of {explorer}; known: {known}",
                        name=name,
                        explorer=self._owner,
                        known=", ".join(self._controls),
                    )
                )

    def _checked(self, name: str, control: Any, value: Any, asked: Values) -> Any:
        """Return a value of the control's kind, beside what is asked of the others."""
        if isinstance(control, LISTS):
            self._check_option(name, value, self._options(name, asked))
        kind = KINDS[next((k for k in KINDS if isinstance(control, k)), widgets.Widget)]
        try:
            return kind(value)
        except (TypeError, ValueError) as error:
            if str(error).startswith(f"`{name}`"):
                raise  # the control knows its rule
            sentence = "`{name}` of {explorer} cannot be {value}"
            raise ValueError(
                say(sentence, name=name, explorer=self._owner, value=repr(value))
            ) from error

    def _check_option(self, name: str, value: Any, options: Sequence[Any]) -> None:
        offered = [option[1] if isinstance(option, tuple) else option for option in options]
        if not any(_is_option(value, option) for option in offered):
            raise ValueError(
                say(
                    "`{name}` of {explorer} cannot be {value}; choose from {choices}",
                    name=name,
                    explorer=self._owner,
                    value=repr(value),
                    choices=", ".join(map(repr, offered)),
                )
            )

    def _check_room(self, name: str, value: Any, written: Any) -> None:
        """Raise if a setting, as it was written, found no room."""
        control = self._controls[name]
        if isinstance(control, LISTS):
            self._check_option(name, value, control.options)
            return
        room = self.room(name, self.values)
        if room is not None and clamp(value, *room) != value:
            raise ValueError(
                say(
                    "`{name}` of {explorer} must be from {low} to {high} here, got {value}",
                    name=name,
                    explorer=self._owner,
                    low=room[0],
                    high=room[1],
                    value=repr(written),
                )
            )


def _same(one: Any, other: Any) -> bool:
    """Say whether two values are the same; a kernel may be given as an array."""
    return one is other or bool(type(one) is type(other) and one == other)


def _is_option(value: Any, option: Any) -> bool:
    """Say whether a reader's value means an option; to Python, True would be 1 as well."""
    if isinstance(option, bool):
        return value is option
    if isinstance(option, int):
        return as_int(value) == option
    return isinstance(value, type(option)) and bool(value == option)


def _fallback(offered: Sequence[Any], asked: Any) -> Any:
    """Return what stands in for an option that is not offered now."""
    if isinstance(asked, int) and all(isinstance(value, int) for value in offered):
        return max((value for value in offered if value <= asked), default=offered[0])
    return offered[0]
