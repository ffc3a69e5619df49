"""Predictions: every answer is proved apart from the package, and no usual mistake gives it."""

from __future__ import annotations

import re
from itertools import pairwise, product

import numpy as np
import pytest
from scipy.ndimage import uniform_filter
from scipy.signal import convolve2d, correlate2d

from convlab import explore
from convlab.exercises import PREDICTIONS, predict
from convlab.exercises.marking.mistakes import MISTAKES
from convlab.exercises.marking.predictions import numbers
from convlab.exercises.marking.questions import same
from convlab.explore import Sweep
from convlab.kernels import KERNELS
from tests.exercises.asked import ASKED

RNG = np.random.default_rng(9)


def starts(cells, kernel, stride=1, before=0, after=0, dilation=1):
    """List where windows start, by trying every cell."""
    places = range(-before, cells + after)
    fits = [i for i in places if i + dilation * (kernel - 1) < cells + after]
    return [i for i in fits if (i + before) % stride == 0]


def read(starts_, kernel, dilation=1):
    """List the cells that each window reads."""
    return [[i + dilation * u for u in range(kernel)] for i in starts_]


def seen(*layers):
    """Follow all paths back from a unit through layers: (kernel, stride, dilation), first first."""
    cells = {0}
    for kernel, stride, dilation in reversed(layers):
        cells = {c * stride + dilation * u for c in cells for u in range(kernel)}
    return cells


def span(cells):
    return max(cells) - min(cells) + 1


def pooled_starts(cells, size):
    return [i for i in range(0, cells, size) if i + size <= cells]


def matrix(rows, cols, kernel, stride=1, padding=0):
    """Build C̃ from what scipy makes of the unit pictures."""
    columns = []
    for cell in range(rows * cols):
        unit = np.zeros(rows * cols)
        unit[cell] = 1
        picture = np.pad(unit.reshape(rows, cols), padding)
        columns.append(correlate2d(picture, kernel, mode="valid")[::stride, ::stride].ravel())
    return np.array(columns).T


def covered(side, kernel, stride=1):
    """Count for each cell of a square the windows that cover it."""
    times = np.zeros((side, side), int)
    for r, c in product(starts(side, kernel, stride), repeat=2):
        times[r : r + kernel, c : c + kernel] += 1
    return times


# The answers in numbers


def kernel_of_two_full_rings():
    return [sum(2 * ring + 1 <= kernel for ring in range(1, kernel)) for kernel in (5, 4)]


def same_of_four():
    """Try paddings that keep eight cells; the odd one goes to the end, as frameworks have it."""
    kept = [(b, a) for b, a in product(range(4), repeat=2) if len(starts(8, 4, 1, b, a)) == 8]
    return next((b, a) for b, a in kept if b <= a <= b + 1)


def weights_of_three_and_of_one():
    return [sum(1 for _ in product(range(3), repeat=2)) * 3, 7 * 7]


def most_of_the_weights():
    """Count paths through ten layers of three equal weights, and look for the smallest square."""
    paths = {0: 1}
    for _ in range(10):
        paths = {
            i: sum(paths.get(i + d, 0) for d in (-1, 0, 1))
            for i in range(min(paths) - 1, max(paths) + 2)
        }
    whole = sum(paths.values())
    shares = [(sum(paths[i] for i in range(-r, r + 1)) / whole) ** 2 for r in range(11)]
    return next(2 * r + 1 for r, share in enumerate(shares) if share >= 0.9)


def transposed_convolution_as_a_convolution():
    """Find the size at which a plain 3 × 3 kernel gives back the six cells."""
    return next(n for n in range(3, 20) if len(starts(n, 3)) == 6)


def met_by_the_first_weight():
    return [1 + r * 4 + c for r, c in product(starts(4, 3), repeat=2)]


def shares_of_max_and_mean():
    window, gradient = [8, 2, 4, 6], 12
    top = window.index(max(window))
    return [gradient * (i == top) for i in range(4)] + [gradient / len(window)]


def weights_within_groups():
    inputs, outputs, groups = 4, 8, 2
    return 9 * sum(
        o * groups // outputs == i * groups // inputs
        for o, i in product(range(outputs), range(inputs))
    )


NUMBERS = {
    "1a output": lambda: (len(starts(5, 3)), len(starts(5, 3))),
    "1b stride": lambda: (len(starts(5, 3, 1)), len(starts(5, 3, 2))),
    "1c rings": kernel_of_two_full_rings,
    "2a padding": lambda: (len(starts(5, 3, 1, 1, 1)),) * 2,
    "2b one side": lambda: (len(starts(5, 3, before=3)), len(starts(5, 3))),
    "2c even kernel": same_of_four,
    "2e reach": lambda: [span(seen((3, 1, d))) for d in (2, 1)],
    "2f one of all": lambda: len(starts(6, 3, 2, 1, 1)),
    "3a two layers": lambda: span(seen((3, 1, 1), (3, 1, 1))),
    "3b weights": weights_of_three_and_of_one,
    "3c pooled": lambda: span(seen((3, 1, 1), (2, 2, 1), (3, 1, 1))),
    "3e dilated": lambda: [f(seen((3, 1, 1), (3, 1, 2), (3, 1, 4))) for f in (span, len)],
    "3g effective": most_of_the_weights,
    "4a kernel": lambda: (len(list(product(range(3), repeat=3))), 1),
    "4b bias": lambda: sum([6, -3, 5]) + 2,
    "4c bank": lambda: (4, len(starts(5, 3)), len(starts(5, 3))),
    "4e groups": weights_within_groups,
    "5b sharpen": lambda: convolve2d(np.ones((3, 3)), KERNELS["sharpen"].weights, "valid").item(),
    "5d wrap": lambda: [int(np.array(v).astype(np.uint8)) for v in (256, -1)],
    "5e separable": lambda: len([*range(7), *range(7)]),
    "6a index": lambda: np.arange(16).reshape(4, 4).tolist()[2][1],
    "6b stride": lambda: (
        len(matrix(1, 5, np.ones((1, 3)), stride=2)),
        *(len(starts(5, 3, 1, 1, 1)), 5),
    ),
    "6c rows": lambda: len(matrix(4, 4, np.ones((3, 3)))),
    "6d feeds": lambda: [int((covered(4, 3) == n).sum()) for n in (1, 4)],
    "6f blocks": lambda: (len(list(product(range(3), range(2)))), 2 * 4 * 4),
    "6i patches": lambda: np.shape(
        [
            [r * 4 + c for r, c in product(starts(4, 3), repeat=2)]
            for _ in product(range(3), range(3))
        ]
    ),
    "7a touches": lambda: [covered(4, 3)[0, 0], covered(4, 3)[1, 1]],
    "7c fan out": lambda: [covered(5, 3, s)[2, 2] for s in (1, 2)],
    "7d zeros": transposed_convolution_as_a_convolution,
    "7f meets": met_by_the_first_weight,
    "7g bias": lambda: len(starts(4, 3)) ** 2,
    "8a shape": lambda: (3, len(pooled_starts(4, 2)), len(pooled_starts(4, 2))),
    "8b global": lambda: np.ones((512, 7, 7)).mean(axis=(1, 2)).size,
    "8c backward": shares_of_max_and_mean,
    "8d ties": lambda: sum(12 for _ in range(2 * 2)),
}


# The answers to choose from: which of the choices is true


def flip_without_a_difference():
    """Try random kernels of each kind, on a random picture."""
    kinds = {
        "mirror images of themselves": lambda w: w + w[:, ::-1],
        "same after half a turn": lambda w: w + w[::-1, ::-1],
        "equal to their transpose": lambda w: w + w.T,
    }
    picture = RNG.normal(size=(8, 8))
    true = [
        name
        for name, kind in kinds.items()
        for w in [kind(RNG.normal(size=(3, 3)))]
        if np.allclose(convolve2d(picture, w), correlate2d(picture, w))
    ]
    return true[0] if len(true) == 1 else "none"


def two_sames():
    """Compare same padding, whose odd cell goes to the end, with one cell on each side."""
    framework, fixed = (
        read(starts(8, 3, 2, before, after), 3) for before, after in ((0, 1), (1, 1))
    )
    assert len(framework) == len(fixed) == 4
    shifted = [a != b for a, b in zip(framework, fixed, strict=True)]
    return "no, all are shifted" if all(shifted) else "yes"


def smoothing_the_border():
    flat = uniform_filter(np.full((9, 9), 100.0), 3, mode="constant", cval=0)
    return {-1: "it darkens", 0: "nothing", 1: "it brightens"}[
        int(np.sign(flat[0, 4] - flat[4, 4]))
    ]


def seen_with_padding():
    one = (3, 1, 1)
    cells = {c - 3 for c in seen(one, one, one)}  # of the first output of three padded layers
    assert len(cells) == 7 == len(seen(one, one, one))
    return "no"


def vgg_after_the_fifth_pooling():
    conv, pool = (3, 1, 1), (2, 2, 1)
    blocks = [2, 2, 3, 3, 3]
    share = span(seen(*(layer for n in blocks for layer in [conv] * n + [pool]))) / 224
    shares = {"a tenth": 0.1, "a half": 0.5, "nearly all": 1.0}
    return min(shares, key=lambda name: abs(shares[name] - share))


def grey():
    """ITU-R BT.601: green looks brightest, and white has to stay white."""
    red, green, blue = 0.299, 0.587, 0.114
    assert red + green + blue == pytest.approx(1)
    return "equal, sum 1" if red == green == blue else "unequal, sum 1"


def smoothed():
    wall, edge = np.full((5, 9), 50.0), np.repeat([[0.0] * 5 + [90.0] * 4], 5, axis=0)
    kernel = KERNELS["smooth"].weights
    walls, edges = (convolve2d(x, kernel, "valid") for x in (wall, edge))
    assert np.allclose(walls, 50)
    assert len(np.unique(edges.round(9))) > 2
    return "the wall stays, the edge becomes a slope"


def lit_by_the_vertical_gradient():
    upright = np.repeat([[0.0] * 4 + [90.0] * 4], 8, axis=0)
    lit = [
        np.abs(correlate2d(x, KERNELS["vertical gradient"].weights, "valid")).max() > 0
        for x in (upright, upright.T)
    ]
    return {(True, False): "upright ones", (False, True): "level ones", (True, True): "both"}[
        tuple(map(bool, lit))
    ]


def stripes():
    """Say how far from the diagonal the weights of C̃ lie, for a 6 × 6 picture with padding 1."""
    outputs, inputs = np.nonzero(matrix(6, 6, RNG.uniform(1, 2, (3, 3)), padding=1))
    offsets = sorted(set((inputs - outputs).tolist()))
    broad = 1 + sum(b - a > 1 for a, b in pairwise(offsets))
    return f"{broad}, " + ("straight" if len(offsets) == 9 else "with steps")


def bias_as_a_column():
    c, x, b = RNG.normal(size=(4, 16)), RNG.normal(size=16), 2.0
    with_column = np.column_stack([c, np.full(4, b)])
    assert np.allclose(with_column @ [*x, 1], c @ x + b)
    assert not np.allclose(with_column @ [*x, 0], c @ x + b)
    return "a column of b, an entry 1"


def memory():
    needed = (224 * 224) ** 2 * 8
    sizes = {"400 kilobytes": 4e5, "20 megabytes": 2e7, "20 gigabytes": 2e10}
    return min(sizes, key=lambda name: abs(np.log(sizes[name] / needed)))


def there_and_back():
    c, x = matrix(4, 4, RNG.normal(size=(3, 3))), RNG.normal(size=16)
    back = c.T @ (c @ x)
    assert back.shape == x.shape
    return "yes" if np.allclose(back, x) else "no, only its shape"


def reached_by_a_transposed_convolution():
    """Scatter a 3 × 3 kernel at stride 2 and count how often each cell is reached."""
    times = np.zeros((7, 7), int)
    for r, c in product(range(3), repeat=2):
        times[2 * r : 2 * r + 3, 2 * c : 2 * c + 3] += 1
    inner = times[2:5, 2:5]
    assert inner.tolist() == [[4, 2, 4], [2, 1, 2], [4, 2, 4]]
    return "no, in a checkerboard"


def one_step_downhill():
    """Step against a gradient measured by nudging; four outputs, as in the lesson."""
    x, target = RNG.integers(0, 4, (4, 4)).astype(float), RNG.normal(size=(2, 2))

    def loss(p):
        return 0.5 * ((correlate2d(x, p[:9].reshape(3, 3), "valid") + p[9] - target) ** 2).sum()

    at = RNG.normal(size=10)
    gradient = np.array([(loss(at + h) - loss(at - h)) / 2e-4 for h in 1e-4 * np.eye(10)])
    best = min(loss(at - step * gradient) for step in np.geomspace(1e-6, 1, 400))
    assert 0.001 < best < loss(at)
    return "no"


def kernel_left_unrotated():
    """Compare both ways for the gradient of the middle cell and of a corner; a 3 × 3 kernel."""
    w, g = np.arange(1.0, 10).reshape(3, 3), RNG.integers(1, 9, (3, 3)).astype(float)
    spread = np.zeros((9, 9))
    spread[2:7:2, 2:7:2] = g  # zero-inserted at stride 2, and padded
    wrong = correlate2d(spread, w, "valid")
    right = correlate2d(spread, w[::-1, ::-1], "valid")
    agree = np.isclose(wrong, right)
    return {(True, False): "no, some are right", (False, False): "yes"}[(agree.any(), agree.all())]


def overwritten_where_windows_overlap():
    """Scatter with = and with +=, as the lesson's function does, and nudge for the truth."""
    x, w, g = RNG.normal(size=(4, 4)), RNG.normal(size=(3, 3)), RNG.normal(size=(2, 2))
    grad_x, grad_w = np.zeros((4, 4)), np.zeros((3, 3))
    for r, c in product(range(2), repeat=2):
        grad_x[r : r + 3, c : c + 3] = g[r, c] * w
        grad_w += g[r, c] * x[r : r + 3, c : c + 3]

    def loss(x, w):
        return (g * correlate2d(x, w, "valid")).sum()

    h = 1e-4
    true_x = [
        (loss(x + h * e, w) - loss(x - h * e, w)) / (2 * h) for e in np.eye(16).reshape(16, 4, 4)
    ]
    true_w = [
        (loss(x, w + h * e) - loss(x, w - h * e)) / (2 * h) for e in np.eye(9).reshape(9, 3, 3)
    ]
    agree = np.allclose(grad_x.ravel(), true_x), np.allclose(grad_w.ravel(), true_w)
    return {(False, True): "in ∂ℓ/∂x alone", (True, False): "in ∂ℓ/∂w alone"}[agree]


def pooled_after_a_shift():
    picture = RNG.normal(size=(12, 12))

    def pool(x):
        return np.array(
            [[x[r : r + 2, c : c + 2].max() for c in range(0, 12, 2)] for r in range(6)]
        )

    at_0, at_1, at_2 = (pool(np.roll(picture, shift, axis=1)) for shift in range(3))
    assert not np.allclose(at_0, at_1)
    assert not np.allclose(at_0, at_2)
    assert np.allclose(np.roll(at_0, 1, axis=1), at_2)
    return "neither: at 2 it moves along"


CHOICES = {
    "1d flip": flip_without_a_difference,
    "2d left over": lambda: "{0} × {0}".format(len(starts(10, 3, 2))),
    "2g two ways": two_sames,
    "2h frame": smoothing_the_border,
    "3d padded": seen_with_padding,
    "3f VGG": vgg_after_the_fifth_pooling,
    "4d grey": grey,
    "5a smooth": smoothed,
    "5c gradient": lit_by_the_vertical_gradient,
    "6e stripes": stripes,
    "6g bias": bias_as_a_column,
    "6h memory": memory,
    "7b transposed": there_and_back,
    "7e evenly": reached_by_a_transposed_convolution,
    "7h one step": one_step_downhill,
    "7i rotation": kernel_left_unrotated,
    "7j own code": overwritten_where_windows_overlap,
    "8e moves": pooled_after_a_shift,
}


def test_every_prediction_of_the_first_eight_lessons_has_a_proof():
    first_eight = {name for name in PREDICTIONS if re.match(r"[1-8][a-z] ", name)}
    assert NUMBERS.keys() | CHOICES.keys() == first_eight
    assert not NUMBERS.keys() & CHOICES.keys()


@pytest.mark.parametrize("name", NUMBERS)
def test_the_answer_in_numbers_is_what_a_count_by_hand_gives(name):
    question = PREDICTIONS[name]
    assert not question.choices
    assert same(numbers(question.answer), np.ravel(NUMBERS[name]()))
    assert question.mark(question.answer).right is True


@pytest.mark.parametrize("name", CHOICES)
def test_the_true_choice_is_the_right_one(name):
    question = PREDICTIONS[name]
    assert question.answer == CHOICES[name]()
    assert {choice: question.mark(choice).right for choice in question.choices} == {
        choice: choice == question.answer for choice in question.choices
    }


SLIPS = [
    (name, slip, value)
    for name, question in PREDICTIONS.items()
    for slip, values in question.slips.items()
    for value in ([values] if isinstance(values, str) else values)
]


@pytest.mark.parametrize(("name", "slip", "value"), SLIPS)
def test_a_usual_wrong_answer_is_wrong_and_hears_why(name, slip, value):
    verdict = PREDICTIONS[name].mark(value)
    assert verdict.right is False
    assert verdict.words == MISTAKES.get(slip, slip)
    assert verdict.mistake == (slip if slip in MISTAKES else None)


@pytest.mark.parametrize("name", [name for name, q in PREDICTIONS.items() if q.choices])
def test_every_wrong_choice_hears_why(name):
    question = PREDICTIONS[name]
    for choice in question.choices:
        assert bool(question.mark(choice).words) is (choice != question.answer), choice


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("3 × 2", [3, 2]),
        ("(3,2)", [3, 2]),
        ("3 by 2", [3, 2]),
        ("3-2", [3, 2]),
        ("−1, -2", [-1, -2]),
        ("1.5 and 1.5", [1.5, 1.5]),
        ("three", []),
        ("", []),
    ],
)
def test_numbers_are_read_whatever_stands_between_them(written, meant):
    assert numbers(written) == meant


def test_what_cannot_be_an_answer_is_told_what_is_asked_for():
    verdict = PREDICTIONS["1a output"].mark("I do not know")
    assert verdict.right is None
    assert "2 numbers are asked for" in verdict.words
    assert "one number is asked for" in PREDICTIONS["3a two layers"].mark("").words


def test_an_answer_that_nobody_expected_is_wrong_without_a_guess_at_the_reason():
    verdict = PREDICTIONS["1a output"].mark("17 × 23")
    assert (verdict.right, verdict.words, verdict.mistake) == (False, "", None)


def test_an_unknown_prediction_is_named():
    with pytest.raises(ValueError, match=r"`name` must be one of 1a output, .*, got '9z'"):
        predict("9z", Sweep())


# In the lessons


def test_every_prediction_is_asked_once_in_its_lesson_and_in_order():
    assert [name for _, name, _ in ASKED] == list(PREDICTIONS)
    for lesson, name, _ in ASKED:
        assert int(lesson[:2]) == int(re.match(r"\d+", name).group())


@pytest.mark.parametrize(("lesson", "name", "cell"), ASKED, ids=[name for _, name, _ in ASKED])
def test_the_stored_cell_shows_and_says_nothing_of_the_answer(lesson, name, cell):
    (output,) = [o for o in cell.outputs if o.output_type == "execute_result"]
    plain = output.data["text/plain"]
    (kind,) = [kind for kind in explore.__all__ if plain.startswith(f"{kind}:")]
    riddle = "What answers the question is hidden until you commit to an answer, or press show me."
    assert plain == f"{kind}: {riddle}", lesson
    assert all(PREDICTIONS[name].prompt not in str(text) for text in output.data.values())
