"""The explorer that CONTRIBUTING shows works as it is printed there."""

import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

TEXT = (Path(__file__).parents[1] / "CONTRIBUTING.md").read_text("utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)


@pytest.fixture
def printed(monkeypatch):
    """The text of CONTRIBUTING, as a module."""
    module = ModuleType("how_often")
    monkeypatch.setitem(sys.modules, module.__name__, module)  # dataclasses look it up
    exec(compile(BLOCKS[0], "CONTRIBUTING.md", "exec"), vars(module))
    return module


def test_it_is_one_block_of_at_most_60_lines():
    assert len(BLOCKS) == 1
    assert len(BLOCKS[0].splitlines()) <= 60


def test_both_sliders_move_the_picture_and_the_words_and_reset_puts_them_back(printed):
    explorer = printed.HowOften()
    start = bytes(explorer.picture.value)
    assert set(explorer.controls) == {"kernel", "stride"}
    for name, control in explorer.controls.items():
        shown = set()
        for value in range(control.min, control.max + 1):
            control.value = value
            fresh = printed.HowOftenScene()
            fresh.update(printed.HowOftenState(**{"kernel": 3, "stride": 2} | {name: value}))
            assert explorer.picture.value == fresh.live()
            assert re.search(r"\d+ cells? (is|are) read by no window\.", explorer.caption.value)
            assert explorer.status.value == ""
            shown.add(bytes(explorer.picture.value))
        assert len(shown) == control.max - control.min + 1
        explorer.reset_button.click()
        assert bytes(explorer.picture.value) == start
    explorer.close()


@pytest.mark.parametrize("kernel", [1, 3, 6])
@pytest.mark.parametrize("stride", [1, 2, 5])
def test_its_numbers_are_those_of_a_loop(printed, kernel, stride):
    counts = [0] * 12
    for start in range(0, 12 - kernel + 1, stride):
        for cell in range(start, start + kernel):
            counts[cell] += 1
    assert printed.HowOftenState(kernel, stride).counts.tolist() == counts
