"""Explorers outside JupyterLab: in Voilà, on one page without code, and in Notebook 7."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.browser import own_notebook
from tests.browser.axe import violations
from tests.browser.conftest import do_without
from tools.gallery import lessons

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

READY = (
    "count => document.querySelectorAll("
    "'.convlab-explorer[role=group] img.convlab-picture').length >= count"
)
PATIENCE = 90  # seconds until a server answers, or a page has its explorers


@contextmanager
def served(module: str, *arguments: str, folder: Path) -> Iterator[str]:
    """Run a server as ``python -m MODULE`` for a reader who has never used it; yield its address.

    Its first argument is the name of the one that sets the port.
    """
    from tools.browser import free_port

    port, (port_name, *further) = free_port(), arguments
    own = {"HOME": folder, "IPYTHONDIR": folder / "ipython", "JUPYTER_RUNTIME_DIR": folder / "run"}
    log = folder / "log.txt"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", module, *further, "--no-browser", f"--{port_name}={port}"],
            env={**os.environ, **{name: str(value) for name, value in own.items()}},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        address = f"http://127.0.0.1:{port}"
        deadline = time.monotonic() + PATIENCE
        while not _answers(address):
            if time.monotonic() > deadline or process.poll() is not None:
                raise RuntimeError(f"{module} did not start:\n{log.read_text()[-3000:]}")
            time.sleep(0.2)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=30)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/static/favicon.ico", timeout=10):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def need(package: str) -> None:
    if importlib.util.find_spec(package) is None:
        do_without(f"{package} is not installed (pip install -e .[gallery])")


def moves(explorer: Locator, page: Page) -> bool:
    """Press an arrow key on the first slider, and wait for another caption."""
    before = explorer.locator(".convlab-caption").inner_text()
    explorer.locator(".convlab-control-step .noUi-handle").press("ArrowRight")
    page.wait_for_function(
        "([el, before]) => el.innerText !== before",
        arg=[explorer.locator(".convlab-caption").element_handle(), before],
    )
    return explorer.locator(".convlab-status").inner_text().strip() == ""


def test_the_gallery_shows_explorers_without_code(browser: Browser, tmp_path: Path) -> None:
    need("voila")
    every = [name for names in lessons().values() for name in names]
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    with served("tools.gallery", "port", folder=tmp_path) as address:
        page.goto(address, wait_until="commit", timeout=PATIENCE * 1000)
        page.wait_for_function(READY, arg=len(every), timeout=2 * PATIENCE * 1000)
        named = page.locator(".convlab-explorer").evaluate_all("all => all.map(el => el.ariaLabel)")
        assert page.locator("h3").all_inner_texts() == named == every
        assert page.locator("h1").count() == 1
        assert page.get_by_text("from convlab.explore").count() == 0
        assert moves(page.locator(".convlab-explorer").first, page)
        assert violations(page, "body", others={}) == []
        own = (address, address.replace("http", "ws"), "blob:", "data:")
        assert [url for url in asked if not url.startswith(own)] == []  # a hall may have no network
        page.close()


def test_explorers_live_in_notebook_7(browser: Browser, tmp_path: Path) -> None:
    need("notebook")
    own_notebook.write(tmp_path / "sweep.ipynb", ["from convlab.explore import Sweep\nSweep()"])
    options = [
        *("ServerApp.port", "--IdentityProvider.token=", f"--ServerApp.root_dir={tmp_path}"),
        *("--JupyterNotebookApp.expose_app_in_browser=True", "--allow-root"),
    ]
    page = browser.new_page()
    with served("notebook", *options, folder=tmp_path) as address:
        page.goto(f"{address}/notebooks/sweep.ipynb", timeout=PATIENCE * 1000)
        page.locator(".jp-NotebookPanel .jp-CodeCell").wait_for(timeout=PATIENCE * 1000)
        page.wait_for_function(
            "window.jupyterapp?.commands.hasCommand('notebook:run-all-cells')",
            timeout=PATIENCE * 1000,
        )
        page.wait_for_timeout(2000)
        page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')")
        page.wait_for_function(READY, arg=1, timeout=PATIENCE * 1000)
        assert moves(page.locator(".convlab-explorer").first, page)
        assert violations(page, ".convlab-explorer", others={}) == []
        page.close()
