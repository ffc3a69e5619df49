"""A short run of the monkeys of `make stress`, over every explorer, and what they would find."""

import sys

import pytest

from convlab import explore
from convlab.explore import Sweep
from convlab.explore.filters.uploads import SHELF
from tests.explore.monkeys import Monkeys

EXPLORERS = [getattr(explore, name) for name in explore.__all__]


@pytest.fixture(autouse=True)
def quick_switching():
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-4)
    yield
    sys.setswitchinterval(interval)
    SHELF.clear()


@pytest.mark.parametrize("kind", EXPLORERS, ids=lambda kind: kind.__name__)
def test_two_hands_the_mouse_and_the_stop_button_at_once(kind):
    explorer = kind()
    assert Monkeys(explorer, seed=kind.__name__).play(12) >= 12
    explorer.close()


def test_a_picture_that_lags_behind_is_found(monkeypatch):
    sweep = Sweep()
    monkeys = Monkeys(sweep, seed=1)
    monkeypatch.setattr(sweep.scene, "move", lambda _state: None)
    with pytest.raises(AssertionError, match="Sweep: "):
        monkeys.play(60)


def test_an_error_on_a_thread_is_found(monkeypatch):
    sweep = Sweep()
    monkeys = Monkeys(sweep, seed=1)
    monkeypatch.setattr(sweep, "describe", lambda _state: 1 / 0)
    with pytest.raises(AssertionError, match="ZeroDivisionError"):
        monkeys.play(60)
