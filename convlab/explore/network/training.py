"""A small network learns digits, step by step, forwards and backwards."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar

import ipywidgets as widgets

from convlab.explore.network import training_run
from convlab.explore.network import training_words as words
from convlab.explore.network.training_numbers import TrainingState
from convlab.explore.network.training_progress import Progress
from convlab.explore.network.training_run import Plan, Run, Runs, data
from convlab.explore.network.training_scene import TrainingScene
from convlab.formatting import say
from convlab.widgets import jupyter
from convlab.widgets.compound import Stepper
from convlab.widgets.controls import LABEL, choice, set_width, slider, toggle
from convlab.widgets.explorer import Explorer
from convlab.widgets.lock import LOCK
from convlab.widgets.settling import Values

SLICE, PLAYED = 0.08, 0.03
"""Seconds of training between two pictures, at most, while it catches up and while it plays: a
press of pause waits no longer."""
BREATH = 0.005
"""Seconds between two slices, in which a hand on a control is heard."""
LATE, MESSAGES = 1.0, 2
"""Seconds after a pause in which a last step of play may still come, and how many of them: the page
holds them back while the kernel is busy."""
TICKS = 40
"""Times that play may have gone on while the kernel was busy."""
PER_TICK = 5
"""Steps from one picture to the next while it plays."""


class Training(Explorer[TrainingState, TrainingScene]):
    """A network of two layers learns to read digits.

    Play trains it, a step back is a step back. What the curves, the kernels, and the table of
    answers show of a step depends on the settings and the step alone. Click a cell of the table to
    see the first digit that was read so.

    Parameters
    ----------
    **settings
        Start values of controls: ``step``, ``pictures`` (to learn from), ``batch``, ``length`` (of
        a step), ``momentum``, ``kernels``, ``size``, ``shrink`` ("pool" or "stride"), ``relu``,
        ``rival`` ("nothing", "relu", "shrink" or "start") and ``digit``.

    Raises
    ------
    TypeError, ValueError
        If a setting is unknown, or finds no room.

    Examples
    --------
    >>> Training(step=40, kernels=2).state.kernels(2).shape
    (4, 2, 3, 3)
    """

    state_type = TrainingState
    above: ClassVar = [["step"]]
    below: ClassVar = [
        ["pictures", "batch", "length", "momentum"],
        ["kernels", "size", "shrink", "relu"],
        ["rival", "digit"],
    ]
    saved_every = 15
    single_steps = True
    describe = staticmethod(words.describe)

    def __init__(self, **settings: Any) -> None:
        labels, tips = words.LABELS, words.TIPS
        controls = {
            "pictures": _listed("pictures", words.PICTURES, 1437),
            "batch": _listed("batch", words.BATCHES, 32),
            "length": _listed("length", words.LENGTHS, 0.05),
            "momentum": _listed("momentum", words.MOMENTA, 0.9),
            "kernels": slider(labels["kernels"], 8, 1, 8, tip=tips["kernels"]),
            "size": slider(labels["size"], 3, 1, 5, tip=tips["size"]),
            "shrink": choice(labels["shrink"], words.SHRINK),
            "relu": toggle(labels["relu"], value=True),
            "rival": choice(labels["rival"], words.RIVALS),
            "digit": slider(labels["digit"], 5, 0, len(data().held_out.labels) - 1),
            "step": Stepper("step", training_run.START, interval=80),
        }
        self._play = controls["step"].play
        self._play.step, self._play.repeat = PER_TICK, False
        self._runs, self.progress = Runs(), Progress()
        self._began: Plan | None = None
        self._worker: threading.Thread | None = None
        self._in_background = self._is_tick = False
        self._paused, self._late = 0.0, 0
        super().__init__(controls, TrainingScene(), settings)
        self._play.observe(self._on_playing, "playing")
        self.progress.stop.on_click(lambda _: self.stop())
        # Without a page, nobody waits for an answer: there a move is done when it returns.
        self._in_background = jupyter.process() is not None

    def steps(self, values: Values) -> int:  # noqa: ARG002
        """Return the number of steps, the start included."""
        return training_run.LAST + 1

    def companions(self, name: str) -> Sequence[widgets.Widget]:
        """Put how far it is behind the step."""
        found = super().companions(name)
        return [*found, self.progress] if name == "step" else found

    def read(self, values: Values) -> TrainingState:
        """Train as far as the controls say, or for a slice of time, and return what is reached."""
        names = ("kernels", "size", "shrink", "relu", "batch", "length", "momentum", "pictures")
        plan = Plan(**{name: values[name] for name in names})
        self._began = self._began or plan
        rival = self._rival(plan, values["rival"])
        run, other = self._runs.of(plan), None if rival is None else self._runs.of(rival)
        step = self._reached([run] if other is None else [run, other], values["step"])
        return TrainingState(plan, rival, step, values["digit"], run, other)

    def _rival(self, plan: Plan, name: str) -> Plan | None:
        match name:
            case "relu":
                return replace(plan, relu=not plan.relu)
            case "shrink":
                return replace(plan, shrink="stride" if plan.shrink == "pool" else "pool")
            case "start":
                return self._began
        return None

    def _reached(self, runs: list[Run], goal: int) -> int:
        """Follow trainings to a step; return how far all of them have come."""
        slices = PLAYED if self._is_tick else SLICE
        seconds = slices / len(runs) if self._in_background else float("inf")
        return min(run.follow(goal, seconds) for run in runs)

    # What goes on while nobody moves anything

    @property
    def goal(self) -> int:
        """The step that was asked for."""
        return int(self._settling.values["step"])

    @property
    def is_behind(self) -> bool:
        """Whether the step that was asked for is not reached yet."""
        return not self.is_closed and self.state.step < self.goal

    def stop(self) -> None:
        """Stop a training where it is."""
        with LOCK:
            if self.is_behind:
                self.set_controls(step=self.state.step)

    def _on_playing(self, change: Any) -> None:
        # At its last step it stops playing by itself.
        if not change.new and self._play.value < training_run.LAST:
            self._paused, self._late = time.monotonic(), MESSAGES
            self.stop()

    def _on_control(self, name: str, change: Any) -> None:
        with LOCK:
            ahead = change.new - self.goal if name == "step" else 0
            is_tick = 0 < ahead <= TICKS * PER_TICK
            # Messages come on two threads, so that one may come after the next.
            is_overtaken = self._play.playing and -PER_TICK < ahead < 0
            if is_overtaken or (is_tick and self._must_wait(ahead)):
                self._settling.settle()  # back to the step that was asked for before
                return
            self._is_tick = is_tick and self._play.playing
        try:
            super()._on_control(name, change)
            with LOCK:
                if self._is_tick and self.is_behind:  # play goes on from where the training is
                    self._settling.ask({"step": self.state.step})
                    self._settling.settle()
        finally:
            self._is_tick = False

    def _must_wait(self, steps: int) -> bool:
        """Say whether play went on too early, while it trains, or too late, after a pause."""
        if self._play.playing:
            return self.is_behind
        is_late = steps > 1 and self._late > 0 and time.monotonic() - self._paused < LATE
        self._late -= is_late
        return is_late

    def _refresh(self, *moved: str) -> None:
        super()._refresh(*moved)
        with LOCK:
            goes_on = self.is_behind and not self._is_tick
            if self._in_background and goes_on and self._worker is None:
                self.progress.begin(self.state.step)
                self._worker = threading.Thread(target=self._catch_up, daemon=True)
                self._worker.start()

    def _catch_up(self) -> None:
        """Train in slices until the step that was asked for is reached."""
        try:
            while True:
                time.sleep(BREATH)
                with LOCK:
                    if not self.is_behind:
                        return
                    self._refresh()
                    self.progress.show(self.state.step, self.goal)
        finally:
            with LOCK:
                if not self.is_closed:
                    self._worker = None
                    self.progress.hide()

    def __repr__(self) -> str:
        if self.is_closed or self.riddle:
            return super().__repr__()
        return f"{type(self).__name__}: {words.summary(self.state)}"


def _listed(name: str, options: Sequence[float], value: float) -> widgets.SelectionSlider:
    """Return a slider over numbers that lie far apart."""
    made = widgets.SelectionSlider(
        options=[(f"{option:g}", option) for option in options],
        value=value,
        description=say(words.LABELS[name]),
        tooltip=say(words.TIPS.get(name, words.LABELS[name])),
        style={"description_width": f"{LABEL}px"},
        layout={"height": "28px", "overflow": "hidden"},
    )
    return set_width(made, 204)
