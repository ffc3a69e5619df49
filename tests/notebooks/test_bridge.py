"""The lines that redo a convolution in other frameworks use arguments that those have."""

import ast
import json
import re
import sys
from pathlib import Path
from types import SimpleNamespace

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


def by_loops(x, w, stride):
    """Slide kernels w, (out, in, rows, columns), over padded examples x, NCHW."""
    rows, cols = (np.subtract(x.shape[2:], w.shape[2:]) // stride) + 1
    y = np.zeros((len(x), len(w), rows, cols))
    for e, f, r, c in np.ndindex(y.shape):
        down, across = r * stride[0], c * stride[1]
        window = x[e, :, down : down + w.shape[2], across : across + w.shape[3]]
        y[e, f, r, c] = (window * w[f]).sum()
    return y


def padded(x, sides):
    return np.pad(x, ((0, 0), (0, 0), *sides))


def torch_conv2d(x, weight, bias, stride, padding):
    """NCHW and OIHW; `padding` is added on both sides of both axes."""
    sides = ((padding, padding), (padding, padding))
    return by_loops(padded(x, sides), weight, (stride, stride)) + bias.reshape(1, -1, 1, 1)


def keras_conv(inputs, kernel, strides, padding):
    """Channels last, and kernels of (rows, columns, in, out)."""
    assert padding == "valid"
    x, w = np.moveaxis(inputs, -1, 1), np.moveaxis(kernel, (3, 2), (0, 1))
    return np.moveaxis(by_loops(x, w, (strides, strides)), 1, -1)


def jax_conv(lhs, rhs, window_strides, padding, dimension_numbers):
    """Axes as they are named; `padding` before and after each of them."""
    assert dimension_numbers == ("NCHW", "OIHW", "NCHW")
    return by_loops(padded(lhs, padding), rhs, window_strides)


STAND_INS = {
    "torch": SimpleNamespace(
        from_numpy=np.asarray, nn=SimpleNamespace(functional=SimpleNamespace(conv2d=torch_conv2d))
    ),
    "keras": SimpleNamespace(ops=SimpleNamespace(conv=keras_conv)),
    "jax": SimpleNamespace(lax=SimpleNamespace(conv_general_dilated=jax_conv)),
}
"""What the frameworks document of the one function that each block calls, in plain loops."""


@pytest.mark.parametrize("name", list(STAND_INS))
def test_each_block_gives_what_conv2d_gives(name, monkeypatch):
    (block,) = [text for text in written() if f"import {name}" in text]
    monkeypatch.setitem(sys.modules, name, STAND_INS[name])
    rng = np.random.default_rng(5)
    x, w, b = (rng.normal(size=size) for size in ((2, 3, 7, 9), (5, 3, 3, 2), (5,)))
    names = {"x": x, "w": w, "b": b}
    exec(block, names)
    y = names["y"] if name != "keras" else names["y"].transpose(0, 3, 1, 2)
    np.testing.assert_allclose(y, conv2d(x, w, b, stride=2, padding=1))
