"""Where the branches of a network meet: what one unit sees through all of them.

A residual block adds its input to what its layers make of it; an Inception block lays the maps of
several stacks side by side. A unit of the joined map is changed by every cell that changes it in
any branch, so its field is the union of theirs: it begins where the first of them begins and ends
where the last one ends. With the middles of all fields on the same cells, as padding d(k − 1)/2
keeps them, it is simply the largest one.

Source: A. Araujo, W. Norris and J. Sim, *Computing Receptive Fields of Convolutional Neural
Networks*, Distill, 2019, "Arbitrary computation graphs".
"""

from __future__ import annotations

from collections.abc import Iterable

from convlab.receptive_field import ReceptiveField

__all__ = ["joined_field"]


def joined_field(branches: Iterable[ReceptiveField]) -> ReceptiveField:
    """Return what one unit sees where branches meet, added up or side by side.

    A unit sees from B cells before its own place on, that is from −B up to R − B for unit 0. Of
    all branches the largest B and the largest R − B decide.

    Parameters
    ----------
    branches : iterable of ReceptiveField
        What a unit at the end of each branch sees of the input.

    Returns
    -------
    ReceptiveField
        The smallest field that holds them all. Cells in it that no branch reads are counted.

    Raises
    ------
    TypeError
        If `branches` holds anything but `ReceptiveField`.
    ValueError
        If there is none, or their strides differ: such maps have nothing to add at most places.

    Examples
    --------
    A residual block around two 3×3 layers: the shortcut adds no cell that they do not see.

    >>> from convlab.receptive_field import Layer, receptive_field
    >>> block = [Layer(3, padding=1), Layer(3, padding=1)]
    >>> joined_field([receptive_field(block), receptive_field([])])
    ReceptiveField(size=(5, 5), stride=(1, 1), padding=(2, 2))
    """
    fields = tuple(branches)
    for position, field in enumerate(fields):
        if not isinstance(field, ReceptiveField):
            raise TypeError(
                f"`branches` must hold only ReceptiveField, got {field!r} at position {position}"
            )
    strides = {field.stride for field in fields}
    if len(strides) != 1:
        raise ValueError(
            f"`branches` must have one stride in common, got {sorted(strides) or 'no branch'}"
        )
    before = [max(field.padding[axis] for field in fields) for axis in (0, 1)]
    after = [max(field.size[axis] - field.padding[axis] for field in fields) for axis in (0, 1)]
    size = [before[axis] + after[axis] for axis in (0, 1)]
    return ReceptiveField(size, strides.pop(), before)
