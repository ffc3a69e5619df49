"""Scripts of unseen parts of a page, which do what needs no answer from the kernel."""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent


def script(name: str) -> str:
    """Return a script for an `anywidget`, which may call ``known`` of ``models.js``.

    Examples
    --------
    >>> "await known(" in script("in_step.js")
    True
    """
    return "\n".join(HERE.joinpath(file).read_text("utf-8") for file in ("models.js", name))
