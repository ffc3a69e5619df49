"""What the explorers draw: each picture looks like its baseline."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

import convlab.explore
from tests.pictures.states import STATES
from tools import pictures


@pytest.fixture(params=pictures.names(), ids="-".join)
def name(request):
    return request.param


def test_a_picture_looks_like_its_baseline(name):
    explorer, state = name
    shown = pictures.built(explorer, state)
    try:
        for control, setting in STATES[explorer][state].items():
            if control in shown.controls:  # others are arrays of the reader's own
                value = shown.controls[control].value
                assert value == setting, f"`{control}` did not take {setting}, it is {value}"
        pictures.check(explorer, state, pictures.drawn(explorer, shown))
    finally:
        shown.close()


def test_each_explorer_has_its_start_and_three_states_that_tell_more():
    assert set(STATES) == set(convlab.explore.__all__)
    for explorer, states in STATES.items():
        assert states["start"] == {}
        assert len({str(settings) for settings in states.values()}) == len(states) >= 4, explorer


def test_the_folder_holds_a_picture_for_each_state_and_no_other_and_is_small():
    assert not pictures.orphans(), "`make pictures` removes them"
    sizes = [pictures.baseline(*name).stat().st_size for name in pictures.names()]
    assert sum(sizes) < 2e6


def _scene(shift=0.0, *, fill="#C6DFED", ink="#1F2933"):
    """A cell with a cross in it, drawn ten times as large: `shift` is in pixels."""
    large = Image.new("RGB", (1600, 1200), "white")
    pen = ImageDraw.Draw(large)
    pen.rectangle((200, 200, 1000, 1000), fill=fill)
    move = round(10 * shift)
    pen.line((500 + move, 500, 600 + move, 700), fill=ink, width=25)
    pen.line((600 + move, 500, 500 + move, 700), fill=ink, width=25)
    return pictures.small(large.reduce(10), 2)


@pytest.mark.parametrize("shift", [0.0, 0.3, 0.7])
def test_letters_may_move_by_less_than_a_pixel(shift):
    difference = pictures.compare(_scene(shift), _scene())
    assert not difference.exceeds(pictures.tolerance("Sweep")), difference


@pytest.mark.parametrize(
    "other",
    [_scene(8), _scene(ink="#C6DFED"), _scene(fill="#C6E8DE")],
    ids=["moved", "gone", "another tint"],
)
def test_a_letter_that_moved_or_is_gone_and_another_tint_are_seen(other):
    assert pictures.compare(other, _scene()).exceeds(pictures.tolerance("Sweep"))
    assert pictures.compare(_scene(), other).exceeds(pictures.tolerance("Sweep"))


def test_a_row_more_on_top_is_no_difference_and_another_size_is():
    whole = np.asarray(_scene())
    taller = Image.fromarray(np.pad(whole, ((1, 0), (0, 0), (0, 0)), constant_values=255))
    larger = Image.fromarray(np.pad(whole, ((2, 0), (0, 0), (0, 0)), constant_values=255))
    assert pictures.compare(taller, _scene()) == pictures.Difference(0.0, 0.0)
    assert pictures.compare(larger, _scene()) == pictures.EVERYTHING


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """Baselines and failures in a folder of their own."""
    monkeypatch.setattr(pictures, "ROOT", tmp_path)
    monkeypatch.setattr(pictures, "BASELINE", tmp_path / "baseline")
    monkeypatch.setattr(pictures, "FAILED", tmp_path / "failed")
    return tmp_path


def test_a_picture_that_fails_is_shown_and_the_command_that_accepts_it_named(elsewhere):
    (elsewhere / "baseline").mkdir()
    _scene(8).save(elsewhere / "baseline" / "Sweep-start.png")
    with pytest.raises(
        AssertionError, match=r'failed/Sweep-start\.png.*make pictures NAMES="Sweep"'
    ):
        pictures.check("Sweep", "start", _scene())
    with Image.open(elsewhere / "failed" / "Sweep-start.png") as sheet:
        assert sheet.size == (80, 3 * (60 + 8))
    pictures.check("Sweep", "start", _scene(8))
    assert not (elsewhere / "failed" / "Sweep-start.png").exists()
    with pytest.raises(AssertionError, match=r'no baseline.*make pictures NAMES="Rings"'):
        pictures.check("Rings", "start", _scene())


def test_only_what_differs_is_written_and_orphans_are_removed(elsewhere, capsys):
    pictures.main(["Rings"])
    kept = sorted((elsewhere / "baseline").iterdir())
    assert [path.stem for path in kept] == sorted(f"Rings-{state}" for state in STATES["Rings"])
    good = kept[0].read_bytes()
    kept[1].write_bytes(good)
    (elsewhere / "baseline" / "Rings-gone.png").write_bytes(good)
    capsys.readouterr()
    pictures.main(["Rings"])
    written = [f"wrote baseline/{kept[1].name}", "removed baseline/Rings-gone.png"]
    assert capsys.readouterr().out.splitlines() == written
    assert kept[1].read_bytes() != good
    pictures.main(["Rings"])
    assert "within the tolerance" in capsys.readouterr().out


def test_an_explorer_without_states_is_refused(capsys):
    with pytest.raises(SystemExit):
        pictures.main(["Swep"])
    assert "no states for Swep; known: Backprop" in capsys.readouterr().err
