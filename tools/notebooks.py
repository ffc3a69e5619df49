"""Execute the notebooks afresh: ``python -m tools.notebooks [NAME ...]``, or ``make notebooks``.

What is written depends only on the cells and the code they run: whatever changes from run to run
(times, the Python version, the ids and the state of widgets) is left out. A notebook that would
come out as it was is not written at all.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import nbformat
import nbformat.reader
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode

FOLDER = Path(__file__).resolve().parent.parent / "notebooks"
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
LANGUAGE = {
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "pygments_lexer": "ipython3",
}
KEPT_METADATA = ("tags", "slideshow", "jupyter", "editable", "deletable", "translated_from")
SECONDS_PER_CELL = 120


def find(names: Sequence[str] = ()) -> list[Path]:
    """Return the notebooks whose file names begin with one of the given words; all, if none is.

    ``"01"`` means the English lesson, ``"zh/01"`` the one in the folder ``zh``, and ``"zh/"`` all
    lessons there.

    Raises
    ------
    ValueError
        If a name fits no notebook.
    """
    every = {
        path.relative_to(FOLDER).as_posix(): path
        for path in (*sorted(FOLDER.glob("*.ipynb")), *sorted(FOLDER.glob("??/*.ipynb")))
    }
    wanted = [Path(name).as_posix().removeprefix("notebooks/") for name in names]
    wanted = [f"{name}/" if (FOLDER / name).is_dir() else name for name in wanted]
    for name in wanted:
        if not any(known.startswith(name) for known in every):
            known = ", ".join(name.removesuffix(".ipynb") for name in every)
            raise ValueError(f"no notebook begins with {name!r}; there are {known}")
    return [path for name, path in every.items() if not names or name.startswith(tuple(wanted))]


def edition(lesson: Path) -> str:
    """Return the language of a lesson, which its folder is named after."""
    return "en" if lesson.parent == FOLDER else lesson.parent.name


def execute(notebook: NotebookNode, folder: Path) -> NotebookNode:
    """Run all cells in a new kernel that works in `folder`; returns the notebook, cleaned.

    Raises
    ------
    CellExecutionError
        If a cell fails.
    """
    NotebookClient(
        notebook,
        timeout=SECONDS_PER_CELL,
        kernel_name=KERNEL["name"],
        resources={"metadata": {"path": str(folder)}},
        store_widget_state=False,
        coalesce_streams=True,
        # Otherwise ipykernel warns about the unencrypted port on this very machine.
        extra_arguments=["--IPKernelApp.log_level=ERROR"],
    ).execute()
    return clean(notebook)


def clean(notebook: NotebookNode) -> NotebookNode:
    """Take out of a notebook, in place, what changes from run to run."""
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    notebook.metadata = NotebookNode(kernelspec=KERNEL, language_info=LANGUAGE)
    _give_every_cell_an_id(notebook.cells)
    for cell in notebook.cells:
        kept = {name: cell.metadata[name] for name in KEPT_METADATA if name in cell.metadata}
        cell.metadata = NotebookNode(kept)
        for output in cell.get("outputs", []):
            output.get("metadata", {}).pop(WIDGET_VIEW, None)
            output.get("data", {}).pop(WIDGET_VIEW, None)
    return notebook


def _give_every_cell_an_id(cells: list[NotebookNode]) -> None:
    taken: set[str] = set()
    free = (name for number in range(len(cells) * 2 + 1) if (name := f"cell-{number}"))
    given = {cell.get("id") for cell in cells}
    for cell in cells:
        if not cell.get("id") or cell.id in taken:
            cell.id = next(name for name in free if name not in given)
        taken.add(cell.id)


def text_of(notebook: NotebookNode) -> str:
    """Return the text of the notebook's file."""
    return str(nbformat.writes(notebook)) + "\n"


def refresh(path: Path) -> bool:
    """Execute one notebook in place; tells whether its file has changed."""
    before = path.read_text("utf-8")
    # `nbformat.reads` would mend missing ids at random; `clean` does it the same way each time.
    notebook = clean(nbformat.reader.reads(before))
    after = text_of(execute(notebook, path.parent))
    if after == before:
        return False
    path.write_text(after, "utf-8", newline="\n")
    return True


def main(arguments: Sequence[str] | None = None) -> int:
    """Execute the notebooks that are named, or all; returns how many failed."""
    parser = argparse.ArgumentParser(prog="tools.notebooks", description="Execute the notebooks.")
    parser.add_argument("names", nargs="*", help="how their file names begin; default: all")
    try:
        paths = find(parser.parse_args(arguments).names)
    except ValueError as error:
        parser.error(str(error))
    failed = 0
    for path in paths:
        print(f"{path.relative_to(FOLDER).as_posix()} ... ", end="", flush=True)
        try:
            print("changed" if refresh(path) else "as it was")
        except CellExecutionError as error:
            failed += 1
            print(f"failed; the file stays as it was\n{error}")
    return failed


if __name__ == "__main__":
    sys.exit(main())
