"""Where the planes of the sweep over channels stand, and which of their numbers have room."""

from __future__ import annotations

import numpy as np

from convlab.draw.camera import Camera
from convlab.draw.planes import letters
from convlab.draw.stacks import Room, Stack, side_by_side
from convlab.explore.channels.channel_sweep_numbers import ChannelState

WIDTH, HEIGHT = 560, 400
TALL = 0.74
"""The numbers, as a share of the height of a cell."""
ROOM = Room(frame=(14, 20, 14, 50), between=124, largest=46, spread=1.2)
"""The sums stand between the stacks."""


def stacks_of(
    state: ChannelState, size: tuple[float, float] = (WIDTH, HEIGHT)
) -> tuple[Stack, Stack]:
    """Return the stack of input planes and that of output planes, as they are laid out."""
    counts, camera = (state.channels, state.kernels), Camera(state.azimuth, state.elevation)
    return side_by_side(size, state.geometry, counts, camera, ROOM)


def lettering(stack: Stack) -> tuple[float, float]:
    """Return font size and width for a number in a cell; size 0 where there is no room."""
    return letters(stack.camera, tall=TALL)


def seen_inputs(state: ChannelState, stack: Stack, plane: int) -> np.ndarray:
    """Say which cells of an input plane no higher plane covers; padding covers nothing."""
    return stack.visible(plane, stack.middles, state.geometry.padding)


def numbers_fit(state: ChannelState) -> bool:
    """Say whether the cells are large enough for their numbers."""
    return lettering(stacks_of(state)[0])[0] > 0


def numbers_hidden(state: ChannelState) -> bool:
    """Say whether higher planes hide some numbers of the input, or of the output so far."""
    inputs, outputs = stacks_of(state)
    seen = [seen_inputs(state, inputs, plane).all() for plane in range(state.channels)]
    for plane in range(state.kernel + 1):
        done = state.step + 1 - plane * state.geometry.steps
        seen.append(outputs.visible(plane, outputs.middles)[:done].all())
    return not all(seen)


def uncrowded(boxes: np.ndarray, taken: np.ndarray) -> np.ndarray:
    """Say which boxes lie on none of those taken, nor on an earlier one that does not.

    Parameters
    ----------
    boxes, taken : ndarray, shape (n, 2, 2) and (m, 2, 2)
        The lower left and the upper right corner of each.

    Returns
    -------
    ndarray of bool, shape (n,)

    Examples
    --------
    >>> row = np.array([[[x, 0], [x + 2, 1]] for x in (0, 1, 2, 9)])
    >>> uncrowded(row[:3], row[3:]).tolist()
    [True, False, True]
    """
    every = np.concatenate([taken, boxes])
    shared = np.minimum(every[:, None, 1], every[:, 1]) - np.maximum(every[:, None, 0], every[:, 0])
    touching = (shared > 0).all(axis=2)
    kept = np.arange(len(every)) < len(taken)
    for index in range(len(taken), len(every)):
        kept[index] = not (touching[index] & kept).any()
    return np.asarray(kept[len(taken) :])
