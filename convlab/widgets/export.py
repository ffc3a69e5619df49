"""What leaves the notebook: the picture, a looping GIF, a film, or one HTML page with a player."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from PIL import Image

from convlab.arguments import as_count
from convlab.draw.scene import SWATCHES, Scene
from convlab.formatting import say
from convlab.widgets import film, mathml
from convlab.widgets.player import Frame, page, player
from convlab.widgets.progress import watched

KINDS = (".png", ".svg", ".pdf", ".gif", ".mp4", ".html")
MOST = 30
"""A page runs through so many values of a control that has more of them."""


class Saveable(Protocol):
    """What `save` needs of an explorer."""

    controls: dict[str, Any]
    scene: Scene[Any]
    state: Any
    plays: str
    shown: list[str]

    def set_controls(self, **values: Any) -> None:
        """Move controls."""

    @property
    def saved_every(self) -> int:
        """From one step that is saved to the next."""

    def describe(self, state: Any, /) -> str:
        """Return the caption."""

    def explain(self, state: Any, /) -> str:
        """Return what stands beside the picture."""

    def printed(self, state: Any, /) -> str:
        """Return it without formulas in TeX."""


def save(explorer: Saveable, path: str | Path, interval: int = 500) -> None:
    """Save what an explorer shows now, or all that it plays through.

    The scene is left at the last picture that was saved.

    Parameters
    ----------
    explorer : Explorer
    path : str or Path
        ``.png``, ``.svg`` or ``.pdf`` save the picture; ``.gif`` and ``.html`` save every step (of
        very many, some and the last; without steps, every value of the control that is `played`),
        as a looping picture or as a page with a player that needs no kernel, and ``.mp4`` as a
        film, where ffmpeg is installed. What takes longer than a second shows how far it is.
    interval : int, default 500
        Milliseconds between two steps.

    Raises
    ------
    TypeError
        If `interval` is no int.
    ValueError
        If the file's name ends in anything else, or `interval` is below 1.
    FileNotFoundError
        If a film is asked for, and there is no ffmpeg.
    """
    interval = as_count("interval", interval, 1)
    kind, scene = Path(path).suffix.lower(), explorer.scene
    if kind not in KINDS:
        raise ValueError(
            say(
                "`path` must end in one of {endings}, got {path}",
                endings=", ".join(KINDS),
                path=repr(str(path)),
            )
        )
    if kind == ".png":
        Path(path).write_bytes(scene.png())
    elif kind in (".svg", ".pdf"):
        scene.save(path)
    elif kind in (".gif", ".mp4"):
        save_moving = save_gif if kind == ".gif" else film.save
        if kind == ".mp4":
            film.program()  # before the work, not after it
        save_moving(path, [scene.image() for _ in _watched(explorer)], interval)
    else:
        piece = player(frames(explorer), played(explorer), width=scene.width, interval=interval)
        Path(path).write_text(page(type(explorer).__name__, piece), encoding="utf-8")


def frames(explorer: Saveable, explain: Callable[[Any], str] | None = None) -> list[Frame]:
    """Return a picture, and what is said of it, for each value of the control that is `played`.

    Parameters
    ----------
    explorer : Explorer
    explain : callable, optional
        What stands beside the picture of a state; by default its words with their formulas typeset,
        or what the explorer has `printed` where latex2mathml is not installed.

    Returns
    -------
    list of Frame
    """
    explain = explain or (_typeset(explorer) if mathml.is_available() else explorer.printed)
    return [
        Frame(
            picture=_small(explorer.scene),
            label=label,
            caption=explorer.describe(state),
            details=explain(state),
            kind="webp" if explorer.scene.photographic else "png",
        )
        for label, state in _watched(explorer)
    ]


def _typeset(explorer: Saveable) -> Callable[[Any], str]:
    return lambda state: mathml.typeset(explorer.explain(state))


def _watched(explorer: Saveable) -> Iterator[tuple[str, Any]]:
    name = played(explorer)
    number = explorer.controls[name].max // explorer.saved_every if name == "step" else MOST
    return watched(each_state(explorer), number, "saving")


def played(explorer: Saveable) -> str:
    """Return the control whose values are played: what the explorer `plays`, if it has several.

    Where a single window fills the input there is one step; then it is the first of the controls
    on show that has several values, or of all.
    """
    names = (explorer.plays, *explorer.shown, *explorer.controls)
    several = (name for name in names if _has_several(explorer.controls[name]))
    return next(several, explorer.plays)


def _has_several(control: Any) -> bool:
    if getattr(control, "disabled", False):
        return False
    is_whole = isinstance(getattr(control, "max", None), int)
    return (hasattr(control, "options") or is_whole) and len(values(control)) > 1


def each_state(explorer: Saveable) -> Iterator[tuple[str, Any]]:
    """Yield each value of the control that is played, in words, and the state; the scene shows it.

    The controls are put back afterwards.
    """
    name = played(explorer)
    control = explorer.controls[name]
    if name == "step":
        for step in (*range(0, control.max, explorer.saved_every), control.max):
            state = replace(explorer.state, step=step)
            explorer.scene.update(state)
            yield str(step), state
        return
    before = {key: one.value for key, one in explorer.controls.items() if key != "upload"}
    try:
        for label, value in values(control):
            explorer.set_controls(**{name: value})
            yield label, explorer.state
    finally:
        explorer.set_controls(**before)


def values(control: Any) -> list[tuple[str, Any]]:
    """Return what a control can be set to, in words and as values: `MOST` of them at most."""
    if hasattr(control, "options"):
        pairs = [o if isinstance(o, tuple) else (str(o), o) for o in control.options]
    else:
        pairs = [(str(n), n) for n in range(control.min, control.max + 1)]
    places = np.linspace(0, len(pairs) - 1, min(MOST, len(pairs))).round().astype(int)
    return [pairs[place] for place in places]


def _small(scene: Scene[Any]) -> bytes:
    """Return the picture as a small file, for a page that holds many."""
    if not scene.photographic:
        return scene.png()
    buffer = io.BytesIO()
    page = (
        scene.image().convert("RGB").resize((scene.width, scene.height), Image.Resampling.LANCZOS)
    )
    page.save(buffer, "WEBP", quality=80, method=4)
    return buffer.getvalue()


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
