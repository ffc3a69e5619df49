"""Every right answer, and what comes out of every mistake, once more by plain loops and hands.

None of this uses what the exercises are computed with. A value that is not proved here fails.
"""

import math
import re
from functools import cache

import numpy as np
import pytest

from convlab.exercises import EXERCISES, check
from convlab.exercises.marking.questions import Exercise

VALUES = {
    name: q
    for name, q in EXERCISES.items()
    if isinstance(q, Exercise) and re.match(r"[1-8]\.", name)  # the others have tests of their own
}
DIGITS = [[4, 7, 1, 8, 2], [9, 3, 6, 5, 0], [2, 8, 4, 1, 7], [6, 5, 9, 3, 8], [1, 0, 7, 2, 4]]
PICKS = [[0, 1, 0], [10, 0, 0], [0, 0, 100]]
SMALL = [[2, 7, 1, 8], [3, 6, 9, 4], [5, 1, 8, 2], [7, 4, 6, 3]]
SPREAD = [[5, 3, 0], [1, 10, 0], [2, 100, 7]]
BATCH = [[[[1, 2], [3, 4]], [[10, 20], [30, 40]]], [[[-1, 0], [2, 5]], [[0, -10], [5, 15]]]]


def starts(n, k, s=1, p=0, d=1, *, hanging=False):
    """Try one cell after the other; a window that hangs over the edge counts if it may."""
    places = [at for at in range(0, n + 2 * p, s) if at + d * (k - 1) < n + 2 * p]
    last = places[-1]
    return len(places) + (hanging and last + d * (k - 1) + 1 < n + 2 * p)


def sizes(shape, kernel, strides, pads, **kwargs):
    axes = zip(shape, kernel, strides, pads, strict=True)
    return tuple(starts(*axis, **kwargs) for axis in axes)


def turned(w):
    return [row[::-1] for row in w[::-1]]


def pixel(x, w, r, c, s=1, p=0, d=1):
    total = 0
    for u, weights in enumerate(w):
        for v, factor in enumerate(weights):
            i, j = r * s + u * d - p, c * s + v * d - p
            if 0 <= i < len(x) and 0 <= j < len(x[0]):
                total += factor * x[i][j]
    return total


def reached(layers, *, begin=0):
    """Walk down from unit 0, cell by cell, and return what it reads."""
    seen = {begin}
    for k, s, d in reversed(layers):
        seen = {unit * s + tap * d for unit in seen for tap in range(k)}
    return seen


def span(layers):
    seen = reached(layers)
    return max(seen) - min(seen) + 1


def layer(kernels, channels, side, bias=1):
    """Count the weights of a bank one by one, and its biases."""
    return sum(sum(1 for _ in np.ndindex(channels, side, side)) + bias for _ in range(kernels))


def windows_of(n, k, s, p):
    """Return how many windows read each cell of a row."""
    counts = [0] * n
    for place in range(starts(n, k, s, p)):
        for cell in range(place * s - p, place * s - p + k):
            if 0 <= cell < n:
                counts[cell] += 1
    return counts


def scattered(w, g, *, overwrite=False, rotated=False):
    """Hand each gradient back to its window."""
    w, g = np.array(turned(w) if rotated else w), np.array(g)
    grad = np.zeros(np.add(w.shape, g.shape) - 1)
    for r, c in np.ndindex(g.shape):
        for u, v in np.ndindex(w.shape):
            share = g[r, c] * w[u, v]
            grad[r + u, c + v] = share if overwrite else grad[r + u, c + v] + share
    return grad


def given_back(line, grads, *, ties=False, overwrite=False):
    out = [0] * len(line)
    for start, grad in enumerate(grads):
        window = line[start : start + 3]
        best = [start + i for i, value in enumerate(window) if value == max(window)]
        for cell in best if ties else best[:1]:
            out[cell] = grad if overwrite else out[cell] + grad
    return [out]


def halved(n, times, up=False):
    for _ in range(times):
        n = (n + up) // 2
    return n


def row_of(w, r, c):
    """Lay a 2 × 2 kernel on a 3 × 3 grid, and write the grid down."""
    grid = [[0] * 3 for _ in range(3)]
    for u, v in np.ndindex(2, 2):
        grid[r + u][c + v] = w[u][v]
    return grid


def flat(rows):
    return [value for row in rows for value in row]


def read_rows(n, k, s, *, hanging=False):
    count = starts(n, k, s, hanging=hanging)
    return {row for place in range(count) for row in range(place * s, place * s + k)}


@cache
def proved():
    """Return for every exercise its answer, and what comes out of each mistake in it."""
    line_w = [[1, 2], [3, 4]]
    unit_w, unit_g = [[5, -1], [2, 3]], [[1, 2], [3, -4]]
    a, b = (6, 12), (3, 3)
    table = {
        "1.1 output size": (
            sizes(a, b, (1, 2), (0, 0)),
            {
                "axes swapped": sizes(a, b, (1, 2), (0, 0))[::-1],
                "stride ignored": sizes(a, b, (1, 1), (0, 0)),
                "rounded up": sizes(a, b, (1, 2), (0, 0), hanging=True),
                "off by one": tuple(np.subtract(sizes(a, b, (1, 2), (0, 0)), 1)),
            },
        ),
        "1.2 one pixel": (
            pixel(DIGITS, PICKS, 1, 2),
            {
                "kernel flipped": pixel(DIGITS, turned(PICKS), 1, 2),
                "kernel mirrored": pixel(DIGITS, [row[::-1] for row in PICKS], 1, 2),
                "kernel transposed": pixel(DIGITS, np.transpose(PICKS), 1, 2),
                "axes swapped": pixel(DIGITS, PICKS, 2, 1),
                "counted from 1": pixel(DIGITS, PICKS, 0, 1),
            },
        ),
        "1.6 read the steps": ((2, 3), {"axes swapped": (3, 2), "stride ignored": (1, 1)}),
        "1.7 choose a kernel": (
            [k for k in range(1, 31, 2) if starts(30, k, 4) == 6],
            {
                "rounded up": [k for k in range(1, 31, 2) if starts(30, k, 4, hanging=True) == 6],
                "off by one": [k for k in range(1, 27, 2) if starts(30, k, 4) - 1 == 6],
                "stride ignored": [k for k in range(1, 31, 2) if starts(30, k) == 6],
            },
        ),
        "3.1 rings": ((8, span([(5, 1, 1)] * 3 + [(3, 1, 1)] * 2)), {"began at 0": (8, 16)}),
        "4.1 parameters": (
            layer(48, 6, 5),
            {
                "channels forgotten": layer(48, 1, 5),
                "bias forgotten": layer(48, 6, 5, bias=0),
                "bias per channel": layer(48, 6, 5, bias=6),
                "bias per product": layer(48, 6, 5, bias=6 * 5 * 5),
                "one kernel counted": layer(1, 6, 5),
                "channels swapped": layer(6, 48, 5),
            },
        ),
        "4.2 bias once": (
            sum(1 * 1 for _ in np.ndindex(3, 3, 3)) + 2,
            {
                "channels forgotten": sum(1 * 1 for _ in np.ndindex(3, 3)) + 2,
                "bias forgotten": sum(1 * 1 for _ in np.ndindex(3, 3, 3)),
                "bias per channel": sum(sum(1 * 1 for _ in np.ndindex(3, 3)) + 2 for _ in range(3)),
                "bias per product": sum(1 * 1 + 2 for _ in np.ndindex(3, 3, 3)),
            },
        ),
        "4.7 choose the groups": (
            [g for g in range(1, 13) if 12 % g == 18 % g == 0 and 18 * 12 // g * 9 < 700],
            {"one group counted": [2]},
        ),
        "4.8 read the bank": (
            (6, 2, 3, 2),
            {
                "groups ignored": (6, 4, 3, 2),
                "one group counted": (3, 2, 3, 2),
                "channels swapped": (2, 6, 3, 2),
                "axes swapped": (6, 2, 2, 3),
            },
        ),
        "5.1 forgotten division": (
            (pixel([[50] * 3] * 3, [[1, 2, 1], [2, 4, 2], [1, 2, 1]], 0, 0), 800 - 256 * 3),
            {"cast clips": (800, min(800, 255))},
        ),
        "5.2 shift down": (
            [[0, 1, 0], [0, 0, 0], [0, 0, 0]],
            {
                "moved the other way": [[0, 0, 0], [0, 0, 0], [0, 1, 0]],
                "kernel transposed": [[0, 0, 0], [1, 0, 0], [0, 0, 0]],
            },
        ),
        "5.3 products": (
            (
                sum(1 for _ in np.ndindex(20, 30, 9, 9)),
                sum(1 for _ in np.ndindex(20, 30, 9 + 9)),
            ),
            {"padding forgotten": (starts(20, 9) * starts(30, 9) * 81, 12 * 22 * 18)},
        ),
        "5.7 who made it": ((3, 4, 1, 2), {"axes swapped": (3, 2, 1, 4)}),
        "6.1 shape of the matrix": (
            (3 * math.prod(sizes((5, 6), (3, 2), (2, 1), (1, 1))), 2 * 5 * 6),
            {
                "matrix transposed": (2 * 5 * 6, 3 * 3 * 7),
                "channels forgotten": (math.prod(sizes((5, 6), (3, 2), (2, 1), (1, 1))), 5 * 6),
                "channels swapped": (2 * 3 * 7, 3 * 5 * 6),
                "stride ignored": (3 * math.prod(sizes((5, 6), (3, 2), (1, 1), (1, 1))), 60),
                "padding forgotten": (3 * math.prod(sizes((5, 6), (3, 2), (2, 1), (0, 0))), 60),
            },
        ),
        "6.2 one row": (
            flat(row_of(line_w, 1, 0)),
            {
                "flattened by columns": flat(np.transpose(row_of(line_w, 1, 0)).tolist()),
                "kernel flipped": flat(row_of(turned(line_w), 1, 0)),
                "kernel transposed": flat(row_of(np.transpose(line_w), 1, 0)),
                "axes swapped": flat(row_of(line_w, 0, 1)),
            },
        ),
        "6.7 read the matrix": (
            (2, 3, 1, 2),
            {
                "axes swapped": (3, 2, 2, 1),
                "stride ignored": (2, 3, 1, 1),
                "matrix transposed": (2, 3, 2, 1),
            },
        ),
        "7.1 one cell": (
            scattered(unit_w, unit_g)[1, 1],
            {
                "kernel not rotated": scattered(unit_w, unit_g, rotated=True)[1, 1],
                "kernel transposed": sum(
                    # what w.T would meet where the rotated kernel belongs
                    np.transpose(unit_w)[r][c] * unit_g[r][c]
                    for r, c in np.ndindex(2, 2)
                ),
                "= for +=": scattered(unit_w, unit_g, overwrite=True)[1, 1],
                "output gradient forgotten": scattered(unit_w, [[1, 1], [1, 1]])[1, 1],
            },
        ),
        "7.5 bias, by hand": (
            [sum(BATCH[e][f][r][c] for e, r, c in np.ndindex(2, 2, 2)) for f in range(2)],
            {
                "batch kept": [
                    [sum(BATCH[e][f][r][c] for r, c in np.ndindex(2, 2)) for f in range(2)]
                    for e in range(2)
                ],
                "bias summed wrongly": [16 / 8, 110 / 8],
                "output gradient forgotten": [2 * 2 * 2] * 2,
            },
        ),
        "7.8 read the gradient": (2, {}),
        "8.1 price": (
            (0, sum(1 for _ in np.ndindex(64, 64, 2, 2))),
            {"channels forgotten": (0, sum(1 for _ in np.ndindex(64, 2, 2)))},
        ),
        "8.2 where it goes": (
            given_back([2, 7, 7, 1, 7], (1, 10, 100)),
            {
                "every tie wins": given_back([2, 7, 7, 1, 7], (1, 10, 100), ties=True),
                "= for +=": given_back([2, 7, 7, 1, 7], (1, 10, 100), overwrite=True),
            },
        ),
        "8.6 three in a row": (
            (3, halved(50, 3), halved(40, 3)),
            {
                "rounded up": (3, halved(50, 3, up=True), halved(40, 3, up=True)),
                "stride ignored": (3, 50 - 3, 40 - 3),
                "axes swapped": (3, halved(40, 3), halved(50, 3)),
            },
        ),
        "8.8 read the pooling": ((3, 2), {"stride ignored": (3, 1)}),
    }
    return table | padded() | seen() | designed()


def padded():
    shape, kernel, strides, pads = (40, 90), (7, 5), (2, 3), (3, 2)
    right = sizes(shape, kernel, strides, pads)
    reach = 3 * (math.ceil(11 / 3) - 1) + 7
    short = reach - 11
    return {
        "2.1 output size": (
            right,
            {
                "axes swapped": right[::-1],
                "padding in total": sizes(np.add(shape, pads), kernel, strides, (0, 0)),
                "padding forgotten": sizes(shape, kernel, strides, (0, 0)),
                "rounded up": sizes(shape, kernel, strides, pads, hanging=True),
                "stride ignored": sizes(shape, kernel, (1, 1), pads),
                "off by one": tuple(np.subtract(right, 1)),
            },
        ),
        "2.2 same padding": (
            (short // 2, short - short // 2),
            {
                "odd row first": (short - short // 2, short // 2),
                "stride ignored": ((7 - 1) // 2, (7 - 1) // 2),
                "padding in total": (short, short),
            },
        ),
        "2.3 never read": (
            sorted(set(range(12)) - read_rows(12, 3, 5)),
            {
                "counted from 1": [row + 1 for row in sorted(set(range(12)) - read_rows(12, 3, 5))],
                "rounded up": sorted(set(range(12)) - read_rows(12, 3, 5, hanging=True)),
                "stride ignored": sorted(set(range(12)) - read_rows(12, 3, 1)),
            },
        ),
        "2.5 one pixel, spread": (
            pixel(SMALL, SPREAD, 1, 2, p=2, d=2),
            {
                "dilation ignored": pixel(SMALL, SPREAD, 1, 2, p=2),
                "dilation counted from 0": pixel(SMALL, SPREAD, 1, 2, p=2, d=3),
                "padding in total": pixel(SMALL, SPREAD, 1, 2, p=1, d=2),
                "kernel flipped": pixel(SMALL, turned(SPREAD), 1, 2, p=2, d=2),
                "kernel mirrored": pixel(SMALL, [r[::-1] for r in SPREAD], 1, 2, p=2, d=2),
                "kernel transposed": pixel(SMALL, np.transpose(SPREAD), 1, 2, p=2, d=2),
                "axes swapped": pixel(SMALL, SPREAD, 2, 1, p=2, d=2),
                "counted from 1": pixel(SMALL, SPREAD, 0, 1, p=2, d=2),
            },
        ),
        "2.6 choose the padding": (
            [p for p in range(20) if starts(16, 5, 4, p, 2) == 4],
            {
                "padding in total": [p for p in range(20) if starts(16 + p, 5, 4, 0, 2) == 4],
                "dilation ignored": [p for p in range(20) if starts(16, 5, 4, p) == 4],
                "dilation counted from 0": [p for p in range(20) if starts(16, 5, 4, p, 3) == 4],
                "rounded up": [p for p in range(20) if starts(16, 5, 4, p, 2, hanging=True) == 4],
                "off by one": [p for p in range(20) if starts(16, 5, 4, p, 2) - 1 == 4],
            },
        ),
        "2.7 read the counts": (
            (5, 3, 1),
            {"padding forgotten": (5, 3, 0), "padding in total": (5, 3, 2)},
        ),
        "7.2 zeros around": (
            zeros_around(14, 3, 3, 1, 2),
            {
                "dilation ignored": zeros_around(14, 3, 3, 1, 1),
                "dilation counted from 0": zeros_around(14, 3, 3, 1, 3),
                "padding forgotten": zeros_around(14, 3, 3, 0, 2),
                "left-over cells cropped": (zeros_around(14, 3, 3, 1, 2)[0],) * 2,
            },
        ),
    }


def zeros_around(n, k, s, p, d):
    """Count the zeros that a row needs so that the rotated kernel has a place for every cell."""
    o, reach = starts(n, k, s, p, d), d * (k - 1)
    inserted = s * (o - 1) + 1
    above = reach - p  # the last weight must meet output 0 where the first one stands on cell p
    return above, n + reach - inserted - above


def seen():
    stack = [(5, 1, 1), (2, 2, 1), (3, 1, 1), (2, 2, 1), (3, 1, 1)]
    moves = min(reached(stack, begin=1)) - min(reached(stack))
    grown = [[(3, 1, d) for d in dilations] for dilations in ((1, 3, 9), (3, 3, 3))]
    wider = [[(k, s, d + 1) for k, s, d in layers] for layers in grown]
    dense = [(3, 1, 1)] * 3
    own, jump = 1, 1
    for k, s, _ in stack:
        jump *= s
        own += (k - 1) * jump
    return {
        "3.2 by hand": (
            (span(stack), moves),
            {
                "own stride counted": (own, moves),
                "stride ignored": (span([(k, 1, d) for k, _, d in stack]), 1),
                "walked backwards": (span(stack[::-1]), moves),
                "began at 0": (span(stack) - 1, moves),
            },
        ),
        "3.4 dilations": (
            (*map(span, grown), len(reached(grown[1]))),
            {
                "dilation counted from 0": (*map(span, wider), len(reached(wider[1]))),
                "dilation ignored": (span(dense), span(dense), len(reached(dense))),
                "began at 0": (span(grown[0]) - 1, span(grown[1]) - 1, len(reached(grown[1])) - 1),
            },
        ),
        "3.5 read the cone": (
            (2, 3, 2),
            {"dilation counted from 0": (2, 3, 1), "stride ignored": (2, 1, 2)},
        ),
        "3.6 choose dilations": ((1, 3, 7), {"dilation counted from 0": (0, 2, 6)}),
        "4.5 a whole network": (
            layer(8, 3, 5) + layer(16, 8, 3) + 10 * (16 * 3 * 3 + 1),
            {
                "bias forgotten": layer(8, 3, 5, 0) + layer(16, 8, 3, 0) + 10 * 16 * 3 * 3,
                "channels forgotten": layer(8, 1, 5) + layer(16, 1, 3) + 10 * (16 * 3 * 3 + 1),
                "bias per channel": layer(8, 3, 5, 3) + layer(16, 8, 3, 8) + 10 * (16 * 3 * 3 + 1),
            },
        ),
    }


def designed():
    line = [[22 if (r, c) in ((1, 0), (2, 2), (3, 4)) else -3 for c in range(5)] for r in range(5)]
    return {
        "5.5 one direction": (line, {"axes swapped": np.transpose(line).tolist()}),
        "5.6 quiet": ([[0.04] * 5] * 5, {}),
    }


def is_one_of(value, several):
    return any(np.array_equal(value, one) for one in several)


def test_every_value_is_proved():
    assert set(proved()) == set(VALUES)


CHOICES = {"1.7 choose a kernel", "2.6 choose the padding", "4.7 choose the groups"}


@pytest.mark.parametrize("name", sorted(set(VALUES) - CHOICES))
def test_right_and_mistaken_values_come_out_of_plain_loops(name):
    right, mistaken = proved()[name]
    np.testing.assert_allclose(VALUES[name].expected, right, rtol=1e-12)
    assert set(VALUES[name].mistakes) == set(mistaken)
    for mistake, value in mistaken.items():
        np.testing.assert_allclose(VALUES[name].mistakes[mistake], value, err_msg=mistake)


@pytest.mark.parametrize("name", sorted(CHOICES))
def test_of_several_right_answers_each_is_right_and_no_mistake_leads_to_one(name):
    right, mistaken = proved()[name]
    assert len(right) > 1
    assert VALUES[name].expected in right
    assert all(check(name, one).right for one in right)
    assert set(VALUES[name].mistakes) == set(mistaken)
    for mistake, led_to in mistaken.items():
        assert VALUES[name].mistakes[mistake] in led_to, mistake
        assert not set(led_to) & set(right), mistake
    for one in range(-3, 40):
        assert check(name, one).right is (one in right)


@pytest.mark.parametrize("name", sorted(VALUES))
def test_no_two_mistakes_give_the_same_and_none_gives_what_is_right(name):
    question = VALUES[name]
    answers = [np.squeeze(value).tolist() for value in question.mistakes.values()]
    assert all(answers.count(answer) == 1 for answer in answers)
    for mistake, value in question.mistakes.items():
        verdict = check(name, value)
        assert (verdict.right, verdict.mistake) == (False, mistake)


@pytest.mark.parametrize("name", sorted(VALUES))
@pytest.mark.parametrize("kind", [np.array, list, tuple, np.float32, np.int64])
def test_other_types_of_the_right_answer_are_right(name, kind):
    expected = np.asarray(VALUES[name].expected)
    if kind in (list, tuple) and expected.ndim == 0:
        kind = np.array
    if kind is np.int64 and (expected % 1).any():
        return
    assert check(name, kind(expected.tolist())).right


def test_dilations_of_the_design_are_the_only_ones():
    """23 cells are seen, and all of them read, in one order of (1, 3, 7) or another."""
    found = {
        tuple(sorted(dilations))
        for dilations in np.ndindex(12, 12, 12)
        if min(dilations) >= 1 and reached([(3, 1, d) for d in dilations]) == set(range(23))
    }
    assert found == {(1, 3, 7)}
    for right in ((1, 3, 7), (7, 1, 3), {3, 7, 1}):
        assert check("3.6 choose dilations", right).right
    assert not check("3.6 choose dilations", (1, 2, 8)).right


def test_a_kernel_moves_the_picture_down():
    picture = [[5 * r + c for c in range(5)] for r in range(6)]
    kernel = VALUES["5.2 shift down"].expected
    for r, c in np.ndindex(4, 3):  # away from the border
        assert pixel(picture, kernel, r, c) == picture[r][c + 1]


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("5.5 one direction", 3 * np.eye(3) - 1),  # the other direction
        ("5.5 one direction", np.ones((5, 5))),  # the sum is not 0
        ("5.5 one direction", np.zeros((5, 5))),
        ("5.5 one direction", np.pad(VALUES["5.5 one direction"].expected, 1)),  # too large
        ("5.5 one direction", [1, -1]),
        ("5.6 quiet", np.full((3, 3), 1 / 9)),  # not quiet enough
        ("5.6 quiet", np.ones((5, 5))),  # not divided
        ("5.6 quiet", np.full((7, 7), 1 / 49)),  # too large
        ("5.6 quiet", np.full(25, 1 / 25)),
        ("5.6 quiet", np.full((5, 5), np.nan)),
        ("2.6 choose the padding", [3, 4]),
    ],
)
def test_a_design_that_misses_its_goal_is_not_right(name, answer):
    assert check(name, answer).right is False


def test_other_designs_that_reach_the_goal_are_right():
    down, across = np.mgrid[-2:3, -2:3]
    far = across * np.sin(np.pi / 8) - down * np.cos(np.pi / 8)
    ridge = np.exp(-2 * far**2)
    assert check("5.5 one direction", ridge - ridge.mean()).right
    uneven = np.full((5, 5), 1 / 26)
    uneven[2, 2] = 2 / 26
    assert check("5.6 quiet", uneven).right
