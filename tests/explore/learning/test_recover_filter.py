"""The descent explorer: its path is the core's, and its words are true of it."""

import re

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy import signal

from convlab.explore import RecoverFilter
from convlab.explore.learning import charts
from convlab.explore.learning import recover_words as words
from convlab.explore.learning.recover_numbers import STEPS, WHOLE, slice_losses
from convlab.explore.learning.recover_pictures import (
    HIDDEN,
    ONE_GREY,
    OWN,
    PICTURES,
    SECRET,
    SIDE,
    after,
    before,
)
from convlab.explore.learning.recover_scene import RecoverScene, kernel_board, surface
from convlab.recovery import recover_kernel
from tests.explore.driving import extremes


def text(explorer):
    return re.sub("<[^>]+>", "", words.describe(explorer.state)).replace("\u00a0", " ")


@pytest.mark.parametrize("picture", list(PICTURES))
def test_the_target_is_scipys_correlation(picture):
    x, weights = before(picture), HIDDEN[SECRET]
    assert x.shape == (SIDE, SIDE)
    assert x.min() >= 0
    assert x.max() <= 1
    assert_allclose(after(picture, weights), signal.correlate2d(x, weights, "valid"), atol=1e-12)


def test_the_secret_is_unlike_its_rotations_and_mirror_images():
    secret = np.array(HIDDEN[SECRET])
    others = [np.rot90(secret, n) for n in (1, 2, 3)] + [secret[::-1], secret[:, ::-1]]
    assert not any(np.array_equal(secret, other) for other in others)


def test_each_step_is_the_cores_descent_of_so_many_steps():
    explorer = RecoverFilter(hidden="emboss", rate=0.3, momentum=0.5, batch=3, crop=8, start=2)
    first = np.random.default_rng(2).normal(scale=0.5, size=(3, 3))
    x, weights = before("photograph"), HIDDEN["emboss"]
    settings = {"step": 0.3, "momentum": 0.5, "batch": 3, "crop": 8, "start": first}
    for step in (0, 1, 7, 150):
        explorer.controls["step"].value = step
        path = recover_kernel(x, after("photograph", weights), steps=step, **settings)
        assert_array_equal(explorer.state.kernel, path.kernels[-1])
        assert explorer.state.loss == path.losses[-1]
        assert_allclose(explorer.state.made, signal.correlate2d(x, path.kernels[-1], "valid"))


def test_a_step_back_shows_the_very_same_picture():
    explorer = RecoverFilter(step=30)
    seen = explorer.picture.value
    explorer.controls["step"].value = 31
    assert explorer.picture.value != seen
    explorer.controls["step"].value = 30
    assert explorer.picture.value == seen


def test_a_path_is_computed_once_for_its_settings(monkeypatch):
    from convlab.explore.learning import recover_numbers

    explorer = RecoverFilter(start=7, rate=0.26)  # no other test has been here
    monkeypatch.setattr(recover_numbers, "recover_kernel", lambda *_, **__: 1 / 0)
    for step in (3, 60, 2):
        explorer.controls["step"].value = step
    explorer.controls["revealed"].value = True
    with pytest.raises(ZeroDivisionError):
        explorer.controls["start"].value = 8


@pytest.mark.parametrize("momentum", [0.0, 0.9])
def test_the_words_part_too_long_a_step_from_one_that_is_not(momentum):
    """The whole picture at each step: the limit is then exact."""
    settings = {"momentum": momentum, "crop": WHOLE, "start": 1}
    limit = RecoverFilter(**settings).state.descent.longest
    rate = np.floor(limit * 50) / 50
    below = RecoverFilter(rate=rate, step=STEPS, **settings)
    assert not below.state.path.diverged
    assert "is below" in text(below)
    assert "Diverged" not in text(below)
    above = RecoverFilter(rate=rate + 0.1, **settings)
    above.controls["step"].value = STEPS
    state = above.state
    assert state.path.diverged
    assert state.step == state.last < STEPS
    rule = "2(1 + μ)/λ" if momentum else "2/λ"
    for part in (
        f"Diverged, and stopped after {state.last} of {STEPS} steps",
        f"η = {rate + 0.1:.2f}".rstrip("0"),
        f"is longer than {rule} = {limit:.2f}",
        f"λ = {2 * (1 + momentum) / limit:.2f}",
    ):
        assert part in text(above)


def test_crops_that_are_steeper_than_the_whole_are_named():
    explorer = RecoverFilter(rate=1.0, momentum=0, crop=16, batch=1)
    explorer.controls["step"].value = STEPS
    assert explorer.state.path.diverged
    assert explorer.state.descent.longest > 1.0
    assert "bright crops curve more" in text(explorer)


def test_a_path_that_was_cut_short_is_whole_again_with_a_shorter_step():
    explorer = RecoverFilter(step=150)
    explorer.controls["rate"].value = 3.0
    assert explorer.controls["step"].value == explorer.state.last < 20
    explorer.controls["rate"].value = 0.4
    assert explorer.controls["step"].value == 150


def test_no_state_holds_a_nan():
    """Filters up to the largest that can be typed, and step lengths up to the longest."""
    explorer = RecoverFilter()
    for weights in extremes(explorer.controls["weights"]):
        for rate in (0.02, 3.0):
            explorer.set_controls(weights=weights, rate=rate, step=STEPS, revealed=True)
            state = explorer.state
            assert explorer.status.value == ""
            assert np.isfinite(state.kernel).all()
            assert np.isfinite(state.made).all()
            assert np.isfinite([state.loss, state.error]).all()
            assert "nan" not in text(explorer)
            assert "inf" not in text(explorer)


def test_the_hidden_filter_is_not_said_before_it_is_shown():
    """Neither its weights are drawn, nor is its error told."""
    explorer = RecoverFilter(step=100)
    assert "error" not in text(explorer)
    drawn = RecoverScene().drawing(explorer.state)
    cells = kernel_board(explorer.state, 4)
    inside = [c for c in drawn.cells if cells.left <= c[:, 0].mean() <= cells.right]
    assert [c for c in inside if c[:, 1].mean() > 200] == []
    explorer.controls["revealed"].value = True
    assert f"The largest error is {explorer.state.error:.2f}".rstrip("0") in text(explorer)
    drawn = RecoverScene().drawing(explorer.state)
    inside = [c for c in drawn.cells if cells.left <= c[:, 0].mean() <= cells.right]
    assert len([c for c in inside if c[:, 1].mean() > 200]) == 9


@pytest.mark.parametrize(
    ("picture", "flat", "axis"), [(ONE_GREY, 8, None), ("upright stripes", 6, 0)]
)
def test_what_a_picture_cannot_tell_is_said_and_is_so(picture, flat, axis):
    explorer = RecoverFilter(picture=picture, hidden="emboss", step=STEPS, revealed=True)
    assert f"Not to be recovered: in {flat} of 9 directions the bowl is flat" in text(explorer)
    assert explorer.state.error > 0.5
    assert_allclose(explorer.state.difference.sum(axis=axis), 0, atol=1e-3)


def test_the_ratio_of_curvatures_is_numpys_condition_number():
    for picture in ("photograph", "noise", "the same, blurred"):
        state = RecoverFilter(picture=picture).state
        assert state.condition == pytest.approx(np.linalg.cond(state.descent.bowl.hessian))
        assert state.flat_directions == 0
    assert "1,614 thousand times smaller" in text(RecoverFilter(picture="the same, blurred"))


def test_the_surface_is_the_loss_over_two_weights():
    state = RecoverFilter(hidden="emboss", across=5, up=1).state
    x, t = before("photograph"), after("photograph", HIDDEN["emboss"])
    across, up = np.array([-1.0, 0.5, 3.0]), np.array([-2.0, 1.5])
    found = slice_losses(state, across, up)
    for (row, b), (col, a) in ((p, q) for p in enumerate(up) for q in enumerate(across)):
        weights = np.array(HIDDEN["emboss"])
        weights.ravel()[[5, 1]] = a, b
        y = signal.correlate2d(x, weights, "valid")
        assert found[row, col] == pytest.approx(((y - t) ** 2).mean() / 2)


def test_the_surface_holds_the_whole_path_and_the_hidden_filter():
    for settings in ({}, {"rate": 3.0}, {"hidden": "sharpen", "up": 3, "across": 4}):
        state = RecoverFilter(**settings).state
        chart = surface(state)
        flat = state.path.kernels.reshape(-1, 9)[:, [state.across, state.up]]
        points = np.vstack([flat, np.ravel(state.weights)[[state.across, state.up]]])
        edges = np.array([chart.across, chart.up])
        assert (points > edges[:, 0]).all()
        assert (points < edges[:, 1]).all()
        scales = np.ptp(edges, axis=1) / (chart.wide, chart.high)
        assert scales[0] == pytest.approx(scales[1])


def test_a_click_on_a_weight_puts_it_on_the_surface():
    explorer = RecoverFilter(across=0, up=4)
    where = kernel_board(explorer.state, 3)
    x, y = where.centre(1, 2)
    explorer._pick(x, y)
    assert (explorer.state.across, explorer.state.up) == (5, 0)
    explorer._pick(x, y)  # the same once more changes nothing
    assert (explorer.state.across, explorer.state.up) == (5, 0)
    explorer._pick(5, 5)
    assert (explorer.state.across, explorer.state.up) == (5, 0)


def test_one_weight_cannot_be_on_both_axes():
    explorer = RecoverFilter()
    for across in range(9):
        explorer.controls["across"].value = across
        assert explorer.state.up != across
        assert across not in [value for _, value in explorer.controls["up"].options]


def test_typing_makes_the_filter_ones_own_and_a_name_sets_the_weights():
    explorer = RecoverFilter()
    assert explorer.controls["weights"].layout.display == "none"
    assert explorer.controls["hidden"].options[-1][1] == OWN  # after the names of others
    explorer.controls["hidden"].value = OWN
    assert explorer.controls["weights"].layout.display == ""
    explorer.controls["weights"].value = np.arange(9.0).reshape(3, 3)
    assert explorer.controls["hidden"].value == OWN
    assert explorer.state.weights[2] == (6.0, 7.0, 8.0)
    explorer.controls["hidden"].value = "smooth"
    assert_allclose(explorer.state.weights, 1 / 9)
    explorer.controls["weights"].value = HIDDEN["emboss"]
    assert explorer.controls["hidden"].value == "emboss"


def test_where_crops_mean_nothing_they_are_greyed_out():
    explorer = RecoverFilter()
    assert not explorer.controls["batch"].disabled
    explorer.controls["crop"].value = WHOLE
    assert explorer.controls["batch"].disabled
    explorer.controls["crop"].value = 8
    explorer.controls["picture"].value = ONE_GREY
    assert explorer.controls["batch"].disabled
    assert explorer.controls["crop"].disabled


def test_two_lines_of_words_are_the_most():
    """A third would make the page jump; the page has room for about 112 letters in a line."""
    explorer = RecoverFilter(revealed=True)
    for picture in PICTURES:
        for rate in (0.4, 1.2, 3.0):
            for step in (0, STEPS):
                explorer.set_controls(picture=picture, rate=rate, step=step)
                assert len(text(explorer)) < 215, text(explorer)


def test_scales_are_round_and_hold_what_they_should():
    assert list(charts.rounds(0, 200, 6)) == [0, 50, 100, 150, 200]
    written = charts.rounds(-0.53, 0.81, 7).values()
    assert " ".join(written) == "−0.4 −0.2 0 0.2 0.4 0.6 0.8"
    names, (low, high) = charts.decades(np.array([-14.2, 2.1]))
    assert (low, high) == (-15, 3)
    assert len(names) <= 6
    assert charts.log_losses(np.array([0.0, 1e-30, 100])).tolist() == [-16, -16, 2]


def test_bands_halve_towards_the_bottom():
    losses = np.array([[8.0, 5.0, 3.9, 0.0]])
    shades = charts.bands(losses)[0, :, 0].tolist()
    assert shades[0] == shades[1] < shades[2] < shades[3] == 255
    assert (charts.bands(np.zeros((1, 2))) == charts.bands(np.zeros((1, 2)))[0, 0]).all()
