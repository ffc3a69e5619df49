"""Callbacks on two threads at once leave one true picture, and no move is lost."""

import sys
import threading

import pytest

from convlab.explore import Sweep
from convlab.explore.sweep.sweep_scene import SweepScene


@pytest.fixture(autouse=True)
def quick_switching():
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(interval)


def at_once(hands):
    """Let each (slider, values) run on a thread of its own; return what went wrong."""
    errors = []

    def hand(part, values):
        try:
            for value in values:
                part.value = value
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=hand, args=each) for each in hands]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


def assert_true(sweep):
    fresh = SweepScene()
    fresh.update(sweep.state)
    assert sweep.picture.value == fresh.png()
    for name in ("kernel", "input", "dilation", "stride", "padding"):
        pair = sweep.controls[name]
        assert tuple(part.value for part in pair.parts) == pair.value


def test_sliders_and_mouse_at_the_same_time():
    sweep = Sweep(stride=1)
    kernel, size, dilation = (sweep.controls[n].parts for n in ("kernel", "input", "dilation"))
    for name in ("kernel", "input"):
        sweep.controls[name].tie.value = False  # the dilation stays tied
    hands = [
        (kernel[0], [1, 5, 2, 3] * 4),
        (kernel[1], [5, 1, 4, 3] * 4),
        (size[0], [9, 1, 4, 5] * 4),
        (dilation[1], [3, 2, 1, 1] * 4),
        (sweep.controls["step"].slider, [0, 3, 1, 2] * 4),
        (sweep.controls["azimuth"], [0, 40, -90, 25] * 4),
    ]
    assert at_once(hands) == []
    assert_true(sweep)


def test_both_sliders_of_a_pair_moved_at_once_both_arrive():
    sweep = Sweep(input=9, stride=1)
    sweep.controls["kernel"].tie.value = False
    down, across = sweep.controls["kernel"].parts
    for _ in range(20):
        assert at_once([(down, [1, 5, 4]), (across, [5, 1, 2])]) == []
        assert sweep.controls["kernel"].value == (4, 2)
        assert sweep.state.geometry.kernel_size == (4, 2)
    assert_true(sweep)
