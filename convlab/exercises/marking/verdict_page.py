"""A verdict as a small page: its words, and the case that fails as coloured tables.

Whatever a reader's answer has put into it is text, never HTML.
"""

from __future__ import annotations

import html
from pathlib import Path

from convlab.exercises.marking.cases import Case, Cell, Table
from convlab.exercises.marking.verdicts import Verdict
from convlab.formatting import as_html, in_a_row, say
from convlab.widgets.html import properties

_SHEET = Path(__file__).with_name("verdict.css").read_text("utf-8")
STYLE = f"<style>.convlab-verdict {{ {properties()}}}\n{_SHEET}</style>"
"""What every verdict carries: it may stand on a page without an explorer."""


def page(verdict: Verdict) -> str:
    """Return a verdict as HTML.

    Parameters
    ----------
    verdict : Verdict

    Returns
    -------
    str
        One element, with a style of its own.
    """
    lines = [as_html(line) for line in verdict.lines()]
    lines[0] = in_a_row(f"<b>{html.escape(verdict.opening())}</b>", lines[0])
    kind = "right" if verdict.right else "wrong"
    body = "".join(f"<div>{line}</div>" for line in lines)
    case = _case(verdict.case) if verdict.case else ""
    return f'{STYLE}<div class="convlab-verdict convlab-verdict-{kind}">{body}{case}</div>'


def _case(case: Case) -> str:
    settings = case.settings()
    head = html.escape(case.heading)
    code = f"<code>{html.escape(settings)}</code>" if settings else ""
    parts = f"<div>{' '.join(part for part in (head, code) if part)}</div>"
    groups = [tables for tables in (case.given(), case.results()) if tables]
    shown = [f'<div class="convlab-case">{"".join(map(_table, group))}</div>' for group in groups]
    return f'{parts}<div class="convlab-cases">{"".join(shown)}</div>'


def _table(table: Table) -> str:
    rows = "".join(
        f"<tr>{''.join(_cell(cell, table.sign) for cell in row)}</tr>" for row in table.rows
    )
    caption = f"<caption>{html.escape(table.title)}</caption>"
    return f'<table class="convlab-verdict-{table.role}">{caption}<tbody>{rows}</tbody></table>'


def _cell(cell: Cell, sign: str) -> str:
    text = html.escape(cell.text)
    if not cell.differs:
        return f"<td>{text}</td>"
    kind = "came" if sign == "✗" else "wanted"
    title = say("not right") if kind == "came" else say("what is right here")
    return f'<td class="convlab-verdict-{kind}" title="{title}"><span>{sign}</span>{text}</td>'
