"""Hand out the course: each student gets a copy of every lesson that they do not have yet.

    python course.py FOLDER HOME

The folder may be read-only. A copy that is there stays as its student left it, whatever was done
to it; who wants a lesson afresh renames or deletes the old one and starts the server again. A
lesson that the lecturer adds or renames reaches everyone the same way.

Standard library only: a container runs this file alone.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path


def hand_out(lessons: Path, home: Path) -> list[str]:
    """Copy into a student's ``notebooks`` what is not there.

    Parameters
    ----------
    lessons : Path
        The folder of notebooks.
    home : Path
        The student's folder; made if it is not there, and then for its owner's eyes only.

    Returns
    -------
    list of str
        Names of the files that were copied.
    """
    if not lessons.is_dir():
        raise FileNotFoundError(f"`lessons` must be a folder of notebooks, got {lessons}")
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    own = home / "notebooks"
    own.mkdir(exist_ok=True)
    given = []
    for lesson in sorted(lessons.glob("*.ipynb")):
        target = own / lesson.name
        if target.exists():
            continue
        # Under its own name only once it is whole: a copy that broke off would stay for ever.
        part = target.with_suffix(".part")
        shutil.copyfile(lesson, part)
        part.replace(target)
        given.append(lesson.name)
    return given


if __name__ == "__main__":
    hand_out(Path(sys.argv[1]), Path(sys.argv[2]))
