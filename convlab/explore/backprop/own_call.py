"""How a reader's backward pass is called, and what is made of that which comes back."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

import numpy as np

from convlab.formatting import say

OPTIONS = ("stride", "padding", "dilation")
"""What a function may take besides ∂ℓ/∂y, the input and the kernel."""
ARRAYS = ("grad_output", "x", "weight")
"""What every function takes, in this order, or by these names."""
PARTS = ("x", "weight", "bias")
"""The gradients, in the order in which they come back."""


class Kind(StrEnum):
    """What came of a call, or of one gradient of it."""

    PASSES = "passes"
    WRONG_VALUES = "wrong values"
    WRONG_SHAPE = "wrong shape"
    NAN = "NaN"
    NO_NUMBERS = "no numbers"
    NOTHING = "returned nothing"
    WRONG_TYPE = "wrong type"
    RAISED = "raised"
    MUTATED = "mutated its arguments"
    INTERRUPTED = "interrupted"


class Came(NamedTuple):
    """What came back of a call.

    Parameters
    ----------
    gradients : dict of str to (Kind or ndarray)
        By part: the array, or why there is none.
    mutated : tuple of str
        Names of the arguments that the function has changed.
    message : str
        What was raised, or the type that came instead of a tuple.
    """

    gradients: Mapping[str, Kind | np.ndarray]
    mutated: tuple[str, ...] = ()
    message: str = ""


class OwnFunction:
    """A reader's backward pass, and how it wants to be called.

    Parameters
    ----------
    function : callable
        Takes ``grad_output``, ``x`` and ``weight``, and may take ``stride``, ``padding`` and
        ``dilation``.

    Attributes
    ----------
    name : str
    accepts : tuple of str
        Which of `OPTIONS` it takes.

    Raises
    ------
    TypeError
        If `function` cannot be called with these.

    Examples
    --------
    >>> OwnFunction(lambda g, x, w, stride=1: None).accepts
    ('stride',)
    """

    def __init__(self, function: Callable[..., Any]) -> None:
        if not callable(function):
            raise TypeError(
                say(
                    "`function` must be a function, your backward pass, got {value}",
                    value=repr(function),
                )
            )
        self._function = function
        self.name = str(getattr(function, "__name__", type(function).__name__))
        self.accepts: tuple[str, ...] = OPTIONS
        try:
            found = inspect.signature(function)
        except (TypeError, ValueError):  # written in C, it may not tell
            self._by_name = False
            return
        taken = {n: p for n, p in found.parameters.items() if p.kind is not p.POSITIONAL_ONLY}
        anything = any(p.kind is p.VAR_KEYWORD for p in taken.values())
        self.accepts = tuple(name for name in OPTIONS if anything or name in taken)
        self._by_name = set(ARRAYS) <= set(taken)
        try:
            found.bind(*self._positional(ARRAYS), **self._named(dict.fromkeys(ARRAYS), {}))
        except TypeError as error:
            raise TypeError(
                say(
                    "`function` must take grad_output, x and weight, and nothing else but stride, "
                    "padding and dilation without a default, got {signature}",
                    signature=f"{self.name}{found}",
                )
            ) from error

    def _positional(self, arrays: Any) -> tuple[Any, ...]:
        return () if self._by_name else tuple(arrays)

    def _named(self, arrays: Mapping[str, Any], layout: Mapping[str, int]) -> dict[str, Any]:
        standard = {"stride": 1, "padding": 0, "dilation": 1} | dict(layout)
        options = {name: standard[name] for name in self.accepts}
        return {**arrays, **options} if self._by_name else options

    def call(self, arrays: Mapping[str, np.ndarray], layout: Mapping[str, int]) -> Came:
        """Call the function on copies of some arrays; whatever it does is part of the answer.

        An interrupt while it runs is part of the answer, too: the function may never end.
        """
        given = {name: arrays[name].copy() for name in ARRAYS}
        try:
            with np.errstate(all="ignore"):  # what comes of it is looked at below
                answer = self._function(
                    *self._positional(given.values()), **self._named(given, layout)
                )
                came = _read(answer)
        except KeyboardInterrupt:
            came = _none(Kind.INTERRUPTED)
        except (Exception, SystemExit) as error:
            came = _none(Kind.RAISED, f"{type(error).__name__}: {error}".removesuffix(": "))
        mutated = (n for n in ARRAYS if not np.array_equal(given[n], arrays[n], equal_nan=True))
        return came._replace(mutated=tuple(mutated))


def _none(kind: Kind, message: str = "") -> Came:
    return Came(dict.fromkeys(PARTS, kind), message=message)


def _read(answer: Any) -> Came:
    """Take a function's answer apart."""
    if answer is None or answer is ...:
        return _none(Kind.NOTHING)
    if not isinstance(answer, tuple | list) or not 2 <= len(answer) <= 3:
        kind = type(answer).__name__
        several = isinstance(answer, tuple | list)
        return _none(Kind.WRONG_TYPE, f"{kind} of {len(answer)}" if several else kind)
    return Came({part: _array(value, part) for part, value in zip(PARTS, answer, strict=False)})


def _array(value: Any, part: str) -> Kind | np.ndarray:
    """Return a copy of one gradient, or why it is none; a bias may have axes of length 1."""
    if value is None or value is ...:
        return Kind.NOTHING
    try:
        array = np.array(value)
    except Exception:  # a ragged list, or a class of the reader's own that fails
        return Kind.NO_NUMBERS
    if array.dtype.kind not in "iufb":
        return Kind.NO_NUMBERS
    if array.dtype.kind != "f":
        array = array.astype(float)
    return array.reshape(()) if part == "bias" and array.size == 1 else array
