"""What a named kernel is, and what can be read off its weights."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from convlab.arrays import Array, as_array


@dataclass(frozen=True, eq=False)
class Kernel:
    """A named kernel.

    Parameters
    ----------
    name : str
    weights : array_like, shape (rows, cols)
        Kept as a read-only float64 copy.
    effect, why : str
        What it does to a picture, and why its weights do that: one line each.
    source : str
        Where it was published.

    Raises
    ------
    TypeError, ValueError
        If `weights` is no array of finite numbers with 2 axes.

    Examples
    --------
    >>> from convlab import KERNELS
    >>> sobel = KERNELS["Sobel vertical"]
    >>> sobel.total, sobel.symmetric, sobel.separable
    (0.0, False, True)
    >>> sobel.factors
    (array([1., 2., 1.]), array([-1.,  0.,  1.]))
    """

    name: str
    weights: Array
    effect: str = ""
    why: str = ""
    source: str = ""

    def __init__(
        self, name: str, weights: ArrayLike, effect: str = "", why: str = "", source: str = ""
    ) -> None:
        array = as_array("weights", weights, ndim=(2,), dtype=np.float64).copy()
        if not np.isfinite(array).all():
            raise ValueError(f"`weights` must be finite, got {array.tolist()}")
        array.setflags(write=False)
        fields = {"name": name, "weights": array, "effect": effect, "why": why, "source": source}
        for field, value in fields.items():
            object.__setattr__(self, field, value)

    @property
    def total(self) -> float:
        """The sum of the weights: what a flat picture is multiplied by."""
        return float(self.weights.sum())

    @property
    def symmetric(self) -> bool:
        """Whether a rotation by 180° changes nothing, so that correlation is convolution."""
        return np.array_equal(self.weights, self.weights[::-1, ::-1])

    @property
    def separable(self) -> bool:
        """Whether the weights are a column times a row: a matrix of rank one."""
        return bool(np.linalg.matrix_rank(self.weights) == 1)

    @property
    def factors(self) -> tuple[Array, Array]:
        """A column and a row whose outer product is `weights`.

        They are only fixed up to a number. Here, if one takes a difference (its sum is 0), its
        largest size is 1 and the other's sum is above 0; if none does, their sums are the same
        size, and the column's is above 0.

        Raises
        ------
        ValueError
            If the kernel is not separable.
        """
        if not self.separable:
            raise ValueError(
                f"`{self.name}` is not separable: its weights have a rank other than 1"
            )
        top, left = np.unravel_index(np.abs(self.weights).argmax(), self.weights.shape)
        column, row = self.weights[:, left] / self.weights[top, left], self.weights[top]
        down, across, size = column.sum(), row.sum(), np.abs(row).max()
        if np.isclose(down, 0):
            scale = np.sign(across) or 1.0
        elif np.isclose(across / size, 0):
            scale = np.sign(down) * size
        else:
            scale = np.sign(down) * np.sqrt(abs(across / down))
        return column * scale + 0.0, row / scale + 0.0  # + 0.0 turns -0.0 into 0.0
