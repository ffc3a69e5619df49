"""What a screen reader says of an explorer: the names of its parts, and what a move has changed.

ipywidgets gives no name to the handle of a slider, to a play button or to an image, and makes each
text anew when it changes, so that a live region in it is never announced. This part of the page,
an `anywidget`, gives the names, and repeats what has changed in a region of its own: once all is
quiet, and only the sentences that are new, however many pixels a drag went over.
"""

from __future__ import annotations

from pathlib import Path

import anywidget
import ipywidgets as widgets
import traitlets

from convlab.formatting import say

SAID = "convlab-says"
"""The class of widgets whose changes are said."""
SPOKEN_OF = "convlab-spoken-of"
"""The class of what a screen reader is told of as one thing."""


class Spoken(anywidget.AnyWidget):
    """An unseen part of an explorer, for those who listen to it.

    Parameters
    ----------
    name : str
        What the whole is called.

    Attributes
    ----------
    words : dict of str to str
        What its parts are called that have no name of their own.
    """

    _esm = Path(__file__).with_name("spoken.js").read_text("utf-8")
    words = traitlets.Dict().tag(sync=True)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.words = {
            "explorer": name,
            "picture": say("{name}: a picture; the words below it say what it shows", name=name),
            "play": say("play"),
            "pause": say("pause"),
            "stop": say("back to the first step"),
            "retweet": say("play again and again"),
        }
        self.add_class("convlab-spoken")


def speak_of(whole: widgets.Box, name: str, said: list[widgets.Widget]) -> None:
    """Let a screen reader speak of a box and of what it holds.

    Parameters
    ----------
    whole : Box
        Gets one more child, which nobody sees.
    name : str
        What it is called.
    said : list of Widget
        Those whose text is said when it has changed.

    Examples
    --------
    >>> import ipywidgets as widgets
    >>> words = widgets.HTML()
    >>> box = widgets.VBox([words])
    >>> speak_of(box, "Sweep", [words])
    >>> box.children[-1].words["explorer"]
    'Sweep'
    """
    for widget in said:
        widget.add_class(SAID)
    whole.add_class(SPOKEN_OF)
    whole.children = (*whole.children, Spoken(name))
