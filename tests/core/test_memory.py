"""What would take more memory or time than there is ends in an error, before it is taken."""

import re
import tracemalloc

import numpy as np
import pytest

from convlab.average_pooling import avg_pool2d, avg_pool2d_backward
from convlab.cards import checkerboard, shapes
from convlab.convolution import conv2d, conv2d_loops
from convlab.effective_field import effective_receptive_field
from convlab.gradients import conv2d_backward, conv2d_input_grad, conv2d_weight_grad
from convlab.layers import Layer
from convlab.matrix import conv_matrix, index_type
from convlab.max_pooling import max_pool2d, max_pool2d_backward, max_unpool2d
from convlab.memory import MEMORY_LIMIT, check_memory
from convlab.padding import pad
from convlab.patches import fold, patch_matrix
from convlab.transposed import conv_transpose2d

X, W, FAR = np.ones((5, 5)), np.ones((3, 3)), 10**5
ONE = np.ones((1, 1))
WIDE = {"stride": 10 * FAR, "padding": FAR}  # one window, and much padding around it
THICK, BANK = np.ones((3, 1000, 1000)), np.ones((2, 3, 100, 100))

PADDED = r"`padding` is too large: the padded input, .*200005 × 200005, would need 298.0 GiB, "
COPIES = r"a copy for each column of the kernel, .* would need 2.0 GiB"
TOO_LARGE = {
    "conv2d": (lambda: conv2d(X, W, padding=FAR), PADDED),
    "conv2d_loops": (lambda: conv2d_loops(X, W, padding=FAR), PADDED),
    "a wide kernel": (lambda: conv2d(THICK, BANK), "`x` is too large: " + COPIES),
    "many kernels": (
        lambda: conv2d(THICK, np.ones((200, 3, 1, 1))),
        "`x` is too large: the output, 1 × 200 × 1000 × 1000, would need 1.5 GiB",
    ),
    "patch_matrix": (lambda: patch_matrix(np.ones((2000, 2000)), 9), "`x` .* its patches, 9 × 9 ×"),
    "padded patches": (lambda: patch_matrix(X, 1, **WIDE), PADDED),
    "fold": (lambda: fold(ONE, 5, 1, **WIDE), PADDED),
    "max_pool2d": (lambda: max_pool2d(X, 2 * FAR, stride=FAR, padding=FAR), PADDED),
    "avg_pool2d": (lambda: avg_pool2d(X, 2 * FAR, stride=FAR, padding=FAR), PADDED),
    "max_pool2d_backward": (
        lambda: max_pool2d_backward(ONE, X, 2 * FAR, stride=10 * FAR, padding=FAR),
        PADDED,
    ),
    "avg_pool2d_backward": (
        lambda: avg_pool2d_backward(ONE, X, 2 * FAR, stride=10 * FAR, padding=FAR),
        PADDED,
    ),
    "max_unpool2d": (lambda: max_unpool2d(ONE, [[0]], FAR), "`input_shape` is too large"),
    "conv2d_input_grad": (lambda: conv2d_input_grad(ONE, ONE, 5, **WIDE), PADDED),
    "conv2d_weight_grad": (lambda: conv2d_weight_grad(ONE, X, 1, **WIDE), PADDED),
    "conv2d_backward": (
        lambda: conv2d_backward(np.ones((2, 901, 901)), THICK, BANK),
        "`grad_output` is too large: " + COPIES,
    ),
    "the weight's": (
        lambda: conv2d_weight_grad(np.ones((2, 901, 901)), THICK, 100),
        "`x` is too large: " + COPIES,
    ),
    "conv_transpose2d": (
        lambda: conv_transpose2d(X, W, stride=FAR),
        "`x` is too large: the output, 1 × 1 × 400003 × 400003",
    ),
    "pad with zeros": (lambda: pad(X, FAR), "`padding` .* 200005 × 200005"),
    "pad": (lambda: pad(X, FAR, "edge"), "`padding` .* 200005 × 200005"),
    "dense": (lambda: conv_matrix(W, 5, padding=FAR), "`input_shape` .*; say sparse=True"),
    "sparse": (
        lambda: conv_matrix(W, 5, padding=FAR, sparse=True),
        "`input_shape` is too large: the sparse matrix, .*; take a smaller input",
    ),
    "many channels": (
        lambda: conv_matrix(np.ones((64, 64, 3, 3)), 112, padding=1, sparse=True),
        "457736192, would need 5.1 GiB",
    ),
    "shapes": (lambda: shapes(10**6), "`size` is too large: .*; draw a smaller picture"),
    "checkerboard": (lambda: checkerboard(10**6), "`size` is too large: .*; draw a smaller"),
    "effective_receptive_field": (
        lambda: effective_receptive_field([Layer(1000)]),
        "`layers` must not take more than 2e[+]09 multiplications, got 4e[+]10 with `runs` 20",
    ),
}


@pytest.mark.parametrize("name", TOO_LARGE)
def test_an_error_comes_before_the_memory_is_taken(name):
    call, message = TOO_LARGE[name]
    tracemalloc.start()
    try:
        with pytest.raises(ValueError, match=message):
            call()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 2**26


@pytest.mark.parametrize("draw", [shapes, checkerboard])
def test_a_card_asks_for_what_it_is_drawn_with(draw):
    with pytest.raises(ValueError, match="what it is drawn with") as caught:
        draw(10**6)
    asked = int(re.search(r"(\d+) × 1000000 × 1000000", str(caught.value))[1])
    tracemalloc.start()
    draw(512)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert asked - 0.99 < peak / (512 * 512 * 8) < asked + 0.01


@pytest.mark.parametrize("size", [(2**15, 2**12), (2**27,)])
def test_the_limit_itself_is_allowed(size):
    assert MEMORY_LIMIT == 2**30
    check_memory("x", "it", size, 8, "take less")
    with pytest.raises(ValueError, match=r"`x` is too large: it, .* 1.0 GiB, .*; take less"):
        check_memory("x", "it", (*size[:-1], size[-1] + 1), 8, "take less")


def test_counts_do_not_wrap_around():
    with pytest.raises(ValueError, match="would need"):
        check_memory("x", "it", (np.int32(2**16), np.int32(2**16)), 8, "take less")


@pytest.mark.parametrize("sparse", [True, False])
def test_the_matrix_takes_little_more_than_itself_to_build(sparse):
    """Each of 8 × 8 kernels reaches over the whole input: the worst case for lists of places."""
    weight = np.ones((8, 8, 21, 21), np.float64)
    tracemalloc.start()
    matrix = conv_matrix(weight, 20, padding="same", sparse=sparse)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < (4 if sparse else 1.2) * matrix.data.nbytes


def test_indices_widen_where_they_must():
    assert index_type(3, 2**31 - 1) is np.int32
    assert index_type(2**31, 3) is np.int64


def test_random_fields_of_usual_stacks_are_within_the_limit():
    assert effective_receptive_field([Layer(3)] * 12, runs=1).shape == (25, 25)
    with pytest.raises(ValueError, match="`runs` 1 and `channels` 200"):
        effective_receptive_field([Layer(3)] * 20, runs=1, channels=200)
    assert effective_receptive_field([Layer(999)], weights="uniform").shape == (999, 999)
