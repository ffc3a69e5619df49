"""All explorers of a notebook, larger: for a hall, or for tired eyes."""

from __future__ import annotations

import ipywidgets as widgets

from convlab.formatting import say

SMALLEST, LARGEST = 0.5, 4


def projector(size: float = 1.4) -> widgets.HTML:
    """Show all explorers of this notebook larger, letters and lines alike.

    Slides need none of it: there everything fills the screen already.

    Parameters
    ----------
    size : float, default 1.4
        How many times larger; at 1.4 a caption has 19.6 pixels. 1 is as before.

    Returns
    -------
    ipywidgets.HTML
        Nothing to be seen; explorers are larger as long as it is the cell's output. Of several in
        a notebook the lowest counts.

    Raises
    ------
    ValueError
        If the size is not from 0.5 to 4.

    Examples
    --------
    >>> ".convlab-explorer { zoom: 1.5; }" in projector(1.5).value
    True
    """
    if not SMALLEST <= size <= LARGEST:
        raise ValueError(
            say(
                "`size` must be from {low} to {high}, got {value}",
                low=SMALLEST,
                high=LARGEST,
                value=repr(size),
            )
        )
    rule = f"<style>.convlab-explorer {{ zoom: {size:g}; }}</style>"
    return widgets.HTML(rule, layout=widgets.Layout(display="none"))
