"""The stepper: its words and formulas tell the numbers of the geometry, and keep their room."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convlab.convolution import conv2d
from convlab.explore import Backprop
from convlab.explore.backprop.backprop_numbers import BackpropState
from convlab.explore.backprop.derivation import STEPS, describe
from convlab.explore.backprop.worked_example import worked
from convlab.formatting import plain
from convlab.geometry import Geometry
from convlab.widgets import mathml
from tests.explore.backprop.test_worked_example import small_geometries

TWO_LINES = 235
"""Characters that fit into the two lines that a caption has."""
WIDE = 118
"""Symbols that fit into the one line that a formula has."""


def formula(state):
    return STEPS[state.step].formula(state)


def words(html):
    return re.sub("<[^>]+>", "", html)


def symbols(tex):
    """Return about what is seen of a formula: commands count as one symbol, colours as none."""
    tex = re.sub(r"\\textcolor\{#\w+\}", "", tex)
    tex = re.sub(r"\\frac\{(.*?)\}\{(.*?)\}", r"\2", tex)
    tex = re.sub(r"\\(qquad|quad)", "   ", tex)
    tex = re.sub(r"\\text\{([^}]*)\}", r"\1", tex)
    tex = re.sub(r"\\(left|right|tilde|hat|operatorname|mathrm)|\\[,;!]", "", tex)
    return re.sub(r"[{}^_&]", "", re.sub(r"\\[a-z]+", "#", tex))


@given(small_geometries(), st.integers(0, 35), st.integers(0, 8))
def test_captions_have_two_lines_at_most_and_formulas_one(geometry, cell, weight):
    n = worked(geometry)
    for step in range(len(STEPS)):
        state = BackpropState(geometry, step, cell % n.x.size, weight % n.weight.size)
        assert len(words(describe(state))) <= TWO_LINES, (step, words(describe(state)))
        if step != 6:
            assert len(symbols(formula(state))) <= WIDE, (step, symbols(formula(state)))


@given(small_geometries(), st.integers(0, 35), st.integers(0, 8))
def test_formulas_are_well_formed(geometry, cell, weight):
    n = worked(geometry)
    for step in range(len(STEPS)):
        state = BackpropState(geometry, step, cell % n.x.size, weight % n.weight.size)
        tex = formula(state)
        assert tex.count("{") == tex.count("}")
        assert tex.count(r"\left") == tex.count(r"\right") + tex.count(r"\leftarrow")
        assert "−" not in tex
        assert "nan" not in tex
        assert "$" not in tex


@given(small_geometries(), st.integers(0, 35), st.integers(0, 8))
def test_formulas_end_in_the_numbers_of_the_gradients(geometry, cell, weight):
    n = worked(geometry)
    cell, weight = cell % n.x.size, weight % n.weight.size
    u, v = divmod(weight, n.weight.shape[1])
    expected = {
        0: n.y[0, 0],
        3: n.gradients.x[0, 0],
        4: n.gradients.x.ravel()[cell],
        5: n.gradients.x.ravel()[cell],
        7: n.gradients.x.ravel()[cell],
        9: n.gradients.weight[u, v],
        10: n.gradients.weight[u, v],
        11: n.gradients.bias,
    }
    for step, value in expected.items():
        state = BackpropState(geometry, step, cell, weight)
        assert formula(state).endswith(f" = {plain(value).replace('−', '-')}")
        if step not in (5, 10):
            assert plain(value) in words(describe(state))


@given(small_geometries(), st.integers(0, 35))
def test_a_short_sum_in_a_formula_comes_to_what_stands_behind_it(geometry, cell):
    n = worked(geometry)
    tex = formula(BackpropState(geometry, 3, cell % n.x.size))
    *_, sum_, value = tex.split(" = ")
    if "cdots" not in sum_ and "cdot" in sum_:
        assert eval(sum_.replace(r"\cdot", "*")) == float(value)


def test_the_article_s_first_cell():
    explorer = Backprop(step=3)
    assert r"= 2 \cdot 3 = 6" in explorer.details.value
    assert "∂ℓ/∂x₁ = 6" in words(explorer.caption.value)
    explorer = Backprop(step=8)
    for symbol in ("x_{1}", "x_{2}", "x_{5}", "x_{6}"):
        assert symbol in explorer.details.value
    assert "x_{3}" not in explorer.details.value


def test_the_words_change_where_the_picture_of_the_derivation_does():
    plain_case = words(describe(BackpropState(Geometry(5, 3), 7)))
    strided = words(describe(BackpropState(Geometry(6, 3, stride=2, padding=1), 7)))
    assert "stride" not in plain_case
    assert "1 between its cells, for the stride" in strided
    assert "the padding's gradient is dropped" in strided
    assert "1 for what the stride left over" in strided
    uncovered = BackpropState(Geometry(5, 2, stride=3), 4, 2)
    assert "No window covers x₃" in words(describe(uncovered))
    assert "Empty rows" in words(describe(BackpropState(Geometry(5, 2, stride=3), 5)))
    assert "inserts zeros into O′" in words(describe(BackpropState(Geometry(5, 3, stride=2), 10)))
    assert "cropped" in words(describe(BackpropState(Geometry(6, 3, stride=2), 10)))
    assert "dilation 2 is the step" in words(
        describe(BackpropState(Geometry(5, 3, dilation=2), 10))
    )


def test_the_loss_before_and_after_is_told():
    n = worked(Geometry(4, 3))
    text = words(Backprop(step=12).caption.value)
    assert f"from {n.loss(n.y):.4g} to {n.loss(n.forward(*n.learned)):.4g}" in text


def test_only_the_pointers_that_a_step_looks_at_can_be_moved():
    explorer = Backprop()
    for step in range(len(STEPS)):
        explorer.controls["step"].value = step
        for name in ("cell", "weight"):
            assert explorer.controls[name].disabled == (STEPS[step].looks_at != name)
    assert [step.looks_at for step in STEPS].count("cell") == 3
    assert [step.looks_at for step in STEPS].count("weight") == 3


def test_the_pointers_stay_inside_a_smaller_input_and_kernel():
    explorer = Backprop(input=6, cell=36, step=4)
    explorer.controls["weight"].value = 8
    explorer.controls["input"].value = (2, 2)
    assert explorer.controls["cell"].value == 4
    assert explorer.controls["weight"].value < 4
    assert explorer.status.value == ""


def test_the_buttons_go_one_step_back_and_on_and_stop_at_the_ends():
    explorer = Backprop(step=11)
    back, on = explorer.children[1].children[:2]
    on.click()
    on.click()
    assert explorer.state.step == 12
    back.click()
    assert explorer.state.step == 11
    assert (back.tooltip, on.tooltip) == ("one step back", "one step on")


def test_a_saved_page_has_its_formulas_typeset(tmp_path):
    Backprop().save(tmp_path / "steps.html")
    page = (tmp_path / "steps.html").read_text("utf-8")
    assert "textcolor" not in page
    assert page.count("<math") > len(STEPS)


def test_a_saved_page_has_titles_where_nothing_typesets_formulas(tmp_path, monkeypatch):
    monkeypatch.setattr(mathml, "convert", None)
    Backprop().save(tmp_path / "steps.html")
    page = (tmp_path / "steps.html").read_text("utf-8")
    assert "textcolor" not in page
    assert page.count("<h2>") == len(STEPS) + 1  # one is shown


@pytest.mark.parametrize("name", ["stride", "dilation", "padding"])
def test_the_kernel_always_fits(name):
    explorer = Backprop(input=6)
    low, high = explorer.controls[name].min, explorer.controls[name].max

    @settings(max_examples=15, deadline=None)
    @given(st.integers(low[0], high[0]), st.integers(1, 6), st.integers(1, 3))
    def drive(value, size, kernel):
        explorer.controls[name].value = (value, value)
        explorer.controls["input"].value = (size, size)
        explorer.controls["kernel"].value = (kernel, kernel)
        g = explorer.state.geometry
        assert all(span <= n for span, n in zip(g.span, g.input_shape, strict=True))
        assert explorer.status.value == ""

    drive()


def test_a_single_output_is_not_counted_as_several():
    """Neither 'all 1 windows' nor '1 of its 1 entries': the smallest geometry reads well too."""
    for step in range(len(STEPS)):
        words = repr(Backprop(input=1, kernel=1, step=step))
        assert not re.search(r"\b(all|the|its) 1 |be 1 times|1 times that", words)


@pytest.mark.parametrize("step", [-1, 13])
def test_a_step_that_there_is_not_is_named_with_its_range(step):
    with pytest.raises(ValueError, match=rf"`step` of Backprop must be from 0 to 12.* got {step}"):
        Backprop(step=step)


def test_a_weight_that_the_kernel_lost_comes_back_with_it():
    explorer = Backprop(step=8, weight=8, cell=16)
    explorer.controls["kernel"].value = (2, 2)
    explorer.controls["input"].value = (3, 3)
    assert (explorer.state.weight, explorer.state.cell) == (3, 8)
    explorer.controls["input"].value = (4, 4)
    explorer.controls["kernel"].value = (3, 3)
    assert (explorer.state.weight, explorer.state.cell) == (8, 15)


@given(small_geometries(), st.integers(0, 35), st.integers(0, 8))
def test_each_step_says_something_and_every_condition_is_known(geometry, cell, weight):
    """A condition of that name may not hold; one that nobody knows would be a KeyError."""
    n = worked(geometry)
    for step in range(len(STEPS)):
        state = BackpropState(geometry, step, cell % n.x.size, weight % n.weight.size)
        assert any(state.conditions[when] for when in STEPS[step].sentences)


def test_every_condition_is_used():
    used = {when for step in STEPS for when in step.sentences}
    assert used == BackpropState(Geometry(4, 3)).conditions.keys()


@given(small_geometries(), st.integers(0, 35), st.integers(0, 8))
def test_the_words_count_what_the_matrix_holds(geometry, cell, weight):
    """C̃ is from `conv_matrix`: a row for each output, a column for each input."""
    n = worked(geometry)
    cell, weight = cell % n.x.size, weight % n.weight.size
    filled = n.matrix != 0
    first, outputs = filled[:, 0].sum(), len(filled)
    padding = geometry.padded_shape != geometry.input_shape
    alone = np.zeros(n.weight.shape)
    alone.flat[weight] = 1
    met = conv2d(np.ones(geometry.input_shape), alone, **geometry.layout).sum()
    said = [
        words(describe(BackpropState(geometry, step, cell, weight))) for step in range(len(STEPS))
    ]

    ones = filled[0].sum()
    assert f"holds {ones} weight{'' if ones == 1 else 's'} where" in said[0]
    missing = f"{n.weight.size - ones} of its {n.weight.size} weights fall on padding"
    assert (missing in said[0]) == padding

    assert ("feeds no output" in said[1]) == (first == 0)
    missed = outputs - first
    if first and missed:
        others = f"The other {missed} of the {outputs} outputs never see it."
        assert said[1].endswith("The other output never sees it." if missed == 1 else others)
    assert ("never see" in said[1]) == (0 < first < outputs)

    if outputs > 1:
        assert f": {first} of its {outputs} entr" in said[2]
        assert f"entries {'is a weight' if first == 1 else 'are weights'}." in said[2]
    else:
        assert f"its one entry is {'a weight' if first else '0'}." in said[2]

    assert ("No window covers" in said[4]) == (not filled[:, cell].any())
    empty = (~filled.any(axis=0)).sum()
    assert said[5].endswith(f"no window covers: {empty}." if empty else "not inverse.")

    zeros = outputs - int(met)
    times = f"On padding, {zeros} time{'' if zeros == 1 else 's'}, it is 0."
    assert said[8].endswith(times if zeros else f"∂{weight_name_of(n, weight)}.")
    assert ("in every one of" in said[8]) == (outputs > 1) == ("summed over all" in said[9])


def weight_name_of(n, weight):
    row, col = divmod(weight, n.weight.shape[1])
    return f"w{'₁₂₃'[row]},{'₁₂₃'[col]}"


@pytest.mark.parametrize(
    ("layout", "said", "unsaid"),
    [
        ({}, [], ["inserts", "cropped", "dilation"]),
        ({"stride": (1, 2)}, ["The stride (1, 2) inserts zeros into O′ first."], ["cropped"]),
        ({"stride": 2, "dilation": 2}, ["stride 2 inserts", "The dilation 2 is"], ["cropped"]),
        ({"stride": 3, "padding": 1}, ["are cropped (dashed)"], ["dilation"]),
    ],
)
def test_the_words_of_the_weight_gradient_name_stride_and_dilation(layout, said, unsaid):
    text = words(describe(BackpropState(Geometry(5, 3, **layout), 10)))
    assert all(part in text for part in said)
    assert not any(part in text for part in unsaid)


def test_the_formula_of_the_weight_gradient_has_the_indices_of_stride_and_dilation():
    """In the padded input, row rs + ud and column cs + vd."""
    tex = formula(BackpropState(Geometry((6, 5), (2, 3), stride=(2, 1), dilation=(1, 2)), 10))
    assert r"x_{2r + u,\;c + 2v}" in tex
    assert r"\sum_{r,c}" in tex


def test_the_formula_of_the_input_gradient_tells_the_dilation():
    assert "apart" in formula(BackpropState(Geometry(5, 3, dilation=(2, 1)), 7))
    assert "apart" not in formula(BackpropState(Geometry(5, 3, stride=2), 7))
    assert "insert" in formula(BackpropState(Geometry(5, 3, stride=2), 7))


def worth(tex, n):
    """Return what a sum in a formula comes to, its symbols replaced by the numbers they stand for.

    It is NaN where the formula was shortened.
    """
    grads, tex = n.grad_output.ravel(), re.sub(r"\\textcolor\{#\w+\}", "", tex)
    for pattern, value in (
        (r"\{\\frac\{\\partial \\ell\}\{\\partial y_\{(\d+)\}\}\}", lambda j: grads[int(j) - 1]),
        (r"\{x_\{(\d+)\}\}", lambda i: n.x.ravel()[int(i) - 1]),
        (r"\{w_\{(\d),(\d)\}\}", lambda u, v: n.weight[int(u) - 1, int(v) - 1]),
        (r"\{b\}", lambda: n.bias),
    ):
        tex = re.sub(pattern, lambda m, value=value: f"({float(value(*m.groups()))})", tex)
    tex = tex.replace(r"\cdots", "float('nan')").replace(r"\cdot", "*").replace(")(", ")*(")
    return eval(tex)


@given(small_geometries(), st.integers(0, 8))
def test_the_symbols_of_a_sum_stand_for_its_numbers(geometry, weight):
    n = worked(geometry)
    for step in (0, 3, 9):
        tex = formula(BackpropState(geometry, step, weight=weight % n.weight.size))
        _, *sums, value = tex.split(r"\qquad ")[-1].split(" = ")
        for part in sums:
            assert r"\sum" in part or np.isnan(worth(part, n)) or worth(part, n) == float(value)


@given(small_geometries(), st.integers(0, 8))
def test_the_cells_that_a_weight_meets_are_listed_with_their_values(geometry, weight):
    n = worked(geometry)
    tex = formula(BackpropState(geometry, 8, weight=weight % n.weight.size))
    names, values = (part.split(r",\; ") for part in re.findall(r" = \\left\((.*?)\\right\)", tex))
    for name, value in zip(names, values, strict=True):
        assert name == value == r"\dots" or worth(name, n) == float(value)


def test_the_words_say_what_a_bias_per_product_would_be():
    text = words(Backprop(step=11).caption.value)
    assert text.endswith("of ∂ℓ/∂O: 7. (Counted per product it would be 9 times that: 63.)")
