"""A play button and a slider that drive each other inside the page, by one message a step.

A link of ipywidgets sends the button's value as a message of its own, before the slider's: at each
press of a key the kernel has answered the one before it looks at the other.
"""

from __future__ import annotations

import anywidget
import ipywidgets as widgets
import traitlets

from convlab.widgets.models import script


class QuietPlay(widgets.Play):  # type: ignore[misc]  # ipywidgets has no types
    """A play button that does not tell the page its value: `InStep` does, from the slider's."""

    value = traitlets.CInt(0)


class InStep(anywidget.AnyWidget):
    """An unseen part of a page that keeps a play button in step with a slider.

    Parameters
    ----------
    play : QuietPlay
    slider : IntSlider

    Examples
    --------
    >>> import ipywidgets as widgets
    >>> play, slider = QuietPlay(), widgets.IntSlider()
    >>> "value" in play.keys, InStep(play, slider).slider is slider
    (False, True)
    """

    _esm = script("in_step.js")
    play = traitlets.Instance(QuietPlay).tag(sync=True, **widgets.widget_serialization)
    slider = traitlets.Instance(widgets.IntSlider).tag(sync=True, **widgets.widget_serialization)

    def __init__(self, play: QuietPlay, slider: widgets.IntSlider) -> None:
        super().__init__(play=play, slider=slider)
