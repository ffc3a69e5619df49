"""`conv2d` against its definition, scipy, and published worked examples."""

import numpy as np
import pytest
from hypothesis import given
from numpy.testing import assert_allclose, assert_array_equal
from scipy.signal import convolve2d, correlate2d

from convlab.convolution import BAND, conv2d, conv2d_loops, flip
from convlab.geometry import Geometry
from tests.strategies import operands, oracle

X = np.arange(20.0).reshape(4, 5) ** 1.3
W = np.array([[1.0, -2.0, 3.0], [0.5, 4.0, -1.0]])


@pytest.mark.parametrize("case", oracle("worked_examples")["conv"], ids=lambda c: c["name"])
@pytest.mark.parametrize("convolve", [conv2d, conv2d_loops])
def test_published_examples(case, convolve):
    padding = tuple(map(tuple, case["padding"]))
    y = convolve(case["x"], case["weight"], stride=case["stride"], padding=padding)
    assert_array_equal(y, case["y"])


@given(operands())
def test_fast_equals_definition(case):
    x, weight, bias, layout = case
    assert_allclose(
        conv2d(x, weight, bias, **layout), conv2d_loops(x, weight, bias, **layout), atol=1e-12
    )


def _correlate(image, kernel):
    return sum(correlate2d(*channel, "valid") for channel in zip(image, kernel, strict=True))


@given(operands())
def test_equals_scipy_channel_by_channel(case):
    x, weight, bias, layout = case
    geometry = Geometry(x.shape[-2:], weight.shape[-2:], **layout)
    images = x.reshape(-1, 1 if x.ndim == 2 else x.shape[-3], *x.shape[-2:])
    bank = weight.reshape(-1, images.shape[1], *weight.shape[-2:])
    spread = np.zeros((*bank.shape[:2], *geometry.span))
    spread[..., :: geometry.dilation[0], :: geometry.dilation[1]] = bank
    padded = np.pad(images, ((0, 0), (0, 0), *geometry.padding))
    every = np.array([[_correlate(image, kernel) for kernel in spread] for image in padded])
    expected = every[..., :: geometry.stride[0], :: geometry.stride[1]] + bias.reshape(-1, 1, 1)
    y = conv2d(x, weight, bias, **layout)
    assert_allclose(y.reshape(expected.shape), expected, atol=1e-12)


def test_flipping_turns_correlation_into_convolution():
    assert_allclose(conv2d(X, flip(W)), convolve2d(X, W, "valid"))
    assert_allclose(conv2d(X, flip(W), padding="full"), convolve2d(X, W, "full"))
    assert not np.allclose(conv2d(X, W), convolve2d(X, W, "valid"))


def test_flip_is_its_own_inverse_and_leaves_channels_alone():
    bank = np.arange(24.0).reshape(2, 2, 2, 3)
    assert_array_equal(flip(flip(bank)), bank)
    assert_array_equal(flip(bank)[1, 0], bank[1, 0, ::-1, ::-1])
    with pytest.raises(ValueError, match=r"`weight` must have at least 2 axes, got shape \(3,\)"):
        flip([1, 2, 3])


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
@pytest.mark.parametrize("lead", [(), (1,), (3,), (2, 3)])
def test_floating_point_input_keeps_its_dtype(dtype, lead):
    x = np.ones((*lead, 4, 5), dtype)
    weight = np.ones((2, 3) if not lead else (2, lead[-1], 2, 3))
    bias = 1 if not lead else [1, 2]
    assert conv2d(x, weight, bias).dtype == dtype
    assert conv2d_loops(x, weight, bias).dtype == dtype


@pytest.mark.parametrize("dtype", [np.uint8, np.int64, np.bool_])
def test_integers_become_float64_and_do_not_wrap(dtype):
    y = conv2d(np.ones((3, 3), dtype), np.full((3, 3), -100))
    assert y.dtype == np.float64
    assert_array_equal(y, [[-900]])


def test_inputs_are_left_alone_and_the_result_is_fresh():
    x, weight = X.copy(), np.ones((1, 1))
    y = conv2d(x, weight)
    y += 1
    assert_array_equal(x, X)
    assert_array_equal(weight, [[1]])


def test_nan_and_infinity_stay_inside_their_windows():
    x = X.copy()
    x[0, 0] = np.nan
    y = conv2d(x, W)
    assert np.isnan(y[0, 0])
    assert np.isfinite(y.ravel()[1:]).all()


def test_any_strides_in_memory_are_read_right():
    big = np.arange(80.0).reshape(8, 10)
    assert_array_equal(conv2d(big[::2, ::-2], W), conv2d(big[::2, ::-2].copy(), W))
    assert_array_equal(conv2d(X.T.copy().T, W.T.copy().T), conv2d(X, W))


BANK = np.ones((2, 3, 2, 2))


@pytest.mark.parametrize("convolve", [conv2d, conv2d_loops])
@pytest.mark.parametrize(
    ("x", "weight", "bias", "error", "message"),
    [
        (np.ones((2, 4, 4)), BANK, None, ValueError, "got 3 in `weight`, 2 in `x`"),
        (
            X,
            BANK,
            None,
            ValueError,
            r"`weight` must have 2 axes for a 2-D input .*, got shape \(2, 3, 2, 2\) "
            r"for an input of shape \(4, 5\)",
        ),
        (np.ones((3, 4, 4)), W, None, ValueError, r"\(out, in, rows, cols\) otherwise"),
        (np.ones((3, 4, 4)), BANK[0], None, ValueError, "`weight` must have 2 or 4 axes"),
        (np.ones(4), W, None, ValueError, r"`x` must have 2, 3 or 4 axes, got shape \(4,\)"),
        (np.ones((0, 3)), W, None, ValueError, r"`x` must not be empty, got shape \(0, 3\)"),
        (X, np.ones((0, 0)), None, ValueError, "`weight` must not be empty"),
        (X, [[1, 2], [3]], None, ValueError, "`weight` must be a rectangular array"),
        (X, [["a"]], None, TypeError, "`weight` must hold real numbers, got dtype <U1"),
        (X * 1j, W, None, TypeError, "`x` must hold real numbers, got dtype complex128"),
        (X, W, [1, 2], ValueError, r"`bias` must have shape \(\), got \(2,\)"),
        (np.ones((3, 4, 4)), BANK, [1], ValueError, r"`bias` must have shape \(2,\), got \(1,\)"),
        (X, np.ones((5, 2)), None, ValueError, "`kernel_size` does not fit"),
    ],
)
def test_a_bad_argument_is_named(convolve, x, weight, bias, error, message):
    with pytest.raises(error, match=message):
        convolve(x, weight, bias)


def test_large_pictures_are_filled_band_by_band_without_a_seam():
    x = np.random.default_rng(0).normal(size=(311, 257))
    assert x.size > BAND
    assert_allclose(conv2d(x, W, stride=(1, 1)), correlate2d(x, W, "valid"), atol=1e-12)
    assert_allclose(conv2d(x[None, None], W[None, None])[0, 0], correlate2d(x, W, "valid"))


@pytest.mark.parametrize("groups", [1, 2])
@pytest.mark.parametrize("batch", [1, 500, 20_000])
def test_a_batch_longer_than_its_images_are_wide_equals_plain_loops(groups, batch, monkeypatch):
    """Inside, its images come last, and some are taken at a time: of these, one, two or all."""
    monkeypatch.setattr("convlab.strips.BATCH", batch)
    rng = np.random.default_rng(1)
    x, w = rng.normal(size=(5, 4, 6, 3)), rng.normal(size=(6, 4 // groups, 3, 2))
    layout = {"stride": (2, 1), "padding": ((1, 2), (0, 1)), "groups": groups}
    y = conv2d(x, w, **layout)
    assert y.flags.c_contiguous
    assert_allclose(y, conv2d_loops(x, w, **layout), atol=1e-12)
