"""Monkeys at the controls: two hands at once, each on a thread of its own, and the stop button.

What a hand does is drawn by seed: a control or one of the sliders that it is made of, a button, a
click, a drag, a pointing, a file. After each round both hands rest, and what is on screen has to be
true. A move that was interrupted may leave its error on the explorer, until the next move.
"""

import math
import random
import threading
import time

import ipywidgets as widgets

from convlab.widgets.compound import Pair, Stepper
from convlab.widgets.kernel_editor import KernelEditor
from convlab.widgets.lock import LOCK
from tests.explore.driving import (
    Interrupt,
    assert_true_to_its_state,
    extremes,
    move_somewhere,
)

MOVES_A_ROUND = 3
"""Of each hand, before the two rest."""
INTERRUPTED = 0.15
"""The share of moves during which the stop button is pressed."""
LONGEST = 120
"""Seconds that a round may take: more is a deadlock."""


class Monkeys:
    """Two hands on one explorer.

    Parameters
    ----------
    explorer : Explorer
    seed : int or str
        Decides what each hand does; not when one thread makes way for the other.

    Attributes
    ----------
    moves : list of str
        What was done so far, the last of it at the end.
    """

    def __init__(self, explorer, seed):
        self.explorer, self.moves = explorer, []
        self._chances = [random.Random(f"{seed} {hand}") for hand in range(3)]
        self._errors = []

    def play(self, moves):
        """Do so many moves, and more to the end of the round; return how many were done."""
        while len(self.moves) < moves:
            self.round()
        return len(self.moves)

    def round(self):
        """Let both hands do some moves at once, and assert that the screen is true to the state."""
        hands = [
            threading.Thread(target=self._hand, args=(chance,), daemon=True)
            for chance in self._chances[:2]
        ]
        for hand in hands:
            hand.start()
        for hand in hands:
            hand.join(LONGEST)
            assert not hand.is_alive(), self._told("a deadlock")
        try:
            if self._errors:
                raise RuntimeError("; ".join(self._errors))
            with LOCK:
                move_somewhere(self.explorer, self._chances[2])
            assert_true_to_its_state(self.explorer)
        except Exception as error:
            raise AssertionError(self._told(f"{type(error).__name__}: {error}")) from error

    def _told(self, what):
        return f"{type(self.explorer).__name__}: {what}\n after " + "\n ".join(self.moves[-12:])

    def _hand(self, chance):
        for _ in range(MOVES_A_ROUND):
            name, act = chance.choice(self.acts(chance))
            self.moves.append(name)
            try:
                if chance.random() < INTERRUPTED:
                    with Interrupt(after=round(1500 ** chance.random())) as stop:
                        act()
                    if stop.came:
                        self.moves[-1] += ", interrupted"
                else:
                    act()
            except BaseException as error:
                self._errors.append(f"{name}: {type(error).__name__}: {error}")

    def acts(self, chance):
        """Return what a hand may do now, by name."""
        explorer, acts = self.explorer, []
        for name, control in explorer.controls.items():
            if not getattr(control, "disabled", False):
                acts += [(f"{name} = {value!r:.60}", act) for value, act in _of(control, chance)]
        buttons = [w for w in vars(explorer).values() if isinstance(w, widgets.Button)]
        acts += [(f"press {b.description or b.tooltip}", b.click) for b in buttons]
        place = chance.random(), chance.random()
        pointed = {
            "click": [("mousedown", place, 1), ("mouseup", place, 0)],
            "point": [("mousemove", place, 0)],
            "drag": [
                ("mousedown", place, 1),
                ("mousemove", (chance.random(), chance.random()), 1),
                ("mouseup", place, 0),
            ],
            "leave": [("mouseleave", place, 0)],
        }
        acts += [
            (f"{name} at {place[0]:.2f}, {place[1]:.2f}", lambda e=events: self._point(e))
            for name, events in pointed.items()
            for _ in range(2)
        ]
        return acts

    def _point(self, events):
        """Send what the page sends of the mouse."""
        scene = self.explorer.scene
        for kind, (x, y), pressed in events:
            self.explorer._pointer(
                {
                    "type": kind,
                    "buttons": pressed,
                    "relativeX": x * scene.width,
                    "relativeY": y * scene.height,
                    "boundingRectWidth": scene.width,
                    "boundingRectHeight": scene.height,
                    "timeStamp": time.monotonic() * 1000,
                }
            )


def _of(control, chance):
    """Return values that a control may be given now, each with the act that gives it."""
    values = extremes(control)
    if isinstance(control, widgets.BoundedFloatText):
        values += [0, math.nan, -1e-9]
    acts = [(value, lambda v=value: _set(control, v)) for value in values]
    acts = chance.sample(acts, min(3, len(acts)))
    match control:
        case Pair():
            parts = [*control.parts, control.tie]
        case Stepper():
            parts = [control.slider, control.speed]
        case KernelEditor():
            field = chance.choice(control.fields)
            typed = chance.choice([math.nan, math.inf, 1e99, -2.5, 0.0])
            return [*acts, (typed, lambda: _set(field, typed))]
        case _:
            parts = []
    for part in parts:
        if inner := extremes(part):
            value = chance.choice(inner)
            acts.append((value, lambda p=part, v=value: _set(p, v)))
    return acts


def _set(control, value):
    """Give a control a value, as the page does; from a list it takes what is offered now."""
    if not isinstance(control, widgets.Dropdown | widgets.Select | widgets.ToggleButtons):
        control.value = value
        return
    with LOCK:  # the page's list is no older than the kernel's once the two have rested
        if value in extremes(control):
            control.value = value
