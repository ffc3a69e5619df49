"""A player in HTML: pictures, captions and tables, one after the other, without a kernel."""

from __future__ import annotations

import base64
import html
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from convlab.formatting import say
from convlab.language import language
from convlab.widgets.html import STYLE

_HERE = Path(__file__).parent
PAGE = _HERE.joinpath("player.html").read_text("utf-8")
SCRIPT = f"<script>\n{_HERE.joinpath('player.js').read_text('utf-8')}</script>"
"""What makes all players of a page play; once, after them."""


@dataclass(frozen=True)
class Frame:
    """One picture of a player, with what is said of it, as HTML.

    Attributes
    ----------
    picture : bytes
    label : str
        What the control of the player says, such as the number of a step.
    caption, details : str
        What stands below the picture, and beside it.
    kind : {"png", "webp"}
    """

    picture: bytes
    label: str
    caption: str
    details: str = ""
    kind: Literal["png", "webp"] = "png"

    @property
    def source(self) -> str:
        """The picture, as the address of an image."""
        return address_of(self.picture, self.kind)


def address_of(picture: bytes, kind: str = "png") -> str:
    """Return the address of an image that lies in the page itself.

    Examples
    --------
    >>> address_of(b"...")
    'data:image/png;base64,Li4u'
    """
    return f"data:image/{kind};base64,{base64.b64encode(picture).decode()}"


def player(
    frames: Sequence[Frame], control: str, *, width: int, interval: int = 500, start: int = 0
) -> str:
    """Return a player as a piece of HTML; a page of them needs `STYLE` and, at its end, `SCRIPT`.

    Parameters
    ----------
    frames : sequence of Frame
    control : str
        What the slider is called.
    width : int
        Of the pictures, in pixels of the page.
    interval : int, default 500
        Milliseconds between two frames while it plays.
    start : int, default 0
        The frame to begin with; it is shown without any script, too.

    Returns
    -------
    str
    """
    first = frames[start]
    data = [
        {"picture": f.source, "label": f.label, "caption": f.caption, "details": f.details}
        for f in frames
    ]
    packed = json.dumps(data).replace("</", "<\\/")
    name, play = html.escape(control), say("play")
    glyph = '<span aria-hidden="true">&#9654;&#65038;</span>'
    return f"""<div class="convlab-player" data-interval="{interval}">
<nav><button class="back" aria-label="{say("one step back")}">&#9664;</button>
<button class="play" data-pause="{say("pause")}">{glyph} {play}</button>
<button class="next" aria-label="{say("one step on")}">&#9654;</button>
<label>{name} <input type="range" min="0" max="{len(frames) - 1}" value="{start}"></label>
<output>{html.escape(first.label)}</output></nav>
<main><img src="{first.source}" alt="" style="width: {width}px">
<div class="convlab-details">{first.details}</div></main>
<p class="convlab-caption">{first.caption}</p>
<p class="convlab-spoken" role="status"></p>
<script type="application/json">{packed}</script>
</div>"""


def page(title: str, piece: str) -> str:
    """Return a self-contained page around one player."""
    filled = PAGE.replace('lang="en"', f'lang="{language()}"').replace("$STYLE", STYLE)
    filled = filled.replace("$TITLE", html.escape(title))
    return filled.replace("$PLAYER", piece).replace("$SCRIPT", SCRIPT)
