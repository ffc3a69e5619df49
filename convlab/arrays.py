"""What counts as an array: real numbers; floats keep their dtype, and only a batch may be empty."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

Array = NDArray[np.floating[Any]]

ANY_RANK = tuple(range(33))
"""Any number of axes, for `as_array`: numpy 1 allows up to 32."""


def as_array(
    name: str,
    value: ArrayLike,
    *,
    ndim: tuple[int, ...],
    dtype: DTypeLike | None = None,
    batch: bool = False,
) -> Array:
    """Return `value` as an array of floats, or raise an error that names the argument.

    Parameters
    ----------
    name : str
        The argument's name, for the message.
    value : array_like
        Real numbers. Floating-point input keeps its dtype, in this machine's byte order; integers
        and booleans become float64.
    ndim : tuple of int
        The allowed numbers of axes.
    dtype : dtype, optional
        The floating-point dtype to cast to, whatever the input's.
    batch : bool, default False
        Whether the first axis may be 0, a batch without an image, where there are as many axes as
        can be, or where any number of them is allowed.

    Raises
    ------
    TypeError
        If the values are not real numbers, or masked.
    ValueError
        If the array is ragged, empty, or has another number of axes.
    """
    refuse_mask(name, value)
    try:
        array = np.asarray(value)
    except ValueError as error:
        raise ValueError(f"`{name}` must be a rectangular array of numbers: {error}") from None
    if array.dtype.kind not in "biuf":
        raise TypeError(f"`{name}` must hold real numbers, got dtype {array.dtype}")
    if array.ndim not in ndim:
        allowed = ", ".join(map(str, ndim[:-1])) + f" or {ndim[-1]}" if ndim[1:] else f"{ndim[0]}"
        raise ValueError(f"`{name}` must have {allowed} axes, got shape {array.shape}")
    if array.size == 0 and not (
        batch and (ndim is ANY_RANK or array.ndim == max(ndim)) and 0 not in array.shape[1:]
    ):
        raise ValueError(f"`{name}` must not be empty, got shape {array.shape}")
    if dtype is not None:
        return array.astype(dtype, copy=False)
    if array.dtype.kind != "f":
        return array.astype(np.float64)
    return array.astype(array.dtype.newbyteorder("="), copy=False)


def refuse_mask(name: str, value: Any) -> None:
    """Raise an error if there is a masked array, or a list of them: its mask would be lost."""
    if _is_masked(value):
        raise TypeError(f"`{name}` must not be masked: fill it, for its mask would be lost")


def _is_masked(value: Any) -> bool:
    if isinstance(value, list | tuple):
        return any(map(_is_masked, value))
    return isinstance(value, np.ma.MaskedArray)


def as_images(name: str, value: ArrayLike, *, dtype: DTypeLike | None = None) -> Array:
    """Return `value` as (rows, cols), (channels, rows, cols) or (batch, channels, rows, cols).

    The batch may be empty; all else is as for `as_array`.
    """
    return as_array(name, value, ndim=(2, 3, 4), dtype=dtype, batch=True)


def as_shaped(
    name: str, value: ArrayLike, shape: tuple[int, ...], rule: str, *, dtype: DTypeLike
) -> Array:
    """Return `value` as an array of exactly that shape; `rule` says in words what shape it is.

    All else is as for `as_array`.
    """
    array = as_array(name, value, ndim=ANY_RANK, dtype=dtype, batch=True)
    if array.shape != shape:
        raise ValueError(f"`{name}` must have {rule}, {shape}, got {array.shape}")
    return array
