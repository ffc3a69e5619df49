"""What an explorer opens with: a few controls, and all of them at the press of a button."""

import pytest

from convlab.explore import FilterLab, Padding, Sweep


def tucked(explorer):
    """Return the names of the controls that the page does not show now."""
    few = "convlab-few" in explorer._dom_classes
    return {
        name
        for name, control in explorer.controls.items()
        if few and "convlab-tucked" in control._dom_classes
    }


def test_an_explorer_opens_with_the_controls_that_were_asked_for():
    explorer = Sweep(controls=("step", "input"), stride=2)
    assert tucked(explorer) == set(explorer.controls) - {"step", "input"}
    assert explorer.state.geometry.stride == (2, 2)  # a control need not be shown to be set


def test_more_shows_all_of_them_and_fewer_hides_them_again():
    explorer = Sweep(controls="step")
    explorer.more_button.value = True
    assert tucked(explorer) == set()
    explorer.more_button.value = False
    assert tucked(explorer) == set(explorer.controls) - {"step"}


def test_all_leaves_nothing_to_ask_for():
    explorer = Sweep(controls="all")
    assert tucked(explorer) == set()
    assert explorer.more_button.layout.display == "none"


def test_pairs_begin_tied_where_their_numbers_are_equal_and_are_so_again_after_a_reset():
    sweep = Sweep(stride=1, padding=(1, 2))  # by default its strides differ
    ties = {name: sweep.controls[name].tie.value for name in ("stride", "padding", "kernel")}
    assert ties == {"stride": True, "padding": False, "kernel": True}
    sweep.set_controls(stride=(2, 1))
    assert not sweep.controls["stride"].tie.value
    sweep.reset()
    assert sweep.controls["stride"].tie.value
    assert not Sweep().controls["stride"].tie.value


@pytest.mark.parametrize("names", ["steps", ("step", "colour")])
def test_a_control_that_does_not_exist_is_named(names):
    wrong = names if isinstance(names, str) else names[1]
    with pytest.raises(ValueError, match=f"`controls` must name controls of Sweep.*'{wrong}'"):
        Sweep(controls=names)


def test_what_an_explorer_opens_with_is_no_setting_of_a_preset():
    explorer = Padding(controls=("preset", "step"))
    assert explorer.controls["preset"].value == Padding().controls["preset"].value


def test_a_class_can_say_what_it_opens_with(monkeypatch):
    monkeypatch.setattr(FilterLab, "opens_with", ("kernel", "weights"))
    assert tucked(FilterLab()) == set(FilterLab().controls) - {"kernel", "weights"}
    assert tucked(FilterLab(controls="all")) == set()


@pytest.mark.parametrize(
    ("interval", "error", "message"),
    [
        (-5, ValueError, "`interval` must be at least 1, got -5"),
        ("<script>", TypeError, "`interval` must be an int, got '<script>'"),
        (2.5, TypeError, "`interval` must be an int, got 2.5"),
    ],
)
def test_the_pace_of_a_saved_sweep_is_a_number_of_milliseconds(tmp_path, interval, error, message):
    with pytest.raises(error, match=message):
        Sweep().save(tmp_path / "sweep.html", interval=interval)
