"""The contract that every explorer keeps, whatever a hand does to its controls."""

import base64
import dataclasses
import gc
import random
import re
import sys
import tracemalloc
import weakref

import ipywidgets as widgets
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ipywidgets.widgets.widget import _instances
from PIL import Image

from convlab import explore
from convlab.explore.filters import filter_scene
from convlab.widgets import export
from convlab.widgets.compound import Pair, Stepper
from convlab.widgets.explorer import Explorer
from convlab.widgets.lifetime import every_widget
from convlab.widgets.parts import KEPT
from convlab.widgets.spoken import SAID, Spoken
from tests.explore.driving import (
    Interrupt,
    assert_true_to_its_state,
    extremes,
    move,
    move_somewhere,
    move_to_another_end,
    values_of,
)
from tests.strategies import settings as _profile  # noqa: F401 -- loads the profile

EXPLORERS = [getattr(explore, name) for name in explore.__all__]
COARSE = 0.75
"""Drawn pixels per pixel of the page: half of what it is elsewhere, for a quarter of the work."""
every_explorer = pytest.mark.parametrize("kind", EXPLORERS, ids=lambda kind: kind.__name__)


@pytest.fixture(autouse=True)
def coarse_pictures(monkeypatch):
    """Draw fewer pixels: two pictures are compared here, never looked at."""
    for module in list(sys.modules.values()):
        if module.__name__.startswith("convlab") and hasattr(module, "SHARPNESS"):
            monkeypatch.setattr(module, "SHARPNESS", COARSE)
    filter_scene._before.cache_clear()
    yield
    filter_scene._before.cache_clear()


@every_explorer
def test_it_needs_no_arguments_and_has_all_its_parts(kind):
    explorer = kind()
    assert isinstance(explorer, Explorer)
    assert dataclasses.is_dataclass(explorer.state)
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(explorer.state, dataclasses.fields(explorer.state)[0].name, None)
    assert isinstance(explorer.picture, widgets.Image)
    assert SAID in explorer.caption._dom_classes
    assert [isinstance(part, Spoken) for part in explorer.children].count(True) == 1
    assert len(explorer.describe(explorer.state)) > 20
    assert explorer.scene.figure is not None
    assert explorer.status.value == ""


@every_explorer
def test_every_control_has_a_label(kind):
    for name, control in kind().controls.items():
        label = getattr(control, "description", "") or getattr(control, "tooltip", "")
        assert label or getattr(control, "children", ()), name


@every_explorer
def test_every_control_over_its_whole_range(kind):
    explorer = kind()
    for name in explorer.controls:
        changed = set()
        for value in extremes(explorer.controls[name]):
            explorer.controls[name].value = value
            assert_true_to_its_state(explorer)
            changed.add((bytes(explorer.picture.value), explorer.details.value))
        if not getattr(explorer.controls[name], "disabled", False):
            assert len(changed) > 1 or len(extremes(explorer.controls[name])) < 2, name


@every_explorer
def test_every_choice_from_where_it_begins(kind):
    """Where the others stand at their ends, a choice may show nothing of what it changes."""
    explorer = kind()
    for control in explorer.controls.values():
        if isinstance(control, widgets.Checkbox | widgets.Dropdown):
            for value in extremes(control):
                control.value = value
                assert_true_to_its_state(explorer)
            explorer.reset()


@every_explorer
def test_random_driving(kind):
    explorer = kind()
    names = list(explorer.controls)

    # Few and long: single moves are checked above, and random ones below, after interrupts.
    @settings(max_examples=10, deadline=None, derandomize=True)
    @given(st.lists(st.tuples(st.sampled_from(names), st.floats(0, 1)), min_size=3, max_size=6))
    def drive(moves):
        for name, how_far in moves:
            move(explorer, name, how_far)
        assert_true_to_its_state(explorer)

    drive()


@every_explorer
def test_after_an_interrupt_the_next_move_draws_the_truth(kind):
    """The stop button is pressed after a random number of lines; then one control is moved."""
    explorer, chance, interrupted = kind(), random.Random(kind.__name__), 0
    for _ in range(20):
        with Interrupt(after=round(1500 ** chance.random())) as stop:
            move_somewhere(explorer, chance)
        interrupted += stop.came
        assert not stop.came or explorer.status.value or _is_true(explorer)
        move_somewhere(explorer, chance)
        assert_true_to_its_state(explorer)
    assert interrupted > 4


def _is_true(explorer):
    """Say whether the interrupt came before the move was taken, or after it was shown."""
    fresh = type(explorer.scene)()
    fresh.update(explorer.state)
    return explorer.picture.value == fresh.live()


@every_explorer
def test_a_closed_one_keeps_its_words_only(kind):
    """No widget stays registered, whatever was moved before, and nothing of its picture."""
    before = set(_instances)
    explorer = kind()
    own = explorer, explorer.layout
    parts = [weakref.ref(part) for part in every_widget(explorer) if part not in own]
    scene = [weakref.ref(part) for part in (explorer.scene, explorer.scene.figure)]
    show_move_and_close(explorer)
    gc.collect()
    assert set(_instances) == before
    assert [part() for part in (*parts, *scene) if part() is not None] == []
    assert set(vars(explorer)) <= KEPT
    explorer.close()
    assert repr(explorer).startswith(f"{kind.__name__}: ")
    assert explorer._repr_mimebundle_() == ({"text/plain": repr(explorer)}, {})


@pytest.mark.parametrize("kind", [explore.Sweep, explore.FilterLab, explore.SeeThrough])
def test_a_closed_one_keeps_little_memory(kind):
    """Measured for a scene, for pictures, a reader's own included, and for a network."""
    tracemalloc.start()  # before the caches are filled: what they replace later is given back
    try:
        for _ in range(2):  # the second with what the first one left: a picture it uploaded
            show_move_and_close(kind())
        memory = collected_memory()
        explorer = kind()
        show_move_and_close(explorer)
        assert collected_memory() - memory < 0.5 * 2**20
    finally:
        tracemalloc.stop()


def show_move_and_close(explorer):
    explorer._repr_mimebundle_()
    for name in explorer.controls:
        move_to_another_end(explorer, name)
    explorer.close()


def collected_memory():
    gc.collect()
    return tracemalloc.get_traced_memory()[0]


@every_explorer
def test_reset_puts_everything_back(kind):
    explorer = kind()
    before, picture = values_of(explorer), bytes(explorer.picture.value)
    for how_far in (1.0, 0.0, 0.4):
        for name in explorer.controls:
            move(explorer, name, how_far)
    explorer.reset_button.click()
    assert values_of(explorer) == before
    assert bytes(explorer.picture.value) == picture
    assert explorer.notice.value == ""


@every_explorer
def test_what_had_to_yield_comes_back_when_there_is_room(kind):
    """A control is moved through its range and back: all others stand where they stood."""
    explorer = kind()
    for name, control in explorer.controls.items():
        before, values = values_of(explorer), extremes(control)
        entailed = set(explorer.entails(name, before)) - {"preset"}
        if entailed or not values or name in ("upload", "preset"):
            continue
        for value in (values[0], values[-1], before[name]):
            control.value = value
        assert values_of(explorer) | {"preset": 0} == before | {"preset": 0}, name


@every_explorer
def test_start_values_are_given_by_name(kind):
    for name, control in kind().controls.items():
        for value in extremes(control)[-1:]:
            assert kind(**{name: value}).status.value == ""
    with pytest.raises(TypeError, match="`no_such_control` is no control of"):
        kind(no_such_control=1)


@every_explorer
def test_a_start_value_that_makes_no_sense_is_named(kind):
    for name in kind().controls:
        with pytest.raises((TypeError, ValueError), match=f"`{name}` .*<object object at"):
            kind(**{name: object()})


@every_explorer
def test_what_only_looks_like_a_start_value_is_named(kind):
    """To Python True is 1, and text may be read as a number or taken apart into letters.

    One control of each type is tried: nothing but the type decides.
    """
    tried = set()
    for name, control in kind().controls.items():
        takes_truth = any(value is True for value in extremes(control))
        takes_text = isinstance(control, widgets.Dropdown)
        if (what := (type(control), takes_truth)) in tried:
            continue
        tried.add(what)
        kinds = [np.True_, {1, 2}, {1: 1, 2: 2}, "3" if not takes_text else b"3"]
        for value in [*kinds, *([] if takes_truth else [True])]:
            with pytest.raises((TypeError, ValueError), match=f"`{name}` "):
                kind(**{name: value})


@every_explorer
def test_a_start_value_out_of_range_is_named_with_its_range(kind):
    for name, control in kind().controls.items():
        if isinstance(control, Pair):
            beyond = [(control.min[0] - 1, control.min[1]), (10**7, 10**7)]
        elif isinstance(control, Stepper | widgets.IntSlider | widgets.BoundedIntText):
            beyond = [control.min - 1, 10**7]
        else:
            continue
        for value in beyond:
            with pytest.raises(ValueError, match=rf"`{name}` .*{re.escape(repr(value))}"):
                kind(**{name: value})


@every_explorer
def test_two_of_a_kind_do_not_share_their_state(kind):
    one, other = kind(), kind()
    before = other.picture.value
    for name in one.controls:
        move(one, name, 1.0)
        move(one, name, 0.0)
    assert other.picture.value == before


@every_explorer
def test_it_shows_a_still_picture_without_a_kernel(kind):
    explorer = kind()
    bundle, metadata = explorer._repr_mimebundle_()
    assert base64.b64decode(bundle["image/png"]) == explorer.scene.still()
    assert bundle["image/png"].startswith("iVBORw0KGgo")
    assert metadata["image/png"]["width"] == explorer.scene.width
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert bundle["text/plain"] == repr(explorer) == repr(kind())
    assert not re.search(r"<[a-z/]", repr(explorer))


@every_explorer
def test_it_saves_what_it_shows(kind, tmp_path):
    explorer = kind()
    explorer.save(tmp_path / "still.png")
    explorer.save(tmp_path / "still.svg")
    assert (tmp_path / "still.png").read_bytes() == explorer.scene.png()
    assert "<svg" in (tmp_path / "still.svg").read_text()
    explorer.save(tmp_path / "still.pdf")
    assert (tmp_path / "still.pdf").read_bytes().startswith(b"%PDF")
    explorer.save(tmp_path / "steps.gif", interval=200)
    explorer.save(tmp_path / "steps.html")
    played = explorer.controls[explorer.plays]
    steps = len(export.values(played))
    if explorer.plays == "step":
        steps = -(-played.max // explorer.saved_every) + 1
    with Image.open(tmp_path / "steps.gif") as gif:
        assert 1 < gif.n_frames <= steps
        assert gif.info["loop"] == 0
        assert gif.info["duration"] == 200
    page = (tmp_path / "steps.html").read_text()
    assert len(re.findall(r"data:image/(?:png|webp);base64,", page)) == steps + 1  # one is shown
    assert "://" not in re.sub(r"http://www.w3.org/\S+", "", page)
    with pytest.raises(ValueError, match=r"`path` must end in .* got '.*jpeg'"):
        explorer.save(tmp_path / "still.jpeg")
    assert_true_to_its_state(explorer)


@every_explorer
def test_a_failing_update_is_shown_in_red_and_raised(kind, monkeypatch):
    explorer = kind()
    name = next(n for n, c in explorer.controls.items() if len(extremes(c)) > 1)
    values = [v for v in extremes(explorer.controls[name]) if v != explorer.controls[name].value]
    with monkeypatch.context() as patch:
        patch.setattr(explorer.scene, "update", lambda _: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            explorer.controls[name].value = values[0]
    assert "ZeroDivisionError: division by zero" in explorer.status.value
    assert 'role="alert"' in explorer.status.value
    explorer.controls[name].value = values[-1]
    explorer.controls[name].value = values[0]
    assert_true_to_its_state(explorer)
