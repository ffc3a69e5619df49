"""What of the explorers' contract depends on the language, once more in Chinese.

Random moves here, where `test_in_chinese` goes through ranges; and all that is on the page, where
that one looks at captions and pictures.
"""

import random
import re

import ipywidgets as widgets
import pytest

from convlab import explore
from convlab.language import use_language
from convlab.widgets.lifetime import every_widget
from convlab.widgets.settling import LISTS
from convlab.widgets.spoken import Spoken
from tests.explore.driving import assert_true_to_its_state, move_somewhere, values_of
from tests.speaking import HAN, foreign, shown, speaking

EXPLORERS = [getattr(explore, name) for name in explore.__all__]
every_explorer = pytest.mark.parametrize("kind", EXPLORERS, ids=lambda kind: kind.__name__)
MOVES = 3
PLACEHOLDER = re.compile(r"\{[a-z_]*[^{}]*\}")


def texts_on_the_page(whole):
    """Yield each text of an explorer that is seen, or said by a screen reader."""
    for widget in every_widget(whole):
        if isinstance(widget, Spoken):
            yield from (text for part, text in widget.words.items() if part != "explorer")
        elif isinstance(widget, widgets.HTML | widgets.Label) and "<style" not in widget.value:
            yield from shown(widget.value).splitlines()
        for name in ("description", "tooltip", "placeholder"):
            yield str(getattr(widget, name, "") or "")


def labels(explorer):
    """Return what controls are called."""
    return {name: getattr(c, "description", "") for name, c in explorer.controls.items()}


def left_over(texts, own):
    """Return what of some texts is not Chinese, or waits to be filled in."""
    found = set()
    for text in texts:
        words = [word for word in foreign(text.replace(own, "")) if word not in text.split("`")]
        found |= {f"{words} in {text!r}"} if words else set()
        found |= {f"{hole} in {text!r}" for hole in PLACEHOLDER.findall(text)}
    return found


@every_explorer
def test_a_hand_that_moves_controls_finds_chinese_and_the_truth(kind):
    wrong, chance = set(), random.Random(kind.__name__)
    with speaking("zh") as unknown:
        explorer = kind()
        before = values_of(explorer), bytes(explorer.picture.value), explorer.caption.value
        for _ in range(MOVES):
            move_somewhere(explorer, chance)
            assert_true_to_its_state(explorer)
            wrong |= left_over(texts_on_the_page(explorer), kind.__name__)
            wrong |= left_over([repr(explorer).partition(": ")[2]], kind.__name__)
        explorer.reset_button.click()
        after = values_of(explorer), bytes(explorer.picture.value), explorer.caption.value
        assert after == before
        assert re.search(f"[{HAN}]", explorer.caption.value)
        explorer.close()
    assert (unknown, wrong) == (set(), set())


@every_explorer
def test_a_start_value_is_refused_in_chinese(kind):
    """The message names the argument and its value as they are in code, and the rule in words."""
    with speaking("zh") as unknown:
        bad = {"no_such_control": 1}
        for name, control in kind().controls.items():
            if isinstance(control, LISTS):
                bad[name] = "no such choice"
            elif isinstance(control, widgets.IntSlider):
                bad[name] = 10**7
        for name, value in list(bad.items())[:2]:
            with pytest.raises((TypeError, ValueError), match=f"`{name}`.*[{HAN}]") as refused:
                kind(**{name: value})
            assert name == "no_such_control" or repr(value) in str(refused.value)
    assert unknown == set()


@every_explorer
def test_another_language_may_be_chosen_while_an_explorer_lives(kind):
    """Its controls keep their labels, its caption follows, and English comes back as it was."""
    explorer, chance = kind(), random.Random(kind.__name__)
    before, caption, start = labels(explorer), explorer.caption.value, explorer.state
    try:
        use_language("zh")
        assert explorer.caption.value == caption
        while explorer.state == start:
            move_somewhere(explorer, chance)
        assert explorer.status.value == ""
        assert re.search(f"[{HAN}]", explorer.caption.value)
        assert labels(explorer) == before
    finally:
        use_language("en")
    explorer.reset()
    assert explorer.caption.value == caption
    assert not re.search(f"[{HAN}]", explorer.details.value + explorer.notice.value)


def test_english_and_holes_are_found():
    """The tests above can fail."""
    box = widgets.VBox([widgets.HTML("<b>步长</b> stride"), widgets.Button(description="{n} 步")])
    assert left_over(texts_on_the_page(box), "Sweep") == {
        "['stride'] in '步长 stride'",
        "{n} in '{n} 步'",
    }
