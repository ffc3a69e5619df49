"""Formulas on pages without MathJax: nothing of TeX is left to be read."""

import pytest

from convlab.widgets.mathml import mathml


@pytest.mark.parametrize("display", ["inline", "block"])
def test_lines_that_are_aligned_become_a_table(display):
    made = mathml(r"\begin{aligned} &1. \quad a = b \\ &2. \quad c = d \end{aligned}", display)
    assert made.count("<mtr>") == 2
    assert "<mi>&</mi>" not in made


def test_an_exponent_stands_at_its_letter_whatever_is_above_that():
    """As TeX sets it; browsers put it above the accent."""
    made = mathml(r"\frac{1}{\tilde{O}} = \tilde C^\top x^2", "inline")
    assert made.count("<mpadded") == made.count("<mover>") == 2
    assert '<msup><mpadded height="0.7em"><mover>' in made


def test_a_prime_is_no_exponent():
    """Fonts raise it already; an index stands below, as before."""
    assert "<msup>" not in mathml("O' + \\tilde I'", "inline")
    made = mathml("O'_r", "inline")
    assert "<msub><mrow><mi>O</mi><mo>\N{PRIME}</mo></mrow><mi>r</mi></msub>" in made


def test_what_stands_in_a_formula_stays_escaped():
    assert "<mo>&lt;</mo>" in mathml("a < b", "inline")
