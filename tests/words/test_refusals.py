"""What the page refuses is refused in the reader's language; the mathematics speaks English."""

import re

import numpy as np
import pytest

from convlab import Layer, conv2d
from convlab.exercises import check, predict, progress
from convlab.exercises.design import light_on_spokes, noise_left
from convlab.exercises.drill.drill import Drill
from convlab.exercises.progress import keep_progress
from convlab.exercises.riddles import riddle
from convlab.explore import FilterLab, GradientCheck, LayerStack, MatrixView, Padding, Rings, Sweep
from convlab.images import load
from convlab.language import use_language
from convlab.widgets.projector import projector
from tests.speaking import HAN, faults, speaking

SIX = np.ones((6, 6))
REFUSED = {
    "exercise": (lambda: check("1.1 no such", 3), "'1.1 no such'"),
    "prediction": (lambda: predict("no such", Rings()), "'no such'"),
    "riddle": (lambda: riddle("no such"), "'no such'"),
    "lesson": (lambda: progress(77), "77"),
    "lesson, in words": (lambda: progress("three"), "'three'"),
    "file of progress": (lambda: keep_progress(""), "''"),
    "topic of the drill": (lambda: Drill(topics="no such"), "'no such'"),
    "topics of the drill": (lambda: Drill(topics=3), "3"),
    "no topics": (lambda: Drill(topics=[]), r"\[\]"),
    "truth": (lambda: Drill(adaptive=3), "3"),
    "sum that is not 0": (lambda: light_on_spokes([[1]], 0), "1"),
    "sum that is not 1": (lambda: noise_left([[3]]), "3"),
    "angle": (lambda: light_on_spokes([[1, -1]], 10), "10"),
    "name of a control": (lambda: Sweep(controls=["no"]), "'no'"),
    "preset": (lambda: Padding(preset="no"), "'no'"),
    "weights": (lambda: FilterLab(weights="no"), "'no'"),
    "weights without rows": (lambda: FilterLab(weights=[]), r"\(0,\)"),
    "divisor": (lambda: FilterLab(divisor=0), "0"),
    "picture": (lambda: FilterLab(image=np.ones((2, 4, 4))), r"\(2, 4, 4\)"),
    "file of a picture": (lambda: load(b"nothing"), "7"),
    "large input": (lambda: Sweep(x=np.ones((99, 99))), r"\(99, 99\)"),
    "channels": (lambda: MatrixView(SIX, np.ones((2, 2, 2, 2))), "1"),
    "layers": (lambda: LayerStack([]), "0"),
    "layer": (lambda: LayerStack([Layer(99)]), "99"),
    "function": (lambda: GradientCheck(3), "3"),
    "signature": (lambda: GradientCheck(lambda g: g), r"\(g\)"),
    "size": (lambda: projector(9), "9"),
    "ending": (lambda: Rings().save("rings.xyz"), "'rings.xyz'"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_reader_is_refused_in_chinese(case):
    """Arguments and values are named as they are in code."""
    call, value = REFUSED[case]
    with speaking("zh") as unknown, pytest.raises((TypeError, ValueError), match=value) as refused:
        call()
    words = str(refused.value)
    assert re.match(rf"`\w+`.*[{HAN}]", words)
    assert faults(re.sub(r"\([^)]*\)|'[^']*'", "x", words)) == []
    assert unknown == set()


def test_the_mathematics_speaks_english_and_names_are_the_same():
    with speaking("zh"):
        with pytest.raises(ValueError, match="`stride` must be at least 1 on both axes, got 0"):
            conv2d(SIX, np.ones((3, 3)), stride=0)
        with pytest.raises(ValueError, match="`name` must be one of en, zh, got 'xx'"):
            use_language("xx")
