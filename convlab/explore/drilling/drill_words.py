"""What the drill says: the question, the verdict, the score, and the captions of its own."""

from __future__ import annotations

import html
from typing import Any

import numpy as np

from convlab.exercises.drill.drill import Drill
from convlab.exercises.drill.drill_questions import (
    TOPICS,
    FieldCase,
    Question,
    ShapeCase,
    ValueCase,
)
from convlab.exercises.marking.mistakes import MISTAKES
from convlab.exercises.marking.questions import Verdict
from convlab.explore.receptive_field.field_words import row
from convlab.formatting import as_html, say, say_number
from convlab.receptive_field import receptive_fields
from convlab.widgets.html import coloured, grid, line_of

ANSWER = "answer"
BUTTONS = {
    "check": "mark the answer; so does the Enter key",
    "show me": "show the answer and its picture; the question does not count as right",
    "next": "go on to the next question",
}
"""Labels of the buttons, and what they do."""


def head(drill: Drill) -> str:
    """Return the line above a question."""
    return say(
        "<b>Question {number}: {topic}</b>", number=drill.number, topic=say(drill.question.topic)
    )


def asked(question: Question) -> str:
    """Return the question, and what an answer looks like."""
    return say(
        "{words} <i>Type {form}.</i>",
        words=html.escape(question.words),
        form=html.escape(question.form),
    )


def numbers(case: Any) -> str:
    """Return the numbers that belong to a question: input and kernel, or the layers of a stack."""
    if isinstance(case, FieldCase):
        return layers(case)
    if not isinstance(case, ValueCase):
        return ""
    return line_of(
        grid(np.array(case.x), "input", say("input")),
        grid(np.array(case.weight), "kernel", say("kernel")),
    )


def layers(case: FieldCase, *, solved: bool = False) -> str:
    """Return the layers of a stack as a table; `solved` adds R and J after each."""
    heads = [say("layer"), say("kernel"), say("stride"), say("dilation"), say("padding")]
    lines = [row(heads + ["R", "J"] * solved, kind="th")]
    fields = receptive_fields(case.layers)
    for number, (layer, field) in enumerate(zip(case.layers, fields, strict=True), start=1):
        numbers = [number, *(axes[1] for axes in (layer.kernel_size, layer.stride, layer.dilation))]
        found = [field.size[1], field.stride[1]] * solved
        lines.append(row([*numbers, layer.padding[1][0], *found]))
    return f'<table class="convlab-list">{"".join(lines)}</table>'


def told(verdict: Verdict, question: Question) -> str:
    """Return what is said of an answer: which mistake it shows, and once it counts, what is right.

    What the reader typed is in there, and is no HTML.
    """
    if verdict.right is None:
        return say("○ Not answered yet. {words}", words=html.escape(verdict.words))
    why = html.escape(question.why)
    if verdict.right:
        return say("<b>✓ Right.</b> {why}", why=why)
    return say("<b>✗ Not yet.</b> {slip} {answer}", slip=_slip(verdict), answer=revealed(question))


def revealed(question: Question) -> str:
    """Return what is right, and why."""
    return say(
        "The answer is {answer}. {why}",
        answer=coloured(_written(question.expected), "output"),
        why=html.escape(question.why),
    )


def _slip(verdict: Verdict) -> str:
    if verdict.mistake is None:
        return as_html(verdict.words)
    return say(
        "{name}: {words}",
        name=coloured(say(verdict.mistake), "look here"),
        words=as_html(say(MISTAKES[verdict.mistake])),
    )


def _written(answer: int | tuple[int, ...]) -> str:
    return str(answer).replace("-", "−")


def score(drill: Drill) -> str:
    """Return how many answers were right, and which mistakes were made how often."""
    if not drill.history:
        return say("Nothing answered yet.")
    slips = say(", ").join(
        say("{mistake} ({count})", mistake=say(mistake), count=count)
        for mistake, count in drill.slips.items()
    )
    return say(
        "{right} of {number} right; slipped on: {slips}" if slips else "{right} of {number} right",
        right=drill.right,
        number=len(drill.history),
        slips=slips,
    )


def call(drill: Drill) -> str:
    """Return what to type for the same questions."""
    settings = {"seed": str(drill.seed)}
    settings |= {} if drill.adaptive else {"adaptive": "False"}
    settings |= {"topics": str([*drill.topics])} if len(drill.topics) < len(TOPICS) else {}
    return "drill(" + ", ".join(map("=".join, settings.items())) + ")"


def again(drill: Drill) -> str:
    """Say how to get the same questions."""
    sentence = (
        "<code>{call}</code> asks the same, as long as the answers are the same."
        if drill.adaptive
        else "<code>{call}</code> asks the same, whatever is answered."
    )
    return say(sentence, call=html.escape(call(drill)))


def still(drill: Drill) -> str:
    """Return the question as plain text, for a notebook that is read without a kernel."""
    question = drill.question
    lines = [
        say(
            "{call}, question {number}: {words}",
            call=call(drill),
            number=drill.number,
            words=question.words,
        )
    ]
    if isinstance(question.case, ValueCase):
        lines += [say("input"), *_table(question.case.x)]
        lines += [say("kernel"), *_table(question.case.weight)]
    return "\n".join(lines)


def _table(rows: tuple[tuple[int, ...], ...]) -> list[str]:
    return ["".join(f"{number:>4}" for number in row).replace("-", "−") for row in rows]


def one_image(case: ShapeCase) -> str:
    """Say what the picture of a layer shows of a batch."""
    (rows, cols), (out_rows, out_cols) = case.geometry.input_shape, case.geometry.output_shape
    image = say(
        "an input of {channels} channels of {rows} × {cols}",
        channels=case.inputs,
        rows=rows,
        cols=cols,
    )
    kernels = say(
        "{kernels} kernels, each of which spans all {channels} channels",
        kernels=case.outputs,
        channels=case.inputs,
    )
    output = say(
        "an output of {channels} channels of {rows} × {cols}",
        channels=case.outputs,
        rows=out_rows,
        cols=out_cols,
    )
    return say_number(
        case.batch,
        "The only image of the batch: {image}, {kernels}, and {output}.",
        "One of the {number} images of the batch, with numbers of its own: {image}, {kernels}, and "
        "{output}.",
        image=coloured(image, "input"),
        kernels=coloured(kernels, "kernel"),
        output=coloured(output, "output"),
    )


def shapes(case: ShapeCase) -> str:
    """Return the shapes of x, w, b and y, which are those of their gradients, as a table."""
    roles = {"x": "input", "w": "kernel", "b": "kernel", "y": "output"}
    lines = [
        row(
            [coloured(f"{name}, ∂ℓ/∂{name}", roles[name]), shape],
            look="current" if name == case.name else "",
        )
        for name, shape in case.shapes.items()
    ]
    title = say("shapes, each shared with its gradient")
    return f'<table class="convlab-list"><caption>{title}</caption>{"".join(lines)}</table>'
