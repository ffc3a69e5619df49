"""Callbacks on two threads at once leave one true picture."""

import sys
import threading

from convlab.explore import Sweep


def test_sliders_and_mouse_at_the_same_time():
    sweep, fresh = Sweep(stride=1), Sweep(stride=1)
    errors = []

    def hand(name, values):
        try:
            for value in values * 4:
                sweep.controls[name].value = value
        except Exception as error:
            errors.append(error)

    hands = [
        ("kernel", [(1, 1), (5, 5), (2, 4), (3, 3)]),
        ("input", [(9, 9), (1, 1), (4, 7), (5, 5)]),
        ("dilation", [(3, 3), (1, 2), (2, 1), (1, 1)]),
        ("azimuth", [0, 40, -90, 25]),
    ]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        threads = [threading.Thread(target=hand, args=each) for each in hands]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(interval)
    assert errors == []
    sweep._refresh()
    fresh.scene.update(sweep.state)
    assert sweep.picture.value == fresh.scene.png()
    assert sweep.state == sweep.read(sweep._settle())
