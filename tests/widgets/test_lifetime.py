"""Running a cell again gives back the memory of the explorer that it showed before."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import ipywidgets as widgets
import pytest
from jupyter_client.manager import start_new_kernel

from convlab.widgets import lifetime
from convlab.widgets.lifetime import every_widget

NAMES = ["Sweep", "Pooling", "KernelBank"]
RUNS = 20
MOST = 0.5
"""MiB that a run may leave behind."""

Run = Callable[..., str]

# A widget that says when it is closed, shown like an explorer.
TRACED = """
import ipywidgets
from convlab.widgets import lifetime

class Traced(ipywidgets.HBox):
    closed = []

    def __init__(self, name):
        super().__init__()
        self.name = name

    def close(self):
        if self.comm is not None and hasattr(self, "name"):
            self.closed.append(self.name)
        super().close()

    def _repr_mimebundle_(self, **options):
        lifetime.shown(self)
        return super()._repr_mimebundle_(**options)
"""


@pytest.fixture(scope="module")
def kernel() -> Iterator[Any]:
    """A kernel, and a client of it."""
    manager, client = start_new_kernel(
        kernel_name="python3", env={**os.environ, "OMP_NUM_THREADS": "1"}
    )
    try:
        yield client
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


@pytest.fixture
def run(kernel: Any) -> Run:
    """Return a function that runs code as a front end does, and returns what it printed."""

    def run(code: str, cell: str | None = None) -> str:
        content = {"code": code, "silent": False, "store_history": True, "user_expressions": {}}
        content |= {"allow_stdin": False, "stop_on_error": True}
        metadata = {} if cell is None else {"cellId": cell}
        message = kernel.session.msg("execute_request", content, metadata=metadata)
        kernel.shell_channel.send(message)
        printed = ""
        while True:
            answer = kernel.get_iopub_msg(timeout=60)
            if answer["parent_header"].get("msg_id") != message["header"]["msg_id"]:
                continue
            if answer["msg_type"] == "error":
                raise RuntimeError("\n".join(answer["content"]["traceback"]))
            if answer["msg_type"] == "stream":
                printed += answer["content"]["text"]
            if answer["content"].get("execution_state") == "idle":
                break
        while (
            kernel.get_shell_msg(timeout=60)["parent_header"]["msg_id"]
            != (message["header"]["msg_id"])
        ):
            pass
        return printed

    return run


@pytest.fixture
def traced(run: Run) -> Run:
    """Like `run`, with the class `Traced`; returns the names of what was closed so far."""
    run("%reset -f")
    for cell in "123":
        run("pass", cell)
    run(TRACED)

    def traced(code: str, cell: str | None = None) -> str:
        run(code, cell)
        return run("print(*Traced.closed)").strip()

    return traced


def test_a_cell_that_runs_again_closes_what_it_showed(traced: Run) -> None:
    """That, and nothing else; also where the cell shows nothing now, or fails."""
    assert traced("Traced('a')", "1") == ""
    assert traced("Traced('b')", "2") == ""
    assert traced("Traced('c')", "1") == "a"
    assert traced("display(Traced('d'), Traced('e'))", "1") == "a c"
    assert traced("pass", "1").split() in (["a", "c", "d", "e"], ["a", "c", "e", "d"])
    assert traced("pass", "3").count("b") == 0
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        traced("1 / 0", "2")
    assert traced("pass", "3").endswith("b")


def test_what_another_cell_shows_stays(traced: Run) -> None:
    """It is closed when the last cell that shows it is run again."""
    traced("display(a := Traced('a'))", "1")
    traced("a", "2")
    assert traced("display(a := Traced('b'))", "1") == ""
    assert traced("a", "2") == "a"
    assert traced("a", "1") == "a"


def test_what_has_a_name_stays(traced: Run) -> None:
    """It may be shown again; it is closed once the name means something else."""
    traced("mine = Traced('a')\nmine", "1")
    assert traced("pass", "1") == ""
    assert traced("mine", "2") == ""
    assert traced("pass", "2") == ""
    assert traced("mine = None", "3") == "a"


def test_what_stands_in_a_box_stays(traced: Run) -> None:
    """The page shows a box without asking for what is in it."""
    traced("mine = Traced('a')\nmine", "1")
    traced("box = ipywidgets.VBox([mine])\nbox", "2")
    assert traced("mine = Traced('b')\nmine", "1") == ""
    assert traced("box.children = []", "3") == "a"


def test_without_cells_nothing_is_closed(traced: Run) -> None:
    """nbconvert and nbval send no identity of cells; the same code may stand in two of them."""
    traced("Traced('a')")
    assert traced("Traced('a')") == ""
    assert traced("pass", "1") == ""


@pytest.mark.parametrize("name", NAMES)
def test_twenty_runs_leave_little_behind(run: Run, name: str) -> None:
    """Less than 0.5 MiB for each, though IPython keeps every explorer in `Out`."""
    run(
        "import gc, psutil\n"
        "from convlab.explore import *\n"
        "def mebibytes():\n"
        "    gc.collect()\n"
        "    return psutil.Process().memory_info().rss / 2**20"
    )
    for _ in range(5):  # until caches are full
        run(f"{name}()", "1")
    before = float(run("print(mebibytes())"))
    for _ in range(RUNS):
        run(f"{name}()", "1")
    left = (float(run("print(mebibytes())")) - before) / RUNS
    assert left < MOST
    assert run(f"print({name}.__name__ in repr(Out), len(Out) > {RUNS})") == "True True\n"


def test_every_widget_of_a_tree_is_found_once() -> None:
    """Children, layouts and styles, and what only a link refers to."""
    shared = widgets.Layout()
    left, right = (widgets.IntSlider(layout=shared) for _ in range(2))
    box = widgets.HBox([left, widgets.VBox([right])])
    link = widgets.jslink((left, "value"), (elsewhere := widgets.IntText(), "value"))
    found = list(every_widget(box, link))
    assert len(found) == len(set(found))
    inner = box.children[1]
    expected = {box, box.layout, inner, inner.layout, left, right, shared, left.style, right.style}
    assert set(found) == expected | {link, elsewhere, elsewhere.layout, elsewhere.style}
    assert set(every_widget(box)) == expected


def test_outside_a_notebook_nothing_is_noted() -> None:
    """`shown` may be called anywhere."""
    lifetime.shown(widgets.HBox())
    assert lifetime._Page.current is None
