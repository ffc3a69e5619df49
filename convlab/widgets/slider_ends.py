"""A slider's End and Home keys, right after its range has grown."""

from __future__ import annotations

import ipywidgets as widgets


def renew_ends(slider: widgets.IntSlider) -> None:
    """Have the page build a slider's handle anew, after its range has grown.

    In the page a slider is a noUiSlider, whose End and Home keys go for as long as it lives to
    the range that it was made with (``updateOptions`` leaves ``options.spectrum`` as it was);
    after the range has shrunk they are right, as what lies outside is moved to its ends. It is
    made anew when the orientation changes, and that is what this does, there and back.

    The handle loses the keyboard's focus if it had it, so this is for sliders whose range grows
    because another control was moved. Give the slider a height, which holds its place on the
    page while it stands upright: in a test in Chromium, two of 80 changes were seen, for the
    sixtieth part of a second each.

    Parameters
    ----------
    slider : IntSlider
        Or a FloatSlider; one that lies.

    Examples
    --------
    >>> import ipywidgets as widgets
    >>> slider = widgets.IntSlider(max=5, layout={"height": "28px", "overflow": "hidden"})
    >>> slider.max = 7
    >>> renew_ends(slider)
    >>> slider.orientation
    'horizontal'
    """
    slider.orientation = "vertical"
    slider.orientation = "horizontal"
