"""Open a lesson as slides: ``python -m tools.present 07``, or ``make present LESSON=07``.

JupyterLab opens on the lesson, runs all cells behind a progress bar, and starts the deck of
jupyterlab-slideshow. Sliders stay live. Further arguments go to JupyterLab.

The settings of this JupyterLab are its own: that a deck is on is saved among them, and would be
found again by the next ``make lab``.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from tools import lab
from tools.notebooks import FOLDER, find


def arguments(lesson: Path, project: Path = lab.PROJECT) -> list[str]:
    """Return the arguments that make JupyterLab open a lesson as slides.

    Parameters
    ----------
    lesson : Path
        In `FOLDER`; what counts is its place there.
    project : Path
        The folder that JupyterLab shows.
    """
    place = lesson.relative_to(FOLDER)
    language = place.parent.name or "en"
    page = f"/lab/workspaces/present-{language}-{lesson.stem}/tree/notebooks/{place.as_posix()}"
    return [
        *lab.arguments(project, language, page),
        f"--LabApp.user_settings_dir={project / '.jupyter-run' / 'present'}",
        "--ServerApp.tornado_settings={'page_config_data': {'convlabPresent': True}}",
    ]


def main(given: Sequence[str]) -> None:
    """Present the lesson that is named until JupyterLab is stopped."""
    parser = argparse.ArgumentParser(prog="python -m tools.present", description=__doc__)
    parser.add_argument("lesson", help="how the notebook's name begins, such as 07 or zh/07")
    options, further = parser.parse_known_args(given)
    try:
        lesson = find([options.lesson])[0]
    except ValueError as error:
        parser.error(str(error))
    if find_spec("jupyterlab_slideshow") is None:
        sys.exit(
            'jupyterlab-slideshow is missing: run `make present`, or `pip install -e ".[present]"`.'
        )
    print(
        f"Presenting {lesson.stem}: Page Down or Space goes on, Page Up back, N opens your notes; "
        "Ctrl + C here ends."
    )
    lab.launch([*arguments(lesson), *further])


if __name__ == "__main__":
    main(sys.argv[1:])
