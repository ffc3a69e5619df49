"""Messages to the page: few while an explorer is made, and what they leave there is the truth."""

import comm
import pytest

from convlab import explore
from convlab.widgets.held import held
from convlab.widgets.lifetime import every_widget

EXPLORERS = [getattr(explore, name) for name in explore.__all__]


@pytest.fixture
def messages(monkeypatch):
    """What the page is sent: the kind of each message, its widget, and its data."""
    sent = []

    def publish(self, msg_type, data=None, **_):
        sent.append((msg_type, self.comm_id, data))

    monkeypatch.setattr(comm.DummyComm, "publish_msg", publish)
    return sent


def page_of(messages):
    """Return the state of each widget, as a page knows it that got these messages."""
    states = {}
    for kind, widget, data in messages:
        if kind == "comm_open":
            states[widget] = dict(data["state"])
        elif data.get("method") == "update":
            states[widget] |= data["state"]
    return states


@pytest.mark.parametrize("kind", EXPLORERS, ids=lambda kind: kind.__name__)
def test_an_explorer_is_made_with_few_messages_and_the_page_knows_all_of_it(kind, messages):
    explorer = kind()
    made = [widget for sent, widget, _ in messages if sent == "comm_open"]
    assert len(messages) < 1.9 * len(made)
    page = page_of(messages)
    for widget in every_widget(explorer):
        known, truth = page[widget.model_id], widget.get_state()
        binary = {name for name, value in truth.items() if isinstance(value, bytes | memoryview)}
        assert {n: v for n, v in truth.items() if n not in binary and known.get(n) != v} == {}


def test_what_is_held_is_sent_at_once_also_after_an_error(messages):
    slider = explore.Sweep().controls["step"].slider
    messages.clear()
    with pytest.raises(ZeroDivisionError), held(slider):
        slider.description, slider.tooltip = "one", "two"
        assert messages == []
        slider.description = 1 / 0
    [(_, _, data)] = messages
    assert data["state"] == {"description": "one", "tooltip": "two"}
