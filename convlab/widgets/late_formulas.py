"""Text with formulas in TeX that does not keep a picture waiting.

The page typesets formulas as soon as it hears of them, and paints nothing meanwhile: a picture that
came in the message before is seen when they are done.
"""

from __future__ import annotations

import anywidget
import ipywidgets as widgets
import traitlets

from convlab.widgets.models import script


class LateFormulas(widgets.HTMLMath):  # type: ignore[misc]  # ipywidgets has no types
    """Text that does not tell the page its value: `Typesetter` does, a moment later."""

    value = traitlets.Unicode("")


class Typesetter(anywidget.AnyWidget):
    r"""An unseen part of a page that shows formulas once the page has painted.

    Parameters
    ----------
    shown : LateFormulas

    Examples
    --------
    >>> shown = LateFormulas()
    >>> typesetter = Typesetter(shown)
    >>> shown.value = r"\(x^2\)"
    >>> typesetter.text, "value" in shown.keys
    ('\\(x^2\\)', False)
    """

    _esm = script("late_formulas.js")
    shown = traitlets.Instance(LateFormulas).tag(sync=True, **widgets.widget_serialization)
    text = traitlets.Unicode("").tag(sync=True)

    def __init__(self, shown: LateFormulas) -> None:
        super().__init__(shown=shown, text=shown.value)
        traitlets.dlink((shown, "value"), (self, "text"))
