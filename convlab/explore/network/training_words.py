"""What the training explorer says of its picture."""

from __future__ import annotations

from convlab.draw import palette
from convlab.explore.network import training_run
from convlab.explore.network.training_numbers import TrainingState
from convlab.explore.network.training_run import Plan
from convlab.formatting import in_a_row, percent, plain, say, say_number
from convlab.widgets.html import coloured

POOL, STRIDE = "pool", "stride"
LENGTHS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
BATCHES = (1, 4, 8, 16, 32, 64, 128)
MOMENTA = (0.0, 0.5, 0.8, 0.9, 0.95)
PICTURES = (20, 50, 100, 200, 500, 1437)
SHRINK = [("pooling", POOL), ("stride 2", STRIDE)]
RIVALS = [
    ("nothing", "nothing"),
    ("ReLU or none", "relu"),
    ("pooling or stride", "shrink"),
    ("as it began", "start"),
]
LABELS = {
    "batch": "batch size",
    "length": "step length",
    "momentum": "momentum",
    "pictures": "pictures",
    "kernels": "kernels",
    "size": "kernel size",
    "shrink": "shrink by",
    "relu": "ReLU",
    "rival": "compare",
    "digit": "digit",
}
TIPS = {
    "batch": "pictures per step",
    "pictures": "pictures to learn from",
    "kernels": "kernels of the first layer; the second has twice as many",
    "size": "rows and columns of each kernel",
    "digit": "the held-out digit whose maps are shown",
}
STOP = "stop"
STOP_TIP = "stop the training where it is"

Line = tuple[str, str]
"""A text and its colour."""


def accuracy(share: float) -> str:
    """Write an accuracy."""
    return percent(share, 1 if share < 1 else 0)


def mark(chart: str, value: float) -> str:
    """Return what stands at a mark of a chart: a loss, or an accuracy."""
    return percent(value) if chart == "accuracy" else plain(value)


def amount(loss: float) -> str:
    """Return a loss, short."""
    if loss == float("inf"):
        return "∞"
    if loss < 0.0005:
        return "< 0.001"
    return f"{loss:.3f}" if loss < 9.9995 else f"{loss:.0f}"


def titles(state: TrainingState) -> dict[str, Line]:
    """Return what stands above the parts of the picture."""
    hues = (palette.KERNEL, palette.OUTPUT, palette.LOOK_HERE)
    (orange, green, look), ink = (palette.DEEP[hue] for hue in hues), palette.INK
    return {
        "loss": (say("loss"), ink),
        "accuracy": (say("accuracy"), ink),
        "kernels 1": (say("kernels, layer 1"), orange),
        "maps 1": (say("their maps of the digit"), green),
        "kernels 2": (say("kernels, layer 2: a column each"), orange),
        "maps 2": (say("their maps"), green),
        "reading": (reading(state), ink if state.truth == state.answer else look),
        "table": (
            say("{count} held-out digits", count=int(state.table.sum())),
            ink,
        ),
        "answers": (say("read as"), green),
        "truths": (say("is"), ink),
        "hint": (say("click a cell to see its first digit"), palette.MUTED),
    }


def legend(state: TrainingState) -> dict[str, tuple[str, str]]:
    """Return the numbers above the curves: of what is learned from, and of what is held out."""
    train, held_out = state.scores
    return {
        "loss": (
            say("training {loss}", loss=amount(train.loss)),
            say("held out {loss}", loss=amount(held_out.loss)),
        ),
        "accuracy": (
            say("training {part}", part=accuracy(train.accuracy)),
            say("held out {part}", part=accuracy(held_out.accuracy)),
        ),
    }


def reading(state: TrainingState) -> str:
    """Return what the digit is, and how it is read."""
    names = {"truth": state.truth, "answer": state.answer}
    if state.truth == state.answer:
        return say("a {truth}, read as {answer} ✓", **names)
    return say("a {truth}, read as {answer} ✗", **names)


def describe(state: TrainingState) -> str:
    """Say how far the training is, how well the network reads, and what is to be seen in it."""
    train, held_out = state.scores
    sentences = [
        _progress(state),
        say(
            "It reads {train} of the digits it learns from, and {held_out} of those held out.",
            train=accuracy(train.accuracy),
            held_out=coloured(accuracy(held_out.accuracy), "look here"),
        ),
        _verdict(state),
        _rival(state),
    ]
    return in_a_row(*sentences)


def _progress(state: TrainingState) -> str:
    if state.has_diverged:
        return say(
            "After {steps} steps the loss {grew}: the step length {length} is too long.",
            steps=state.done,
            grew=coloured(say("grew beyond all bounds"), "look here"),
            length=f"{state.plan.length:g}",
        )
    if state.step == 0:
        return say("Before the first step: all weights are random.")
    epochs = state.step / state.plan.epoch
    return say_number(
        state.step,
        "{number} step of {batch} digits: {epochs} times through all {pictures}.",
        "{number} steps of {batch} digits: {epochs} times through all {pictures}.",
        batch=min(state.plan.batch, state.plan.pictures),
        epochs=f"{epochs:.1f}" if epochs < 99.95 else f"{epochs:.0f}",
        pictures=state.plan.pictures,
    )


def _verdict(state: TrainingState) -> str:
    """Say what a glance at the two curves tells."""
    train, held_out = state.scores
    if state.step and not state.has_diverged and train.accuracy < 0.2:
        return say("That is hardly better than guessing, 10 %.")
    if train.accuracy - held_out.accuracy >= 0.08 and train.accuracy > 0.95:
        return say(
            "It has learned them {heart}: the two curves part, which is called overfitting.",
            heart=coloured(say("by heart"), "look here"),
        )
    return ""


def _rival(state: TrainingState) -> str:
    if state.rival is None or state.rival_scores is None:
        return ""
    found = accuracy(state.rival_scores.held_out.accuracy)
    if state.rival == state.plan:
        return say("Dotted: the same training, as nothing was changed yet.")
    return say(
        "Dotted: {network}, {found} of those held out.",
        network=_named(state.rival, state.plan),
        found=found,
    )


def _named(rival: Plan, plan: Plan) -> str:
    """Return in which way another training is another."""
    if rival.relu != plan.relu and rival.shrink == plan.shrink:
        return say("with ReLU") if rival.relu else say("without ReLU")
    if rival.shrink != plan.shrink and rival.relu == plan.relu:
        return say("with pooling") if rival.shrink == POOL else say("with stride 2")
    return say("as it began")


def summary(state: TrainingState) -> str:
    """Return what is shown without a number that was measured: those differ between machines."""
    return say(
        "Step {step} of {last}, batches of {batch}, step length {length}, {pictures} digits.",
        step=state.step,
        last=training_run.LAST,
        batch=state.plan.batch,
        length=f"{state.plan.length:g}",
        pictures=state.plan.pictures,
    )


def left(seconds: float) -> str:
    """Return how long a training still takes."""
    return say("{seconds} s left", seconds=max(1, round(seconds)))
