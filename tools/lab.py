"""Open JupyterLab on the first lesson: ``python -m tools.lab``, which is what ``make lab`` runs.

With ``--language=zh``, that is the first lesson of another edition, and JupyterLab itself
speaks that language, too. Further arguments go to JupyterLab, for instance ``--no-browser
--ip=0.0.0.0`` in a container.

The reader's own settings stay as they are. What this adds are defaults below them, in
``lab_settings/overrides.json`` (JupyterLab's *application settings directory*): no question about
Jupyter news and no notice of a new version, so that the first screen is the lesson; and every
cell attached to the page, so that an explorer stays alive when it is scrolled out of sight. And it
adds the extension in ``lab_extensions/``, which makes slides fill the screen.

Source: https://jupyterlab.readthedocs.io/en/stable/user/announcements.html and
https://jupyterlab.readthedocs.io/en/stable/user/directories.html
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
FIRST_LESSON = "00_start_here.ipynb"
SETTINGS = Path(__file__).resolve().parent / "lab_settings"
EXTENSIONS = Path(__file__).resolve().parent / "lab_extensions"
LOCALES = {"zh": "zh_CN"}
"""What JupyterLab calls a language."""
CHOICE = "--language="


def arguments(project: Path = PROJECT, language: str = "en", page: str | None = None) -> list[str]:
    """Return the arguments that make JupyterLab open a project, on its first lesson by default.

    Parameters
    ----------
    project : Path
        The folder that JupyterLab shows; tests give a copy of this one.
    language : str, default "en"
        The edition.
    page : str, optional
        The address of the first screen, on the server.

    Returns
    -------
    list of str
        Root is allowed only where the user is root already, as in a container. The token stays
        in force for everyone.

    Raises
    ------
    ValueError
        If there are no lessons in that language.
    """
    lesson = FIRST_LESSON if language == "en" else f"{language}/{FIRST_LESSON}"
    if language != "en" and language not in LOCALES:
        known = ", ".join(["en", *LOCALES])
        raise ValueError(f"`language` must be one of {known}, got {language!r}")
    settings = SETTINGS if language == "en" else settings_in(language, project)
    chosen = [
        f"--ServerApp.root_dir={project}",
        f"--LabApp.default_url={page or f'/lab/tree/notebooks/{lesson}'}",
        f"--LabApp.app_settings_dir={settings}",
        f"--LabApp.extra_labextensions_path={EXTENSIONS}",
        # Tabs left open in other projects would fail to open here, each with a dialog; those of
        # another edition would stand before the lesson.
        f"--LabApp.workspaces_dir={project / '.jupyter-run' / f'workspaces-{language}'}",
        # Where convlab is installed this is so by itself; here it need not be.
        "--ServerApp.jpserver_extensions={'convlab.lab': True}",
    ]
    if is_root():
        chosen.append("--allow-root")
    return chosen


def settings_in(language: str, project: Path) -> Path:
    """Write the settings with another language for JupyterLab, and return their folder."""
    settings = json.loads(SETTINGS.joinpath("overrides.json").read_text("utf-8"))
    settings["@jupyterlab/translation-extension:plugin"] = {"locale": LOCALES[language]}
    folder = project / ".jupyter-run" / f"settings-{language}"
    folder.mkdir(parents=True, exist_ok=True)
    folder.joinpath("overrides.json").write_text(json.dumps(settings, indent=2), "utf-8")
    return folder


def is_root() -> bool:
    """Tell whether this runs as root; nobody is root on Windows."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def launch(given: Sequence[str]) -> None:
    """Run JupyterLab with some arguments until it is stopped."""
    # A kernel that the reader installed for another project may bear the same name, `python3`.
    os.environ.setdefault("JUPYTER_PREFER_ENV_PATH", "1")
    # A grammar that jsonschema reads for a check that no schema of Jupyter's asks for, and does
    # without where it is not installed. Reading it takes longer than all else JupyterLab imports.
    sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]
    try:
        from jupyterlab.labapp import LabApp
    except ImportError:
        sys.exit('JupyterLab is not installed here: run `make lab`, or `pip install -e ".[lab]"`.')
    LabApp.launch_instance(given)


def main(further: Sequence[str]) -> None:
    """Open the first lesson of the edition that is asked for."""
    chosen = [argument for argument in further if argument.startswith(CHOICE)]
    language = chosen[-1].removeprefix(CHOICE) if chosen else "en"
    further = [argument for argument in further if argument not in chosen]
    try:
        chosen = arguments(language=language)
    except ValueError as error:
        sys.exit(str(error))
    launch([*chosen, *further])


if __name__ == "__main__":
    main(sys.argv[1:])
