"""Formulas on pages without MathJax: nothing of TeX is left to be read."""

import pytest

from convlab.widgets.mathml import mathml


@pytest.mark.parametrize("display", ["inline", "block"])
def test_lines_that_are_aligned_become_a_table(display):
    made = mathml(r"\begin{aligned} &1. \quad a = b \\ &2. \quad c = d \end{aligned}", display)
    assert made.count("<mtr>") == 2
    assert "<mi>&</mi>" not in made
