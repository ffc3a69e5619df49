"""The tasks: which mistakes each can name, what a reader may write, and how hints begin."""

import math
import re

import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view
from scipy import signal

from convlab import conv2d, conv_matrix
from convlab.exercises import EXERCISES, check
from convlab.exercises.marking.questions import Exercise, Task

TASKS = {
    name: q
    for name, q in EXERCISES.items()
    if isinstance(q, Task) and re.match(r"[1-8]\.", name)  # the others have tests of their own
}
LESSONS = [f"{number}." for number in range(1, 9)]

CAN_BE_MADE = {
    "1.3 sweep": "kernel flipped, kernel mirrored, kernel transposed, off by one, axes swapped",
    "1.4 true convolution": "kernel not flipped, kernel mirrored, kernel transposed",
    "1.5 strided sweep": "stride ignored, axes swapped, kernel flipped, off by one",
    "2.4 size formula": "rounded up, dilation counted from 0, dilation ignored, stride ignored, "
    "off by one, padding forgotten",
    "2.8 everything": "stride ignored, padding forgotten, dilation ignored, "
    "dilation counted from 0, axes swapped, kernel flipped, off by one",
    "3.3 what a unit sees": "own stride counted, stride ignored, walked backwards, "
    "padding forgotten, padding counted, began at 0, off by one",
    "4.3 one thick kernel": "channels forgotten, bias forgotten, bias per channel, "
    "bias per product, kernel flipped",
    "4.4 groups": "one group counted, kernel flipped",
    "4.6 a bank on a batch": "stride ignored, bias forgotten, bias per channel, "
    "bias per product, channels forgotten, kernel flipped",
    "5.4 two kernels in one": "kernel not flipped, kernel mirrored, = for +=",
    "6.3 matrix": "matrix transposed, kernel flipped, kernel transposed, stride ignored, "
    "padding forgotten, flattened by columns",
    "6.4 patches": "matrix transposed, flattened by columns, off by one",
    "6.5 the way back": "= for +=, flattened by columns",
    "6.6 thick patches": "stride ignored, matrix transposed, channels forgotten, "
    "flattened by columns",
    "7.3 input gradient": "kernel not rotated, kernel transposed, = for +=, stride ignored, "
    "padding not cut off, left-over cells cropped",
    "7.4 weight gradient": "gradient rotated, stride ignored, weight gradient not cropped, "
    "axes swapped",
    "7.6 conv_backward": "kernel not rotated, = for +=, padding not cut off, "
    "left-over cells cropped, stride ignored, batch kept, batch forgotten, channels swapped, "
    "gradient rotated, bias summed wrongly, results swapped, output gradient forgotten",
    "7.7 gradient check": "one-sided difference, divided by h, all nudged",
    "8.3 average, backward": "gradient not divided, axes swapped",
    "8.4 one winner": "every tie wins, flattened by columns",
    "8.5 max pooling": "stride ignored, rounded up, axes swapped",
    "8.7 overlapping windows": "every tie wins, = for +=, flattened by columns, stride ignored",
}
"""Which mistakes of the catalogue can be made in each task, decided by hand."""

SEVERAL = "7.6 conv_backward"
"""The task with several results."""
every_task = pytest.mark.parametrize("name", list(TASKS))


def solved(name):
    """Run the source of a solution, and return the function that it ends with."""
    names = {}
    exec(TASKS[name].solution, names)
    last = re.findall(r"^def (\w+)", TASKS[name].solution, re.MULTILINE)[-1]
    return names[last]


@every_task
def test_each_task_names_the_mistakes_that_can_be_made_in_it(name):
    assert set(TASKS[name].mistakes) == set(CAN_BE_MADE[name].split(", "))


def test_the_list_is_complete():
    assert set(CAN_BE_MADE) == set(TASKS)


@every_task
def test_the_solution_is_right_and_leaves_its_arguments_alone(name):
    solution = solved(name)
    assert check(name, solution).right is True
    for arguments in TASKS[name].trials:
        before = [np.array(a, copy=True) if isinstance(a, np.ndarray) else a for a in arguments]
        solution(*arguments)
        for old, new in zip(before, arguments, strict=True):
            assert np.array_equal(old, new)


@every_task
def test_the_solution_is_short_and_calls_nothing_that_is_forbidden(name):
    source = TASKS[name].solution
    lines = source.splitlines()
    assert len(lines) <= 20
    assert max(map(len, lines)) <= 88
    assert not set(TASKS[name].forbidden) & set(re.findall(r"\w+", source))


@every_task
@pytest.mark.parametrize("kind", ["list", "integers", "float32", "noncontiguous"])
def test_the_same_numbers_of_another_type_are_right(name, kind):
    solution = solved(name)

    def other(*arguments):
        result = solution(*arguments)
        return tuple(map(turned, result)) if name == SEVERAL else turned(result)

    def turned(result):
        result = np.array(result)
        if kind == "list":
            return result.tolist()
        if kind == "integers":
            return result.astype(int) if not (result % 1).any() else result
        return result.astype(np.float32) if kind == "float32" else np.array(result.T).T

    assert check(name, other).right is True


def views(x, shape):
    return sliding_window_view(x, shape)


def sweep_with_einsum(x, w):
    return np.einsum("rcuv,uv->rc", views(x, w.shape), w)


def sweep_in_four_loops(x, w):
    rows = [[0.0] * (x.shape[1] - w.shape[1] + 1) for _ in range(x.shape[0] - w.shape[0] + 1)]
    for r, row in enumerate(rows):
        for c in range(len(row)):
            for u in range(len(w)):
                for v in range(len(w[0])):
                    rows[r][c] += w[u][v] * x[r + u][c + v]
    return rows


def sweep_by_shifts(x, w):
    rows, cols = np.subtract(x.shape, w.shape) + 1
    return sum(w[u, v] * x[u : u + rows, v : v + cols] for u, v in np.ndindex(w.shape))


def strided_by_skipping(x, w, stride):
    return signal.fftconvolve(x, w[::-1, ::-1], mode="valid")[:: stride[0], :: stride[1]]


def size_by_walking(n, k, stride, before, after, dilation):
    return len(range(0, n + before + after - dilation * (k - 1), stride))


def everything_by_loops(x, w, stride, padding, dilation):
    size = [
        size_by_walking(n, k, s, p, p, d)
        for n, k, s, p, d in zip(x.shape, w.shape, stride, padding, dilation, strict=True)
    ]
    y = np.zeros(size)
    for (r, c), (u, v) in ((a, b) for a in np.ndindex(*size) for b in np.ndindex(w.shape)):
        i = r * stride[0] + u * dilation[0] - padding[0]
        j = c * stride[1] + v * dilation[1] - padding[1]
        if 0 <= i < x.shape[0] and 0 <= j < x.shape[1]:
            y[r, c] += w[u, v] * x[i, j]
    return y


def sees_by_walking_down(kernels, strides, paddings, unit):
    first = last = unit
    for k, s, p in reversed(list(zip(kernels, strides, paddings, strict=True))):
        first, last = first * s - p, last * s - p + k - 1
    return np.array([first, last])


def thick_with_scipy(x, kernel, bias):
    return signal.correlate(x, kernel, mode="valid")[0] + bias


def grouped_one_by_one(x, weight, groups):
    depth, each = len(x) // groups, len(weight) // groups
    return [
        sum(
            signal.correlate(x[f // each * depth + m], weight[f, m], mode="valid")
            for m in range(depth)
        )
        for f in range(len(weight))
    ]


def bank_with_tensordot(x, weight, bias, stride):
    windows = sliding_window_view(x, weight.shape[2:], axis=(2, 3))[:, :, ::stride, ::stride]
    return (
        np.tensordot(windows, weight, ([1, 4, 5], [1, 2, 3])).transpose(0, 3, 1, 2)
        + (bias[:, None, None])
    )


def merge_by_polynomials(first, second):
    shape = np.add(first.shape, second.shape) - 1
    return np.rint(np.fft.ifft2(np.fft.fft2(first, shape) * np.fft.fft2(second, shape)).real)


def matrix_by_weights(w, rows, cols, stride, padding):
    out = [(n + 2 * padding - k) // stride + 1 for n, k in zip((rows, cols), w.shape, strict=True)]
    matrix = np.zeros((out[0] * out[1], rows * cols))
    for r, c in np.ndindex(*out):
        for u, v in np.ndindex(w.shape):
            i, j = r * stride + u - padding, c * stride + v - padding
            if 0 <= i < rows and 0 <= j < cols:
                matrix[r * out[1] + c, i * cols + j] = w[u, v]
    return matrix


def patches_by_views(x, k):
    return views(x, (k, k)).reshape(-1, k * k).T


def back_by_transpose(P, input_shape, k):
    numbers = np.arange(input_shape[0] * input_shape[1]).reshape(input_shape)
    x = np.zeros(numbers.size)
    np.add.at(x, patches_by_views(numbers, k), P)
    return x.reshape(input_shape)


def thick_patches_by_views(x, k, stride):
    windows = sliding_window_view(x, (k, k), axis=(1, 2))[:, ::stride, ::stride]
    return windows.transpose(0, 3, 4, 1, 2).reshape(len(x) * k * k, -1)


def input_grad_by_matrix(g, w, input_shape, stride, padding):
    return (matrix_by_weights(w, *input_shape, stride, padding).T @ g.ravel()).reshape(input_shape)


def weight_grad_one_by_one(g, x, kernel_size, stride, padding):
    grad = []
    for u, v in np.ndindex(*kernel_size):
        unit = np.zeros(kernel_size)
        unit[u, v] = 1
        grad.append((g * conv2d(x, unit, stride=stride, padding=padding)).sum())
    return np.array(grad).reshape(kernel_size)


def backward_x_by_matrix(g, w, input_shape, stride, padding):
    matrix = conv_matrix(w, input_shape, stride=stride, padding=padding)
    return (g.reshape(len(g), -1) @ matrix).reshape(len(g), w.shape[1], *input_shape)


def backward_w_by_channels(g, x, kernel_size, stride, padding):
    return [
        [
            sum(
                weight_grad_one_by_one(g[e, f], x[e, m], kernel_size, stride, padding)
                for e in range(len(x))
            )
            for m in range(x.shape[1])
        ]
        for f in range(g.shape[1])
    ]


def backward_by_matrix_and_by_channels(g, x, w, stride, padding):
    for_x = backward_x_by_matrix(g, w, x.shape[2:], stride, padding)
    for_w = backward_w_by_channels(g, x, w.shape[2:], stride, padding)
    return [for_x, for_w, [g[:, f].sum() for f in range(g.shape[1])]]


def slopes_by_algebra(x, w, t, h):
    """Return the gradient of the loss by hand: every product once, no nudge."""
    del h
    y = sweep_by_shifts(x, w) - t
    return [[(y * x[u:, v:][: len(y), : len(y[0])]).sum() for v in range(w.shape[1])]
            for u in range(w.shape[0])]  # fmt: skip


def average_back_by_repeats(grad_output, k):
    return grad_output.repeat(k, axis=0).repeat(k, axis=1) / k / k


def winner_by_loops(g, window):
    grad, best, place = [[0] * len(row) for row in window], -math.inf, (0, 0)
    for r, row in enumerate(window):
        for c, value in enumerate(row):
            if value > best:
                best, place = value, (r, c)
    grad[place[0]][place[1]] = g
    return grad


def pool_by_reshaping(x, k):
    rows, cols = x.shape[0] // k, x.shape[1] // k
    return x[: rows * k, : cols * k].reshape(rows, k, cols, k).max(axis=(1, 3))


def overlapping_one_by_one(g, x, k, stride):
    grad = np.zeros(x.shape)
    for m, r, c in np.ndindex(g.shape):
        window = x[m, r * stride :, c * stride :][:k, :k]
        grad[m, r * stride :, c * stride :][:k, :k] += winner_by_loops(g[m, r, c], window)
    return grad


UNUSUAL = {
    "1.3 sweep": [sweep_with_einsum, sweep_in_four_loops, sweep_by_shifts],
    "1.4 true convolution": [
        lambda x, w: sweep_with_einsum(x, np.rot90(w, 2)),
        lambda x, w: signal.correlate2d(x, w[::-1, ::-1], mode="valid"),
    ],
    "1.5 strided sweep": [strided_by_skipping],
    "2.4 size formula": [size_by_walking],
    "2.8 everything": [everything_by_loops],
    "3.3 what a unit sees": [sees_by_walking_down],
    "4.3 one thick kernel": [
        thick_with_scipy,
        lambda x, kernel, bias: conv2d(x, kernel[None])[0] + bias,
    ],
    "4.4 groups": [grouped_one_by_one],
    "4.6 a bank on a batch": [bank_with_tensordot],
    "5.4 two kernels in one": [merge_by_polynomials],
    "6.3 matrix": [matrix_by_weights],
    "6.4 patches": [patches_by_views],
    "6.5 the way back": [back_by_transpose],
    "6.6 thick patches": [thick_patches_by_views],
    "7.3 input gradient": [input_grad_by_matrix],
    "7.4 weight gradient": [weight_grad_one_by_one],
    "7.6 conv_backward": [backward_by_matrix_and_by_channels],
    "7.7 gradient check": [slopes_by_algebra],
    "8.3 average, backward": [average_back_by_repeats],
    "8.4 one winner": [winner_by_loops],
    "8.5 max pooling": [pool_by_reshaping],
    "8.7 overlapping windows": [overlapping_one_by_one],
}
"""Right, and not how the solution does it: a second proof of what is expected."""


@pytest.mark.parametrize(("name", "way"), [(n, way) for n, ways in UNUSUAL.items() for way in ways])
def test_an_unusual_way_that_is_right_is_right(name, way):
    verdict = check(name, way)
    assert verdict.right is True, verdict


def test_each_task_has_an_unusual_way():
    assert set(UNUSUAL) == set(TASKS)


def test_names_and_arguments_of_the_first_tasks_have_not_changed():
    arguments = {
        "1.3 sweep": 2,
        "1.4 true convolution": 2,
        "6.3 matrix": 5,
        "6.4 patches": 2,
        "7.3 input gradient": 5,
        "7.4 weight gradient": 5,
        "8.5 max pooling": 2,
    }
    for name, count in arguments.items():
        assert {len(trial) for trial in TASKS[name].trials} == {count}


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_has_four_to_eight_exercises_of_all_kinds(lesson):
    names = [name for name in EXERCISES if name.startswith(lesson)]
    assert 4 <= len(names) <= 8
    assert [int(name.split()[0][2:]) for name in names] == list(range(1, len(names) + 1))
    assert any(isinstance(EXERCISES[name], Exercise) for name in names)
    assert any(isinstance(EXERCISES[name], Task) for name in names)
    assert any(" read the " in name or " who made " in name for name in names)


ALGORITHM = re.compile(r"[=\[\]⌊⌋⌈⌉·+→←Σ²]|//|n/s|\d/\d|\bfor each\b|np\.")


@pytest.mark.parametrize("name", list(EXERCISES))
def test_hints_go_from_a_question_to_the_plain_way(name):
    hints = EXERCISES[name].hints
    assert 2 <= len(hints) <= 3
    assert len(set(hints)) == len(hints)
    assert not ALGORITHM.search(hints[0]), hints[0]
    for hint in hints:
        assert re.match(r".*[.?]$", hint)
        assert len(hint) > 20
    assert EXERCISES[name].why


def test_several_results_must_all_be_right():
    solution = solved(SEVERAL)
    for wrong in (
        lambda *arguments: solution(*arguments)[:2],
        lambda *arguments: solution(*arguments)[0],
        lambda *arguments: (*solution(*arguments)[:2], solution(*arguments)[2] + 1),
    ):
        assert check(SEVERAL, wrong).right is False


def test_the_search_for_algorithms_finds_them():
    for told in ("r·J − B", "x[r : r + k]", "⌊n/s⌋ + 1", "np.einsum does it", "R ← R + 1"):
        assert ALGORITHM.search(told)


@pytest.mark.parametrize(
    ("mistake", "size"),
    [
        ("rounded up", 5),  # 7 / 2 = 3.5
        ("dilation counted from 0", 3),  # a span of 7, 5 cells of room
        ("dilation ignored", 5),  # a span of 3, 9 cells of room
        ("stride ignored", 8),
        ("off by one", 3),
        ("padding forgotten", 3),  # 5 cells of room
    ],
)
def test_each_slip_of_the_size_formula_is_the_one_it_is_called(mistake, size):
    """By hand: 10 cells, 1 more before and after, a span of 5, 7 cells of room, stride 2."""
    task = TASKS["2.4 size formula"]
    assert task.reference(10, 3, 2, 1, 1, 2) == 4
    assert task.mistakes[mistake](10, 3, 2, 1, 1, 2) == size


def test_each_slip_of_the_gradient_check_is_the_one_it_is_called():
    """By hand: y = w x with w = 3 and x = 1, t = 0: the loss is w² / 2, and a nudge is 0.5."""
    task = TASKS["7.7 gradient check"]
    x, t, h = np.array([[1.0]]), np.array([[0.0]]), 0.5
    w = np.array([[3.0]])
    gradient = {"one-sided difference": 3.25, "divided by h": 6.0, "all nudged": 3.0}
    assert task.reference(x, w, t, h).item() == pytest.approx(3.0)
    for mistake, by_hand in gradient.items():
        assert task.mistakes[mistake](x, w, t, h).item() == pytest.approx(by_hand), mistake
