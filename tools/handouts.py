"""Each lesson as one HTML file that needs neither kernel nor network, and an index of them.

``python -m tools.handouts [--to FOLDER] [NAME ...]``, or ``make handouts``. Formulas are MathML,
pictures and players lie in the file, and no page asks for anything from outside. The folder is a
site as it is: any host of static files can serve it.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import html
import io
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
import nbformat
from nbconvert import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_notebook, new_output
from pygments.formatters import HtmlFormatter

from convlab.formatting import in_a_row, say
from convlab.language import ENGLISH, language, use_language
from convlab.widgets import export
from convlab.widgets.asking import Asking
from convlab.widgets.explorer import Explorer
from convlab.widgets.html import STYLE
from convlab.widgets.mathml import mathml, typeset
from convlab.widgets.player import SCRIPT, Frame, address_of, player
from tools.notebooks import FOLDER, WIDGET_VIEW, edition, find

HERE = Path(__file__).parent / "handout"
LARGEST_EXPLORER, LARGEST_LESSON = 3_000_000, 7_500_000
"""Bytes that the players of one explorer and of one lesson may take."""
READABLE = "xcode"
"""Of pygments' styles the one whose colours all reach 4.5 to 1 on the grey behind code."""
REACH = f"<script>\n{HERE.joinpath('reach.js').read_text('utf-8')}</script>"
DOCS = FOLDER.parent / "docs"


class Renderer(IPythonRenderer):
    """Markdown as nbconvert renders it, with typeset formulas."""

    def block_math(self, body: str) -> str:
        """Return a formula in a line of its own."""
        return mathml(body, "block")

    def inline_math(self, body: str) -> str:
        """Return a formula within a line."""
        return mathml(body, "inline")

    def latex_environment(self, name: str, body: str) -> str:
        """Return an environment, such as aligned lines."""
        return mathml(rf"\begin{{{name}}}{body}\end{{{name}}}", "block")

    def text(self, text: str) -> str:
        """Return words, with each percentage in one piece."""
        return str(super().text(re.sub(r"(?<=\d) %", "\N{NO-BREAK SPACE}%", text)))


class Handout(HTMLExporter):
    """A notebook as one page."""

    def __init__(self, template: str = "template", **options: Any) -> None:
        super().__init__(template_name=template, extra_template_basedirs=[str(HERE)], **options)
        self.register_preprocessor(Players(), enabled=True)

    def default_filters(self) -> Any:
        """Render Markdown with typeset formulas; everything else as nbconvert does."""
        yield from super().default_filters()
        yield "markdown2html", _rendered


def _rendered(source: str) -> str:
    # Anchors of headings come with a cleaning that takes the formulas out of them.
    rendered: str = MarkdownWithMath(
        renderer=Renderer(escape=False, exclude_anchor_links=True)
    ).render(source)
    return rendered


class Players(Preprocessor):
    """Run a lesson's cells, and put a player where an explorer has left a still picture."""

    def preprocess(self, notebook: NotebookNode, resources: dict[str, Any]) -> Any:
        """Change a copy of a notebook, and lay the page's style and script beside it."""
        explorers = _explorers(notebook)
        room = min(LARGEST_EXPLORER, LARGEST_LESSON // max(1, len(explorers)))
        for index, cell in enumerate(notebook.cells):
            if cell.cell_type == "markdown":
                cell.source = _links(cell.source)
                continue
            for output in cell.outputs:
                output.get("data", {}).pop(WIDGET_VIEW, None)
                _name_picture(output)
            if index in explorers:
                piece = _piece(explorers.pop(index), room)
                cell.outputs = [new_output("display_data", {"text/html": piece})]
        resources["title"] = _title(notebook)
        resources["language"] = language()
        resources["all"], resources["code"] = say("All lessons"), say("code")
        sheets = HERE.joinpath("style.css").read_text("utf-8")
        code = HtmlFormatter(style=READABLE).get_style_defs(".highlight")
        resources["style"] = f"{STYLE}\n<style>\n{code}\n{sheets}</style>"
        resources["script"] = SCRIPT + REACH
        return notebook, resources


def _name_picture(output: NotebookNode) -> None:
    """Let the words of a picture stand for it where it cannot be seen."""
    data = output.get("data", {})
    if "image/png" in data:
        output.metadata.setdefault("image/png", NotebookNode())["alt"] = data["text/plain"]


def _explorers(notebook: NotebookNode) -> dict[int, Explorer[Any, Any]]:
    """Run all cells in this process, and return the explorers by the index of their cell."""
    mpl.use("Agg")
    names: dict[str, Any] = {"__name__": "__main__"}
    found = {}
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type == "code":
            with contextlib.redirect_stdout(io.StringIO()):
                value = _run(cell.source, names)
            if isinstance(value, Explorer):
                found[index] = value
    return found


def _run(source: str, names: dict[str, Any]) -> Any:
    """Run a cell and return the value of its last line, if it is an expression."""
    body = ast.parse(source).body
    last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
    exec(compile(ast.Module(body, []), "cell", "exec"), names)
    if last is None:
        return None
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names)


def _piece(explorer: Explorer[Any, Any], room: int) -> str:
    """Return an explorer as a piece of HTML; what it asks first, it asks here, too."""
    question, asking = "", explorer.asking
    if asking is not None:
        source, width = address_of(explorer.scene.still()), explorer.scene.width
        question = f'<img src="{source}" alt="The answer is covered." width="{width}">'
        asking.show()
    name = export.played(explorer)
    label = getattr(explorer.controls[name], "description", "") or name
    start, shown = _thinned(explorer, room)
    body = player(shown, label, width=explorer.scene.width, interval=900, start=start)
    explorer.close()
    if asking is None:
        return f'<div class="convlab-explorer">{body}</div>'
    return f'<div class="convlab-explorer">{question}{_riddle(asking, body)}</div>'


def _riddle(asking: Asking, body: str) -> str:
    question = asking.question
    prompt = say(question.prompt)
    if question.choices:
        choices = " / ".join(map(say, question.choices))
        prompt = say("{prompt} ({choices})", prompt=prompt, choices=choices)
    answer = say("It is {answer}.", answer=f"<b>{html.escape(say(question.answer))}</b>")
    return (
        f'<details class="riddle"><summary><b>{say("Predict.")}</b> {html.escape(prompt)} '
        f"<u>{say('Show me.')}</u></summary><p>{answer}</p>{body}</details>"
    )


def _thinned(explorer: Explorer[Any, Any], room: int) -> tuple[int, list[Frame]]:
    """Return as many frames as there is room for, and the one that the lesson begins with."""
    here = typeset(explorer.describe(explorer.state))
    frames = [
        Frame(f.picture, f.label, typeset(f.caption), typeset(f.details), f.kind)
        for f in export.frames(explorer, explorer.explain)
    ]
    start = next((n for n, frame in enumerate(frames) if frame.caption == here), 0)
    while len(frames) > 3 and sum(len(one.source) + len(one.details) for one in frames) > room:
        start, frames = start // 2, frames[start % 2 :: 2]
    return start, frames


def _links(source: str) -> str:
    """Let links to lessons and to the page for lecturers lead to their pages."""
    lesson = r"\]\((?:\.\./notebooks/(?:\w\w/)?)?((?:\.\./)?\w+)\.ipynb\)"
    lecturers = r"\]\((?:\.\./)+docs/for_lecturers(?:\.\w\w)?\.md\)"
    return re.sub(lecturers, "](for_lecturers.html)", re.sub(lesson, r"](\1.html)", source))


def _title(notebook: NotebookNode) -> str:
    return str(notebook.cells[0].source).splitlines()[0].lstrip("# ")


def _of_text(source: str) -> NotebookNode:
    return new_notebook(cells=[new_markdown_cell(source)])


def _index(lessons: Sequence[Path]) -> NotebookNode:
    titles = [(path.stem, _title(nbformat.read(path, as_version=4))) for path in lessons]
    rows = "\n".join(f"- [{title}]({stem}.html)" for stem, title in titles)
    title = say("convlab: see convolution work")
    words = in_a_row(
        say("These pages need nothing but a browser."),
        say(
            "Each explorer is a player here: its buttons, its slider and the arrow keys move it. "
            "Open a lesson in JupyterLab to change everything else."
        ),
    )
    lecturers = f"[{say('For lecturers')}](for_lecturers.html)"
    return _of_text(f"# {title}\n\n{words}\n\n{rows}\n\n{lecturers}")


@contextlib.contextmanager
def speaking(chosen: str) -> Iterator[None]:
    """Let the package speak a language for a while."""
    before = language()
    use_language(chosen)
    try:
        yield
    finally:
        use_language(before)


def write(lessons: Sequence[Path], folder: Path) -> list[Path]:
    """Write the pages into a folder, which is made if need be, and return their paths.

    Those of a translated edition come into a folder within it, with an index of their own.
    """
    written = []
    for name in sorted({*map(edition, lessons)}):
        own = [path for path in lessons if edition(path) == name]
        pages = {path.stem: nbformat.read(path, as_version=4) for path in own}
        page = "for_lecturers.md" if name == ENGLISH else f"for_lecturers.{name}.md"
        pages["for_lecturers"] = _of_text(DOCS.joinpath(page).read_text("utf-8"))
        with speaking(name):
            pages["index"] = _index([path for path in find() if edition(path) == name])
            written += _write_edition(pages, folder if name == ENGLISH else folder / name)
    return written


def _write_edition(pages: dict[str, NotebookNode], folder: Path) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, notebook in pages.items():
        body, _ = Handout().from_notebook_node(notebook)
        written.append(folder / f"{name}.html")
        written[-1].write_text(body, encoding="utf-8")
        print(f"{written[-1].name}: {len(body) / 1e6:.1f} MB", flush=True)
    return written


def read_options(
    program: str, description: str | None, folder: str, arguments: Sequence[str] | None
) -> argparse.Namespace:
    """Return the `names` of the lessons whose pages are asked for, and the folder they go `to`."""
    parser = argparse.ArgumentParser(prog=f"python -m {program}", description=description)
    parser.add_argument("names", nargs="*", help="beginnings of notebook names, such as 01")
    parser.add_argument("--to", type=Path, default=Path(folder), help=f"folder, default {folder}")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the handouts that are asked for; all by default."""
    options = read_options("tools.handouts", __doc__, "handouts", arguments)
    write(find(options.names), options.to)
    return 0


if __name__ == "__main__":
    sys.exit(main())
