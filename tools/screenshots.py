"""Take pictures of every notebook in real JupyterLab: ``make screenshots``.

    python -m tools.screenshots [--dark] [NAME ...]

For each notebook and each size of screen, ``screenshots/NOTEBOOK/`` gets the first screen before
anything was run, and the screen with each explorer scrolled to the top, its main slider moved one
step. An explorer that does not fit is reported, and pictured whole as well.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser

from tools.browser import ExplorerOnScreen, Lab, Server, chromium, copy_project, lab_server
from tools.notebooks import FOLDER as LESSONS
from tools.notebooks import find

SCREENS = ((1280, 720), (1440, 900))
MARGIN = 8  # pixels below an explorer that show nothing
FOLDER = Path(__file__).resolve().parent.parent / "screenshots"


def picture_notebook(
    browser: Browser, server: Server, notebook: str, screen: tuple[int, int], *, dark: bool = False
) -> list[str]:
    """Save the pictures of one notebook at one size of screen; returns what looked wrong."""
    folder = FOLDER / Path(notebook).with_suffix("")
    ending = f"{screen[0]}x{screen[1]}{'_dark' if dark else ''}.png"
    for stale in folder.glob(f"*_{ending}"):
        stale.unlink()
    lab = Lab(browser, server, screen=screen)
    try:
        lab.open(notebook)
        if dark:
            lab.use_dark_theme()
        lab.screenshot(folder / f"0_first_screen_{ending}")
        lab.run_all()
        wrong = [f"error output: {text}" for text in lab.error_outputs()]
        for number, explorer in enumerate(lab.explorers(), start=1):
            name = f"{number}_{explorer.name}"
            wrong += [f"{name}: {line}" for line in _use(explorer)]
            explorer.scroll_to_top()
            lab.screenshot(folder / f"{name}_{ending}")
            if (hidden := explorer.hidden_height()) > MARGIN:
                wrong.append(f"{name}: {hidden} pixels do not fit on the screen")
                lab.page.set_viewport_size({"width": screen[0], "height": screen[1] + hidden})
                explorer.scroll_to_top()
                lab.screenshot(folder / f"{name}_whole_{ending}")
                lab.page.set_viewport_size({"width": screen[0], "height": screen[1]})
    finally:
        lab.close()
    return wrong


def _use(explorer: ExplorerOnScreen) -> list[str]:
    if not explorer.sliders():
        explorer.show_all()
    wrong = [] if any(map(explorer.move, explorer.sliders()[:1])) else ["no slider moves it"]
    return [*wrong, *([f"status: {explorer.status}"] if explorer.status else [])]


def main(arguments: Sequence[str] | None = None) -> None:
    """Take the pictures of the notebooks that are named, or of all."""
    parser = argparse.ArgumentParser(prog="tools.screenshots", description="Take pictures.")
    parser.add_argument("names", nargs="*", help="how their file names begin; default: all")
    parser.add_argument("--dark", action="store_true", help="in JupyterLab's dark theme")
    options = parser.parse_args(arguments)
    try:
        notebooks = [path.relative_to(LESSONS).as_posix() for path in find(options.names)]
    except ValueError as error:
        parser.error(str(error))
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        project = copy_project(Path(folder) / "project")
        with lab_server(project, Path(folder) / "home", "--expose-app-in-browser") as server:
            for notebook in notebooks:
                for screen in SCREENS:
                    wrong = picture_notebook(browser, server, notebook, screen, dark=options.dark)
                    print(f"{notebook} at {screen[0]}x{screen[1]}", *wrong, sep="\n  ")


if __name__ == "__main__":
    main()
