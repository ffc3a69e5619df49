"""Every explorer speaks Chinese: nothing of it stays English, is cut off, or lies on another text.

Bounded in time: each control is moved to its ends, and each list to all that it offers, from where
the explorer begins.
"""

import pytest

from convlab.draw.scene import Scene
from convlab.formatting import say, say_number
from convlab.widgets.controls import columns
from tests.explore.driving import extremes, texts_of
from tests.explore.test_text_in_pictures import (  # noqa: F401 -- a fixture
    EXPLORERS,
    FLYING,
    LETTERS_IN_A_LINE,
    MOVED,
    overlapping,
    words,
)
from tests.speaking import faults, foreign, shown, speaking

MOST = 5


def some_values(control):
    """Return the ends of a range, and some of what a list offers."""
    values = extremes(control)
    if len(values) <= MOST or hasattr(control, "options"):
        return values[:12]
    return [values[0], values[-1]]


def states(explorer):
    yield "start"
    for name, control in explorer.controls.items():
        for value in some_values(control):
            control.value = value
            yield name, value
        explorer.reset()


def labels(explorer):
    """Yield what controls are called, and what they offer."""
    todo = list(explorer.controls.values())
    while todo:
        control = todo.pop()
        todo += getattr(control, "children", ())
        for name in ("description", "tooltip", "placeholder"):
            yield str(getattr(control, name, "") or "")
        for option in getattr(control, "options", ()):
            yield str(option[0] if isinstance(option, tuple) else option)


@pytest.mark.parametrize("kind", EXPLORERS, ids=lambda kind: kind.__name__)
def test_an_explorer_speaks_chinese_and_its_words_have_room(kind, words, monkeypatch):  # noqa: F811
    monkeypatch.setattr(Scene, "live", lambda _: b"")
    wrong = set()
    with speaking("zh") as unknown:
        explorer = kind()
        for where in states(explorer):
            words.clear()
            type(explorer.scene)().update(explorer.state)
            written = list(words)
            pages = [explorer.caption.value, explorer.details.value, explorer.notice.value]
            lines = [line for page in pages for line in shown(page).splitlines()]
            lines += [*labels(explorer), *(word for word, *_ in written)]
            for line in lines:
                wrong |= {f"not Chinese: {word} in {line!r}" for word in foreign(line)}
                wrong |= set(faults(line))
            room = kind.caption_lines * LETTERS_IN_A_LINE
            caption = shown(explorer.describe(explorer.state))
            if columns(caption) > room:
                wrong.add(f"{where}: {columns(caption)} of {room} columns: {caption!r}")
            if kind.__name__ not in MOVED | FLYING:
                wrong |= {f"{where}: {pair} overlap" for pair in overlapping(written)}
            for patch in texts_of(explorer.scene):
                box = patch.get_path().vertices
                size = (explorer.scene.width + 1, explorer.scene.height + 1)
                if (box < -1).any() or (box > size).any():
                    wrong.add(f"{where}: a text is cut off")
        explorer.close()
    assert unknown == set()
    assert wrong == set()


def test_the_rules_can_fail():
    assert foreign("卷积 kernel 与 ReLU") == ["kernel"]
    assert len(faults("第3 行， 一列")) == 2
    assert len(faults("好,坏")) == 1
    with speaking("zh") as unknown:
        assert say("reset") == "重置"
        assert say("never said before") == "never said before"
        say_number(1, "1 thing", "{number} things")
    assert unknown == {"never said before", "1 thing", "{number} things"}
