"""Open JupyterLab on the first lesson: ``python -m tools.lab``, which is what ``make lab`` runs.

Further arguments go to JupyterLab, for instance ``--no-browser --ip=0.0.0.0`` in a container.

The reader's own settings stay as they are. What this adds are defaults below them, in
``lab_settings/overrides.json`` (JupyterLab's *application settings directory*): no question about
Jupyter news and no notice of a new version, so that the first screen is the lesson; and every
cell attached to the page, so that an explorer stays alive when it is scrolled out of sight. And it
adds the extension in ``lab_extensions/``, which makes slides fill the screen.

Source: https://jupyterlab.readthedocs.io/en/stable/user/announcements.html and
https://jupyterlab.readthedocs.io/en/stable/user/directories.html
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
FIRST_LESSON = "notebooks/00_start_here.ipynb"
SETTINGS = Path(__file__).resolve().parent / "lab_settings"
EXTENSIONS = Path(__file__).resolve().parent / "lab_extensions"


def arguments(project: Path = PROJECT, page: str = f"/lab/tree/{FIRST_LESSON}") -> list[str]:
    """Return the arguments that make JupyterLab open a project, on its first lesson by default.

    Parameters
    ----------
    project : Path
        The folder that JupyterLab shows; tests give a copy of this one.
    page : str
        The address of the first screen, on the server.

    Returns
    -------
    list of str
        Root is allowed only where the user is root already, as in a container. The token stays
        in force for everyone.
    """
    chosen = [
        f"--ServerApp.root_dir={project}",
        f"--LabApp.default_url={page}",
        f"--LabApp.app_settings_dir={SETTINGS}",
        f"--LabApp.extra_labextensions_path={EXTENSIONS}",
        # Tabs left open in other projects would fail to open here, each with a dialog.
        f"--LabApp.workspaces_dir={project / '.jupyter-run' / 'workspaces'}",
        # Where convlab is installed this is so by itself; here it need not be.
        "--ServerApp.jpserver_extensions={'convlab.lab': True}",
    ]
    if is_root():
        chosen.append("--allow-root")
    return chosen


def is_root() -> bool:
    """Tell whether this runs as root; nobody is root on Windows."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def main(further: Sequence[str]) -> None:
    """Run JupyterLab until it is stopped."""
    # A kernel that the reader installed for another project may bear the same name, `python3`.
    os.environ.setdefault("JUPYTER_PREFER_ENV_PATH", "1")
    try:
        from jupyterlab.labapp import LabApp
    except ImportError:
        sys.exit('JupyterLab is not installed here: run `make lab`, or `pip install -e ".[lab]"`.')
    LabApp.launch_instance([*arguments(), *further])


if __name__ == "__main__":
    main(sys.argv[1:])
