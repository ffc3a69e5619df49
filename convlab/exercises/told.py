"""A text that a notebook shows as it is, without quotes."""

from __future__ import annotations

import html
from dataclasses import dataclass


@dataclass(frozen=True)
class Told:
    """Some lines of text, and perhaps some code with them.

    Parameters
    ----------
    text : str
    code : str
        Shown before the text.

    Examples
    --------
    >>> Told("One line.")
    One line.
    """

    text: str
    code: str = ""

    def __repr__(self) -> str:
        return "\n\n".join(part for part in (self.code.rstrip(), self.text) if part)

    def _repr_html_(self) -> str | None:
        """Return code set as code; a text alone needs no page."""
        if not self.code:
            return None
        return (
            f'<pre style="padding: 2px 10px"><code>{html.escape(self.code.rstrip())}</code></pre>'
            f"<div>{html.escape(self.text)}</div>"
        )
