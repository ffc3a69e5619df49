"""Whether an answer is right in substance, whether it is a list, an array or a sparse matrix."""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Iterator, Set
from decimal import Decimal
from itertools import islice
from numbers import Real
from typing import Any

import numpy as np
import scipy.sparse

MOST_ENTRIES = 10**7
"""No answer has more; a larger one, made of nothing, would fill the memory when it is looked at."""


def same(answer: Any, expected: Any) -> bool:
    """Say whether an answer is right in shape and in every entry.

    Parameters
    ----------
    answer : object
        What came.
    expected : object
        What is right; several arrays in a tuple are compared one by one. Whole numbers must be met
        exactly, others to a relative 10⁻⁶.

    Examples
    --------
    >>> same([3, 2], np.array([3.0, 2.0])), same([[3, 2]], (3, 2)), same(1, True)
    (True, False, False)
    >>> same(scipy.sparse.eye_array(2), [[1, 0], [0, 1]])
    True
    """
    if isinstance(expected, bool | np.bool_):
        return isinstance(answer, bool | np.bool_) and bool(answer) == bool(expected)
    if isinstance(expected, str):
        return isinstance(answer, str) and _told(answer) == _told(expected)
    if expected is None:
        return answer is None
    if is_several(expected):
        several = parts(answer)
        return len(several) == len(expected) and all(map(same, several, expected))
    given, wanted = as_numbers(answer), as_numbers(expected)
    if given is None or wanted is None or given.shape != wanted.shape:
        return False
    return not differing(given, wanted).any()


def differing(given: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Say of each entry whether it differs; both arrays have one shape.

    Examples
    --------
    >>> differing(np.array([1.0, np.nan, 3.0]), np.array([1.0, 2.0, 4.0]))
    array([False,  True,  True])
    """
    whole = (wanted % 1 == 0).all()
    with np.errstate(all="ignore"):
        close = np.isclose(given, wanted, rtol=1e-12 if whole else 1e-6, atol=1e-9)
    return np.asarray(~close, bool)


def is_several(expected: Any) -> bool:
    """Say whether a right answer is several arrays, of shapes that do not fit together."""
    return isinstance(expected, tuple | list) and as_array(expected) is None


def parts(answer: Any) -> list[Any]:
    """Return the arrays of an answer that should be several; none, if it is something else."""
    if isinstance(answer, tuple | list):
        return list(answer)
    array = as_array(answer)
    return [*array] if array is not None and array.ndim else []


def as_array(value: Any) -> np.ndarray | None:
    """Return an answer as an array of numbers of any type, or None if it is none.

    Nothing is copied: what is much too large can still be told by its shape.
    """
    # Of the type, since a class of the reader's own may say anything about its class.
    if issubclass(type(value), (str, bytes, Set, dict, Iterator)):
        return None
    if type(value) is range and len(value) > MOST_ENTRIES:
        return None
    try:
        if scipy.sparse.issparse(value):
            if np.prod(value.shape, dtype=float) > MOST_ENTRIES:
                return None
            value = value.toarray()  # read as any other array below
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            array = np.asarray(value)
    except (Exception, SystemExit):  # a ragged list, or a class of the reader's own that fails
        return None
    return _of_objects(array) if array.dtype.kind == "O" else _of_numbers(array)


def as_numbers(value: Any) -> np.ndarray | None:
    """Return an answer as an array of floats, or None if it is none, or larger than any answer.

    Examples
    --------
    >>> from fractions import Fraction
    >>> as_numbers([Fraction(1, 4), 2]), as_numbers({1, 2}), as_numbers([[1], [1, 2]])
    (array([0.25, 2.  ]), None, None)
    """
    array = as_array(value)
    if array is None or array.size > MOST_ENTRIES:
        return None
    return np.asarray(array, float)


def squeezed(value: Any) -> Any:
    """Return numbers without their axes of length 1, and anything else as it is."""
    array = as_numbers(value)
    return value if array is None else np.squeeze(array)


def in_order(value: Any) -> np.ndarray | None:
    """Return the numbers of a list or a set, sorted; None if there are none."""
    array = as_numbers([*islice(value, MOST_ENTRIES)] if isinstance(value, Set) else value)
    return None if array is None else np.sort(array, axis=None)


def fingerprint(value: Any, depth: int = 4) -> str:
    """Return a short text that is the same for the same answer, and for no other.

    Lists are looked into down to a depth; they may hold themselves.

    Examples
    --------
    >>> fingerprint([1, 2]) == fingerprint(np.array([1.0, 2.0])) != fingerprint([2, 1])
    True
    """
    array = as_numbers(value)
    if array is not None:
        with np.errstate(all="ignore"):
            rounded = np.where(np.abs(array) < 1e6, array.round(9), array) + 0.0
        text = f"{array.shape}".encode() + rounded.tobytes()
    elif issubclass(type(value), (tuple, list)) and depth > 0:
        text = "|".join(fingerprint(part, depth - 1) for part in value).encode()
    else:
        text = written(value).encode("utf-8", "replace")
    return hashlib.sha256(text).hexdigest()[:16]


def written(value: Any, longest: int = 60) -> str:
    """Return a short text of any object, also of one that cannot be printed.

    Examples
    --------
    >>> written("a" * 100, 10)
    "'aaaaaaaa…"
    """
    try:
        text = " ".join(repr(value).split())
    except (Exception, SystemExit):
        text = f"a {type(value).__name__}"
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _told(word: str) -> str:
    return " ".join(word.split()).casefold()


def _of_numbers(array: np.ndarray) -> np.ndarray | None:
    return array if array.dtype.kind in "iuf" else None


def _of_objects(array: np.ndarray) -> np.ndarray | None:
    """Return numbers that numpy has no type for, such as fractions, as floats."""
    numbers = (isinstance(n, Real | Decimal) and not isinstance(n, bool) for n in array.flat)
    if array.size > MOST_ENTRIES or not all(numbers):
        return None
    try:
        return array.astype(float)
    except (Exception, SystemExit):
        return None
