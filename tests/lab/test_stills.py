"""What Jupyter's server answers when a page asks for a notebook with explorers in it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest

from convlab.lab.stills import LIVE, STILL, without_live

Ask = Callable[..., Any]

EXPLORER = {LIVE: {"model_id": "1"}, STILL: "iVBORw0KGgo=", "text/plain": "Sweep: a step"}
SIZE = {STILL: {"width": 660, "height": 430}}


def output(data: dict[str, Any], metadata: dict[str, Any]) -> Any:
    return nbformat.v4.new_output("display_data", data, metadata=metadata)


def notebook(*outputs: Any) -> Any:
    cells = [
        nbformat.v4.new_markdown_cell("prose"),
        nbformat.v4.new_code_cell("Sweep()", outputs=list(outputs)),
    ]
    return nbformat.v4.new_notebook(cells=cells)


def kinds(notebook: Any) -> list[set[str]]:
    """Return what each output of the second cell is saved as."""
    return [set(output.get("data", {})) for output in notebook["cells"][1]["outputs"]]


@pytest.mark.parametrize(
    ("data", "metadata"),
    [
        ({LIVE: {"model_id": "1"}, "text/plain": "IntSlider"}, {}),
        ({LIVE: {"model_id": "1"}, STILL: "iVBORw0KGgo=", "text/html": "ipympl"}, {}),
        ({STILL: "iVBORw0KGgo=", "text/plain": "a picture"}, SIZE),
    ],
)
def test_what_is_no_explorer_stays(data: dict[str, Any], metadata: dict[str, Any]) -> None:
    """Other packages' widgets, and pictures without a widget."""
    saved = notebook(output(data, metadata), nbformat.v4.new_output("stream", text="text"))
    assert without_live(saved) == saved


def test_an_explorer_becomes_a_still_picture() -> None:
    """Nothing else changes, and the notebook that was given stays as it was."""
    saved = notebook(output(EXPLORER, SIZE))
    expected = notebook(output({kind: EXPLORER[kind] for kind in (STILL, "text/plain")}, SIZE))
    for cell, other in zip(expected.cells, saved.cells, strict=True):
        cell.id = other.id
    assert without_live(saved) == expected
    assert kinds(saved) == [set(EXPLORER)]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("server")


@pytest.fixture(scope="module")
def ask(home: Path) -> Iterator[Ask]:
    """Ask a running server's REST interface; returns what its JSON says."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    own = {"HOME": home, "JUPYTER_CONFIG_DIR": home / "config", "JUPYTER_DATA_DIR": home / "data"}
    own |= {"JUPYTER_RUNTIME_DIR": home / "runtime", "JUPYTER_TOKEN": "a token of the test"}
    command = [sys.executable, "-m", "jupyter", "server", "--no-browser", "--allow-root"]
    command += [f"--ServerApp.root_dir={home}", f"--ServerApp.port={port}"]
    command += ["--ServerApp.base_url=/somewhere/", "--ServerApp.port_retries=0"]
    command += ["--ServerApp.jpserver_extensions={'convlab.lab': True}"]
    with (home / "log").open("w") as log:
        process = subprocess.Popen(
            command,
            env={**os.environ, **{name: str(value) for name, value in own.items()}},
            stdout=log,
            stderr=subprocess.STDOUT,
        )

    def ask(path: str, method: str = "GET", body: Any = None) -> Any:
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/somewhere/api/{path}",
            method=method,
            headers={"Authorization": "token a token of the test"},
            data=None if body is None else json.dumps(body).encode(),
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                ask("status")
                break
            except (urllib.error.URLError, ConnectionError):
                assert process.poll() is None and time.monotonic() < deadline, home / "log"
                time.sleep(0.1)
        yield ask
    finally:
        process.terminate()
        process.wait(timeout=30)


def test_live_only_while_a_kernel_runs_that_was_there_when_it_was_saved(
    ask: Ask, home: Path
) -> None:
    """Saved yesterday; run and saved today; the kernel restarted; the kernel gone."""
    file = home / "folder" / "a lesson.ipynb"
    file.parent.mkdir()
    path = "contents/folder/a%20lesson.ipynb"
    nbformat.write(notebook(output(EXPLORER, SIZE)), file)
    before = file.read_bytes()
    yesterday = time.time() - 86400
    os.utime(file, (yesterday, yesterday))
    assert kinds(ask(path)["content"]) == [{STILL, "text/plain"}]
    session = {"path": "folder/a lesson.ipynb", "name": "", "type": "notebook"}
    kernel = ask("sessions", "POST", {**session, "kernel": {"name": "python3"}})["kernel"]["id"]
    assert kinds(ask(path)["content"]) == [{STILL, "text/plain"}]
    assert file.read_bytes() == before
    file.touch()
    assert kinds(ask(path)["content"]) == [set(EXPLORER)]
    ask(f"kernels/{kernel}/restart", "POST", {})
    assert kinds(ask(path)["content"]) == [{STILL, "text/plain"}]
    # Not `touch`: a kernel that is stopped while it starts may be started once more.
    tomorrow = time.time() + 86400
    os.utime(file, (tomorrow, tomorrow))
    assert kinds(ask(path)["content"]) == [set(EXPLORER)]
    ask(f"kernels/{kernel}", "DELETE")
    assert kinds(ask(path)["content"]) == [{STILL, "text/plain"}]
    assert file.read_bytes() == before


def test_everything_else_is_answered_as_ever(ask: Ask, home: Path) -> None:
    """Folders, names without content, saving, checkpoints, other files."""
    saved = notebook(output(EXPLORER, SIZE))
    ask("contents/saved.ipynb", "PUT", {"type": "notebook", "content": saved})
    assert kinds(nbformat.read(home / "saved.ipynb", 4)) == [set(EXPLORER)]
    assert ask("contents/saved.ipynb?content=0")["content"] is None
    assert ask("contents/saved.ipynb?type=file")["content"] == (home / "saved.ipynb").read_text()
    assert "saved.ipynb" in [entry["name"] for entry in ask("contents/")["content"]]
    checkpoint = ask("contents/saved.ipynb/checkpoints", "POST")
    assert ask("contents/saved.ipynb/checkpoints") == [checkpoint]
    with pytest.raises(urllib.error.HTTPError, match="404"):
        ask("contents/missing.ipynb")
