"""A reader's hands and eyes: real JupyterLab in a headless Chromium, driven through Playwright.

The browser tests and ``make screenshots`` share what is here:

    with lab_server(project, home) as server, chromium() as browser:
        lab = Lab(browser, server)
        lab.open("01_slide_a_kernel.ipynb")
        lab.run_all()
        for explorer in lab.explorers(): ...

An explorer is found by the CSS classes that every explorer sets: ``convlab-explorer`` around it
all, and inside it ``convlab-picture``, ``convlab-caption``, ``convlab-status`` (which holds text
only when something failed) and ``convlab-control-NAME``.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Error,
    Locator,
    Page,
    ViewportSize,
    sync_playwright,
)

from tools import lab as lab_command
from tools.deck import Deck

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM_ARGUMENTS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
LAB_COMMAND = ("-m", "tools.lab")  # as in the Makefile
SCREEN = (1280, 720)
SECOND = 1000  # Playwright counts in milliseconds
IDLE, SHOW_ME = re.compile(r"\| (Idle|空闲)"), re.compile("show me|直接看答案")
"""What stands on the page, in the languages that it may be in."""
DIALOG = ".jp-Dialog, .Toastify__toast"


def find_chromium() -> str | None:
    """Return the path of a Chromium: ``CONVLAB_CHROMIUM``, or the first one on the path."""
    return os.environ.get("CONVLAB_CHROMIUM") or next(
        (path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None
    )


@contextmanager
def chromium() -> Iterator[Browser]:
    """Yield a headless Chromium, closed at the end."""
    path = find_chromium()
    if path is None:
        raise FileNotFoundError(
            f"no Chromium on the path ({', '.join(CHROMIUM_NAMES)}); install one, "
            "or name it in CONVLAB_CHROMIUM"
        )
    # Chromium's sandbox cannot start as root.
    arguments = [*CHROMIUM_ARGUMENTS, *(["--no-sandbox"] if lab_command.is_root() else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


@dataclass(frozen=True)
class Server:
    """A running JupyterLab: where it listens, its token, and the project that it shows."""

    url: str
    token: str
    project: Path

    def request(self, path: str, method: str = "GET") -> Any:
        """Ask the server's REST interface; returns what its JSON says, or None."""
        headers = {"Authorization": f"token {self.token}"}
        request = urllib.request.Request(self.url + path, method=method, headers=headers)
        with urllib.request.urlopen(request, timeout=10) as answer:
            body = answer.read()
        return json.loads(body) if body else None

    def stop_kernels(self) -> None:
        """Shut down every kernel."""
        for session in self.request("/api/sessions"):
            self.request(f"/api/sessions/{session['id']}", "DELETE")


def copy_project(target: Path) -> Path:
    """Copy what a reader opens, and the command that opens it; running it leaves no trace here."""
    for folder in ("notebooks", "tools"):
        ignored = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
        shutil.copytree(lab_command.PROJECT / folder, target / folder, ignore=ignored)
    return target


@contextmanager
def lab_server(
    project: Path, home: Path, *further: str, command: Sequence[str] = LAB_COMMAND
) -> Iterator[Server]:
    """Yield JupyterLab as ``make lab`` starts it, for a reader who has never used it before.

    Parameters
    ----------
    project : Path
        A copy of the project (see `copy_project`); the command is run inside it.
    home : Path
        A folder for what Jupyter and IPython would keep in the reader's home folder.
    *further : str
        Further arguments for JupyterLab.
    command : sequence of str
        What Python is to run, such as ``("-m", "tools.present", "07")``.
    """
    port, token = free_port(), secrets.token_hex(16)
    home.mkdir(parents=True, exist_ok=True)
    log = home / "jupyterlab.log"
    own = {
        "HOME": home,
        "IPYTHONDIR": home / "ipython",
        "JUPYTER_CONFIG_DIR": home / "config",
        "JUPYTER_DATA_DIR": home / "data",
        "JUPYTER_RUNTIME_DIR": home / "runtime",
        "JUPYTER_TOKEN": token,
    }
    with log.open("w") as output:
        process = subprocess.Popen(
            [
                *(sys.executable, *command, "--no-browser"),
                *(f"--ServerApp.port={port}", "--ServerApp.port_retries=0", *further),
            ],
            cwd=project,
            env={**os.environ, **{name: str(value) for name, value in own.items()}},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    server = Server(f"http://127.0.0.1:{port}", token, project)
    try:
        _wait_until_it_answers(server, process, log)
        yield server
        server.stop_kernels()
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_until_it_answers(server: Server, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            server.request("/api/status")
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"JupyterLab did not start; its last words:\n{log.read_text()[-3000:]}")


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Lab:
    """One tab of JupyterLab on one notebook.

    Parameters
    ----------
    where : Browser or Page
        From `chromium`; or a tab of it, which stays when this is closed, for the next notebook: one
        where JupyterLab is there already opens it several times faster.
    server : Server
        From `lab_server`, started with ``--expose-app-in-browser`` unless only `look` is wanted.
    screen : (int, int), default (1280, 720)
        Width and height of the window.
    """

    def __init__(
        self, where: Browser | Page, server: Server, *, screen: tuple[int, int] = SCREEN
    ) -> None:
        self.server = server
        self.complaints: list[str] = []
        self.stays = isinstance(where, Page)
        self.page: Page = where if isinstance(where, Page) else where.new_page()
        self.page.set_viewport_size(ViewportSize(width=screen[0], height=screen[1]))
        self.page.on("console", self._hear)
        self.page.on("pageerror", self._hear_of)
        self.sources: list[str] = []

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(f"{message.text} ({message.location.get('url', '')})")

    def _hear_of(self, error: Error) -> None:
        self.complaints.append(f"uncaught: {error}")

    def open_first_screen(self) -> None:
        """Go where ``make lab`` sends the reader's browser, and wait until the lesson is there."""
        self._go_to("/")
        self._wait_until_ready()

    def open(self, notebook: str) -> None:
        """Open a notebook, given by its place in the folder of lessons; wait until it is ready."""
        path = self.server.project / "notebooks" / notebook
        self.sources = [
            "".join(cell["source"]) for cell in json.loads(path.read_text("utf-8"))["cells"]
        ]
        if self.page.url.startswith(self.server.url):
            self.page.evaluate(_OPEN, f"notebooks/{notebook}")
        else:
            workspace = "-".join(Path(notebook).with_suffix("").parts)
            self._go_to(f"/lab/workspaces/{workspace}/tree/notebooks/{notebook}")
        self._wait_until_ready()

    def _go_to(self, path: str) -> None:
        self.page.goto(f"{self.server.url}{path}?token={self.server.token}")

    def _wait_until_ready(self) -> None:
        self.page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60 * SECOND)
        # The notebook's own indicator says "idle" before there is a kernel; the status bar doesn't.
        self.page.locator("#jp-main-statusbar", has_text=IDLE).wait_for(timeout=60 * SECOND)

    def popups(self) -> list[str]:
        """Return the text of every dialog and notification on the screen."""
        # JupyterLab asks its questions a moment after the notebook is there.
        self.page.wait_for_timeout(1.5 * SECOND)
        return self.page.locator(DIALOG).all_inner_texts()

    def title(self) -> str:
        """Return the first heading of the notebook that is in front."""
        return self.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) h1").first.inner_text()

    def still_pictures(self) -> int:
        """Return how many pictures there are that need no kernel."""
        return self.page.locator(".jp-OutputArea .jp-RenderedImage img").count()

    def run_all(self, *, reveal: bool = True) -> None:
        """Run every cell, and wait until all is done and every widget is drawn.

        With `reveal`, *show me* is then pressed wherever a prediction is asked for.
        """
        self.page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")
        self.page.wait_for_function(_EVERY_WIDGET_IS_DRAWN, timeout=60 * SECOND)
        for explorer in self.explorers() if reveal else []:
            explorer.reveal()

    def run_afresh(self) -> None:
        """Run every cell once all outputs are gone, so that none is taken for a new one."""
        command = "notebook:clear-all-cell-outputs"
        self.page.evaluate(f"() => window.jupyterapp.commands.execute('{command}')")
        self.page.wait_for_function("() => !document.querySelector('.jp-OutputArea-output')")
        self.run_all()

    def error_outputs(self) -> list[str]:
        """Return what cells wrote about errors and warnings."""
        return self.page.locator(
            '.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.error"], '
            '.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.stderr"]'
        ).all_inner_texts()

    def explorers(self) -> list[ExplorerOnScreen]:
        """Return the explorers, from top to bottom."""
        found = self.page.locator(".jp-OutputArea .convlab-explorer")
        return [ExplorerOnScreen(self, found.nth(index)) for index in range(found.count())]

    def use_dark_theme(self) -> None:
        """Change to JupyterLab's dark theme."""
        self.page.evaluate(
            "() => window.jupyterapp.commands.execute("
            "'apputils:change-theme', {theme: 'JupyterLab Dark'})"
        )
        self.page.wait_for_selector("body[data-jp-theme-light=false]", state="attached")

    @contextmanager
    def deck(self, screen: tuple[int, int] = SCREEN) -> Iterator[Deck]:
        """Show the notebook as slides on a screen of a size, and as a notebook after that."""
        before = self.page.viewport_size
        self.page.set_viewport_size({"width": screen[0], "height": screen[1]})
        self.page.evaluate(_START_DECK)
        try:
            self.page.locator(".convlab-deck-bar output").wait_for(timeout=20 * SECOND)
            yield Deck(self.page)
        finally:
            # That a deck is on is saved with the settings, for the next notebook as well.
            self.page.evaluate("() => window.jupyterapp.commands.execute('deck:stop')")
            self.page.set_viewport_size(before or {"width": SCREEN[0], "height": SCREEN[1]})

    def screenshot(self, path: Path) -> None:
        """Save a picture of the whole screen."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=path)

    def close(self) -> None:
        """Close the notebook and, unless it stays, the tab; shut down the kernel."""
        self.page.remove_listener("console", self._hear)
        self.page.remove_listener("pageerror", self._hear_of)
        if self.stays:
            # Something that stands before the page would stand before the next notebook, too.
            if self.page.locator(DIALOG).count() or not self.page.evaluate(_CLOSE_ALL):
                self.page.goto("about:blank")
        else:
            self.page.close()
        self.server.stop_kernels()


class ExplorerOnScreen:
    """One explorer in a `Lab`; `root` is the element around it all."""

    def __init__(self, lab: Lab, root: Locator) -> None:
        self.lab = lab
        self.root = root
        self.picture = root.locator("img.convlab-picture").first

    @property
    def place(self) -> int:
        """The place of its cell in the notebook."""
        index: int = self.root.evaluate(
            "el => [...document.querySelectorAll('.jp-Notebook .jp-Cell')]"
            ".indexOf(el.closest('.jp-Cell'))"
        )
        return index

    @property
    def name(self) -> str:
        """The class of the explorer, read off the last call in its cell."""
        calls = re.findall(r"\b([A-Z]\w+)\(", self.lab.sources[self.place])
        return calls[-1] if calls else "explorer"

    @property
    def status(self) -> str:
        """What the explorer says about a failure; empty when all is well."""
        return " ".join(self.root.locator(".convlab-status").all_inner_texts()).strip()

    @property
    def caption(self) -> str:
        """What the explorer says about its picture."""
        return " ".join(self.root.locator(".convlab-caption").all_inner_texts()).strip()

    @property
    def top_of_picture(self) -> float:
        """How many pixels below the explorer's top its picture begins."""
        top: float = self.picture.evaluate(
            "(el, root) => el.getBoundingClientRect().top - root.getBoundingClientRect().top",
            self.root.element_handle(),
        )
        return top

    @property
    def lines_of_question(self) -> int:
        """How many lines its choices, or its field, take."""
        height: int = self.root.locator(".convlab-entry").evaluate("el => el.offsetHeight")
        return round(height / 32)

    @property
    def controls(self) -> list[str]:
        """Names of the controls that are on the screen, from top to bottom."""
        classes = " ".join(self.root.evaluate(_CLASSES_OF_CONTROLS)).split()
        prefix = "convlab-control-"
        return [name.removeprefix(prefix) for name in classes if name.startswith(prefix)]

    def control(self, name: str) -> Locator:
        """Return the element of a control; underscores in its name are dashes here."""
        return self.root.locator(f".convlab-control-{name.replace('_', '-')}")

    @property
    def is_asking(self) -> bool:
        """Whether it hides the answer to a question."""
        return "convlab-asking" in (self.root.get_attribute("class") or "")

    def reveal(self) -> None:
        """Press *show me*, if there is a question, and wait for the answer."""
        if self.is_asking:
            before = self.digest()
            self.root.locator(".convlab-question button", has_text=SHOW_ME).click()
            self.lab.page.wait_for_function(
                "el => !el.classList.contains('convlab-asking')", arg=self.root.element_handle()
            )
            self.changes_from(before)

    def show_all(self) -> None:
        """Press *more*, where there are more controls than the explorer opened with."""
        more = self.root.locator(".convlab-more")
        if more.is_visible() and "mod-active" not in (more.get_attribute("class") or ""):
            more.click()

    def sliders(self) -> list[str]:
        """Names of the visible sliders that can be moved; `step` first, where there is one.

        Of an explorer that has no slider at all, the lists that can be moved.
        """
        controls = self.controls
        for part in (".noUi-target:not([disabled]) .noUi-handle", "select:not([disabled])"):
            names = [name for name in controls if self.control(name).locator(part).count()]
            if names or self.root.locator(".noUi-handle").count():
                break
        return sorted(names, key=lambda name: name != "step")

    def handle(self, name: str) -> Locator:
        """The handle of a slider, or a list."""
        return self.control(name).locator(".noUi-handle, select").first

    def digest(self) -> str:
        """Return a fingerprint of the picture's bytes."""
        while not (found := self.picture.evaluate(_DIGEST)):
            self.lab.page.wait_for_timeout(0.02 * SECOND)
        return str(found)

    def changes_from(self, before: str, *, timeout: float = 10 * SECOND) -> bool:
        """Wait until the picture's bytes differ from a fingerprint; False if they never do."""
        deadline = time.monotonic() + timeout / SECOND
        while time.monotonic() < deadline:
            if self.digest() != before:
                return True
            self.lab.page.wait_for_timeout(0.05 * SECOND)
        return False

    def move(self, name: str, *, timeout: float = 10 * SECOND) -> bool:
        """Move a slider one step by the keyboard, up if it can; False if the picture stays.

        In a list, go to the next choice.
        """
        before, handle = self.digest(), self.handle(name)
        if handle.evaluate("el => el.tagName") == "SELECT":
            for key in ("Space", "ArrowDown", "Enter"):  # closed, the notebook takes the arrow
                handle.press(key)
                self.lab.page.wait_for_timeout(0.2 * SECOND)
            return self.changes_from(before, timeout=timeout)
        at_end = handle.get_attribute("aria-valuenow") == handle.get_attribute("aria-valuemax")
        handle.press("ArrowLeft" if at_end else "ArrowRight")
        return self.changes_from(before, timeout=timeout)

    def scroll_to_top(self) -> None:
        """Scroll the explorer's cell to the top of the notebook."""
        self.root.evaluate("el => el.closest('.jp-OutputArea').scrollIntoView({block: 'start'})")
        self.lab.page.wait_for_timeout(0.2 * SECOND)

    def hidden_height(self) -> int:
        """Return how many pixels of the explorer do not fit on the screen below its top."""
        return int(
            self.root.evaluate(
                "el => { const box = el.closest('.jp-WindowedPanel-outer').getBoundingClientRect();"
                " return Math.max(0, el.getBoundingClientRect().height - box.height); }"
            )
        )


# The bytes behind a picture of ipywidgets lie behind a blob: address, which is new each time and
# may be gone by the time it is read; an empty string says that it was.
_DIGEST = """async el => {
    try {
        const bytes = await (await fetch(el.src)).arrayBuffer();
        const hash = new Uint8Array(await crypto.subtle.digest('SHA-1', bytes));
        return [...hash].map(byte => byte.toString(16).padStart(2, '0')).join('');
    } catch { return ''; }
}"""

_CLASSES_OF_CONTROLS = """root => [...root.querySelectorAll("[class*='convlab-control-']")]
    .filter(el => el.checkVisibility({visibilityProperty: true})
        && el.offsetWidth > 0 && el.offsetHeight > 0)
    .map(el => el.getAttribute("class"))"""

_OPEN = """async path => {
    await window.jupyterapp.commands.execute('docmanager:open', {path, factory: 'Notebook'});
}"""

_CLOSE_ALL = """() => {
    const shell = window.jupyterapp?.shell;
    for (const widget of shell ? [...shell.widgets('main')] : []) widget.dispose();
    return shell !== undefined;
}"""

_START_DECK = """async () => {
    const lab = window.jupyterapp;
    lab.shell.currentWidget.content.activeCellIndex = 0;
    await lab.commands.execute('deck:start');
}"""

_EVERY_WIDGET_IS_DRAWN = """() => {
    const all = selector => [...document.querySelectorAll(selector)];
    return all('.jp-OutputArea-output[data-mime-type*="jupyter.widget-view"]')
            .every(view => view.querySelector('.jupyter-widgets'))
        && all('img.convlab-picture').every(img => img.complete && img.naturalWidth > 0);
}"""
