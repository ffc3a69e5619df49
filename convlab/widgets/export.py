"""What leaves the notebook: the picture, a looping GIF, or one HTML page with a player."""

from __future__ import annotations

import base64
import html
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from PIL import Image

from convlab.arguments import as_count
from convlab.draw.scene import SWATCHES, Scene
from convlab.widgets.html import STYLE

PLAYER = Path(__file__).with_name("player.html").read_text("utf-8")
KINDS = (".png", ".svg", ".gif", ".html")


class Saveable(Protocol):
    """What `save` needs of an explorer."""

    controls: dict[str, Any]
    scene: Scene[Any]
    state: Any

    @property
    def saved_every(self) -> int:
        """From one step that is saved to the next."""

    def describe(self, state: Any, /) -> str:
        """Return the caption."""

    def printed(self, state: Any, /) -> str:
        """Return what stands beside the picture."""


@dataclass(frozen=True)
class Page:
    """One step of a player: a PNG picture, its caption and what stands beside it, as HTML."""

    picture: bytes
    caption: str
    details: str = ""


def save(explorer: Saveable, path: str | Path, interval: int = 500) -> None:
    """Save what an explorer shows now, or the whole sweep of its steps.

    The scene is left at the last step that was saved.

    Parameters
    ----------
    explorer : Explorer
    path : str or Path
        ``.png`` or ``.svg`` save the picture; ``.gif`` and ``.html`` save every step (or, of very
        many, some and the last), as a looping picture or as a page with a player that needs no
        kernel.
    interval : int, default 500
        Milliseconds between two steps.

    Raises
    ------
    TypeError
        If `interval` is no int.
    ValueError
        If the file's name ends in anything else, there are no steps to save, or `interval` is below
        1.
    """
    interval = as_count("interval", interval, 1)
    kind, scene = Path(path).suffix.lower(), explorer.scene
    if kind in (".gif", ".html") and "step" not in explorer.controls:
        raise ValueError(f"`path` must end in .png or .svg: there are no steps, got {path!s}")
    if kind not in KINDS:
        raise ValueError(f"`path` must end in .png, .svg, .gif or .html, got {str(path)!r}")
    if kind == ".png":
        Path(path).write_bytes(scene.png())
    elif kind == ".svg":
        scene.save(path)
    elif kind == ".gif":
        save_gif(path, [scene.image() for _ in _each_step(explorer)], interval)
    else:
        pages = [
            Page(scene.png(), explorer.describe(state), explorer.printed(state))
            for state in _each_step(explorer)
        ]
        save_html(path, type(explorer).__name__, pages, interval, STYLE)


def _each_step(explorer: Saveable) -> Iterator[Any]:
    last = explorer.controls["step"].max
    for step in (*range(0, last, explorer.saved_every), last):
        state = replace(explorer.state, step=step)
        explorer.scene.update(state)
        yield state


def save_gif(path: str | Path, frames: list[Image.Image], interval: int) -> None:
    """Save frames as a looping GIF, `interval` milliseconds each."""
    small = [frame.quantize(palette=SWATCHES, dither=Image.Dither.NONE) for frame in frames]
    small[0].save(
        path,
        "GIF",
        save_all=True,
        append_images=small[1:],
        duration=interval,
        loop=0,
        optimize=True,
    )


def save_html(
    path: str | Path, title: str, pages: list[Page], interval: int, style: str = ""
) -> None:
    """Save steps as one self-contained page: buttons, a slider, arrow keys, and captions."""
    data = [
        {
            "picture": "data:image/png;base64," + base64.b64encode(page.picture).decode(),
            "caption": page.caption,
            "details": page.details,
        }
        for page in pages
    ]
    filled = (
        PLAYER.replace("$TITLE", html.escape(title))
        .replace("$STYLE", style)
        .replace("$INTERVAL", str(interval))
        .replace("$LAST", str(len(pages) - 1))
        .replace("$PAGES", json.dumps(data).replace("</", "<\\/"))
    )
    Path(path).write_text(filled, encoding="utf-8")
