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
from types import SimpleNamespace
from typing import Any

import nbformat
import pytest
from jupyter_client.blocking import BlockingKernelClient

from convlab.lab.stills import LIVE, PROCESS, STILL, is_of, without_dead

Ask = Callable[..., Any]
Execute = Callable[[str, str], dict[str, Any]]

MADE_BY = {"connection": "kernel-7.json", "processes": [12, 3]}
EXPLORER = {
    LIVE: {"model_id": "1", PROCESS: MADE_BY},
    STILL: "iVBORw0KGgo=",
    "text/plain": "Sweep: a step",
}


def output(data: dict[str, Any]) -> Any:
    return nbformat.v4.new_output("display_data", data)


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
    "data",
    [
        {LIVE: {"model_id": "1"}, "text/plain": "IntSlider"},
        {LIVE: {"model_id": "1"}, STILL: "iVBORw0KGgo=", "text/html": "ipympl"},
        {LIVE: {"model_id": "1", PROCESS: MADE_BY}, "text/plain": "nothing to see instead"},
        {LIVE: {"model_id": "1", PROCESS: "damaged"}, STILL: "iVBORw0KGgo="},
        {LIVE: "damaged", STILL: "iVBORw0KGgo="},
        {STILL: "iVBORw0KGgo=", "text/plain": "a picture"},
    ],
)
def test_what_is_no_explorer_stays(data: dict[str, Any]) -> None:
    """Other packages' widgets, and pictures without a widget."""
    saved = notebook(output(data), nbformat.v4.new_output("stream", text="text"))
    assert without_dead(saved, lambda _: False) == saved


def test_an_explorer_becomes_a_still_picture_once_its_kernel_is_gone() -> None:
    """Nothing else changes, and the notebook that was given stays as it was."""
    asked = []
    saved = notebook(output(EXPLORER))
    expected = notebook(output({kind: EXPLORER[kind] for kind in (STILL, "text/plain")}))
    for cell, other in zip(expected.cells, saved.cells, strict=True):
        cell.id = other.id
    assert without_dead(saved, lambda process: bool(asked.append(process))) == expected
    assert asked == [MADE_BY]
    assert kinds(saved) == [set(EXPLORER)]
    assert without_dead(saved, lambda _: True) == saved


@pytest.mark.parametrize(
    ("file", "number", "expected"),
    [
        ("/run/kernel-7.json", 12, True),
        ("/elsewhere/kernel-7.json", 3, True),  # a launcher between the server and the kernel
        ("/run/kernel-7.json", 13, False),  # restarted: the same file, another process
        ("/run/kernel-8.json", 12, False),  # a later kernel whose process has the number again
        ("/run/kernel-7.json", None, True),  # on another machine
        ("/run/kernel-8.json", None, False),
        ("", None, True),
    ],
)
def test_which_kernel_made_an_explorer(file: str, number: int | None, expected: bool) -> None:
    kernel = SimpleNamespace(connection_file=file, provisioner=SimpleNamespace(pid=number))
    assert is_of(kernel, MADE_BY) is expected
    if number is None:
        assert is_of(SimpleNamespace(connection_file=file, provisioner=None), MADE_BY) is expected


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


@pytest.fixture(scope="module")
def execute(home: Path) -> Execute:
    """Return a function that runs code in a kernel of the server, and returns what it shows."""

    def execute(kernel: str, code: str) -> dict[str, Any]:
        client = BlockingKernelClient()
        client.load_connection_file(str(home / "runtime" / f"kernel-{kernel}.json"))
        client.start_channels()
        heard: list[Any] = []
        try:
            client.wait_for_ready(timeout=60)
            client.execute_interactive(code, timeout=60, output_hook=heard.append)
        finally:
            client.stop_channels()
        [result] = [one["content"] for one in heard if one["msg_type"] == "execute_result"]
        return dict(result["data"])

    return execute


def test_live_only_while_the_process_runs_that_made_it(
    ask: Ask, execute: Execute, home: Path
) -> None:
    """Made, and saved; the kernel restarted, and saved again; the kernel gone."""
    file = home / "folder" / "a lesson.ipynb"
    file.parent.mkdir()
    path = "contents/folder/a%20lesson.ipynb"
    session = {"path": "folder/a lesson.ipynb", "name": "", "type": "notebook"}
    kernel = ask("sessions", "POST", {**session, "kernel": {"name": "python3"}})["kernel"]["id"]
    show = "from convlab.explore import Flatten\nFlatten()"
    nbformat.write(notebook(output(execute(kernel, show))), file)
    saved = file.read_bytes()
    everything = kinds(nbformat.read(file, 4))
    assert everything[0] >= {LIVE, STILL}
    assert kinds(ask(path)["content"]) == everything
    ask(f"kernels/{kernel}/restart", "POST", {})
    execute(kernel, "1")
    file.touch()
    assert kinds(ask(path)["content"]) == [everything[0] - {LIVE}]
    nbformat.write(notebook(output(execute(kernel, show))), file)
    assert kinds(ask(path)["content"]) == everything
    ask(f"kernels/{kernel}", "DELETE")
    assert kinds(ask(path)["content"]) == [everything[0] - {LIVE}]
    file.write_bytes(saved)
    assert kinds(ask(path)["content"]) == [everything[0] - {LIVE}]
    assert file.read_bytes() == saved


def test_everything_else_is_answered_as_ever(ask: Ask, home: Path) -> None:
    """Folders, names without content, saving, checkpoints, other files."""
    saved = notebook(output(EXPLORER))
    ask("contents/saved.ipynb", "PUT", {"type": "notebook", "content": saved})
    assert kinds(nbformat.read(home / "saved.ipynb", 4)) == [set(EXPLORER)]
    assert ask("contents/saved.ipynb?content=0")["content"] is None
    assert ask("contents/saved.ipynb?type=file")["content"] == (home / "saved.ipynb").read_text()
    assert "saved.ipynb" in [entry["name"] for entry in ask("contents/")["content"]]
    checkpoint = ask("contents/saved.ipynb/checkpoints", "POST")
    assert ask("contents/saved.ipynb/checkpoints") == [checkpoint]
    with pytest.raises(urllib.error.HTTPError, match="404"):
        ask("contents/missing.ipynb")
