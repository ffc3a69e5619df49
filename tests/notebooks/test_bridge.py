"""The lines that redo a convolution in other frameworks use arguments that those have."""

import ast
import json
import re
from pathlib import Path

import nbformat
import numpy as np
import pytest

from convlab.convolution import conv2d

ROOT = Path(__file__).parents[2]
PUBLISHED = json.loads((ROOT / "tests/oracles/frameworks.json").read_text("utf-8"))
LESSON = ROOT / "notebooks/04_stack_channels.ipynb"


def written():
    """Return the Python blocks of the lesson's text, one for each framework."""
    notebook = nbformat.read(LESSON, as_version=4)
    texts = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    return [block for text in texts for block in re.findall(r"```python\n(.*?)```", text, re.S)]


@pytest.mark.parametrize("name", list(PUBLISHED))
def test_each_framework_is_called_by_arguments_that_it_has(name):
    calls = [
        node
        for block in written()
        for node in ast.walk(ast.parse(block))
        if isinstance(node, ast.Call) and f".{name}".endswith(f".{ast.unparse(node.func)}")
    ]
    assert len(calls) == 1
    (call,) = calls
    named = {keyword.arg for keyword in call.keywords}
    assert named <= set(PUBLISHED[name]["parameters"][len(call.args) :])
    assert len(call.args) == 2


def test_each_block_has_at_most_four_lines():
    assert len(written()) == 3
    assert all(len(block.strip().splitlines()) <= 4 for block in written())


def test_moving_the_axes_gives_the_same_numbers():
    """What the text says of NHWC: the same convolution, its axes in another order."""
    rng = np.random.default_rng(4)
    x, w = rng.normal(size=(2, 3, 6, 7)), rng.normal(size=(5, 3, 3, 2))
    nhwc, hwio = x.transpose(0, 2, 3, 1), w.transpose(2, 3, 1, 0)
    by_loops = np.zeros((2, 4, 6, 5))
    for e, r, c, f in np.ndindex(by_loops.shape):
        by_loops[e, r, c, f] = (nhwc[e, r : r + 3, c : c + 2] * hwio[..., f]).sum()
    np.testing.assert_allclose(conv2d(x, w).transpose(0, 2, 3, 1), by_loops)
