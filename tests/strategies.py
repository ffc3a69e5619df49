"""Random geometries and arrays for property tests."""

import json
from pathlib import Path

import numpy as np
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

settings.register_profile(
    "convlab",
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("convlab")


def pairs(low, high):
    """Pairs of ints from `low` to `high`."""
    return st.tuples(st.integers(low, high), st.integers(low, high))


@st.composite
def layouts(draw):
    """An input shape, a kernel shape, and a stride, padding and dilation that fit them."""
    kernel, stride, dilation = draw(pairs(1, 4)), draw(pairs(1, 3)), draw(pairs(1, 3))
    sides = draw(st.tuples(pairs(0, 3), pairs(0, 3)))
    word = draw(st.sampled_from([None, None, "same", "full", "valid"]))
    shape = []
    for axis in range(2):
        span = dilation[axis] * (kernel[axis] - 1) + 1
        smallest = max(1, span - (0 if word else sum(sides[axis])))
        shape.append(draw(st.integers(smallest, smallest + 5)))
    return tuple(shape), kernel, {"stride": stride, "padding": word or sides, "dilation": dilation}


@st.composite
def operands(draw):
    """An input, a bank of kernels, a bias and a layout: 2-D, with channels, or batched."""
    shape, kernel, layout = draw(layouts())
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    rank = draw(st.sampled_from([2, 3, 4]))
    out, depth, batch = (draw(st.integers(1, 3)) for _ in range(3))
    lead = {2: (), 3: (depth,), 4: (batch, depth)}[rank]
    bank = () if rank == 2 else (out, depth)
    x = rng.normal(size=(*lead, *shape))
    weight = rng.normal(size=(*bank, *kernel))
    bias = rng.normal(size=bank[:1])
    return x, weight, bias, layout


@st.composite
def grouped(draw):
    """An input with channels in groups, its bank of kernels, a bias and a layout with `groups`."""
    shape, kernel, layout = draw(layouts())
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    groups, out, depth = draw(st.integers(1, 3)), draw(st.integers(1, 2)), draw(st.integers(1, 2))
    lead = draw(st.sampled_from([(), (1,), (2,)]))
    x = rng.normal(size=(*lead, groups * depth, *shape))
    weight = rng.normal(size=(groups * out, depth, *kernel))
    return x, weight, rng.normal(size=groups * out), {**layout, "groups": groups}


def oracle(name):
    """Read one file of published numbers."""
    return json.loads((Path(__file__).parent / "oracles" / f"{name}.json").read_text())
