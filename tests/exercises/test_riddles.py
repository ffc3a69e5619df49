"""Pictures to read: each holds its answer, and no other fits what it shows."""

import io
import re

import numpy as np
import pytest
from PIL import Image

from convlab.exercises import EXERCISES
from convlab.exercises.riddle_numbers import (
    BANK,
    GRADIENT,
    MAKERS,
    MATRIX,
    POOLED,
    STEPS,
    WEIGHT,
    cone_lines,
    window_counts,
)
from convlab.exercises.riddles import RIDDLES, riddle

every_riddle = pytest.mark.parametrize("name", list(RIDDLES))


def expected(name):
    return EXERCISES[name].expected


@every_riddle
def test_a_riddle_is_a_picture_that_fits_the_page_and_says_the_same_in_words(name):
    shown = riddle(name)
    data, sizes = shown._repr_mimebundle_()
    picture = Image.open(io.BytesIO(shown.png))
    assert set(data) == {"image/png", "text/plain"}
    assert shown.width <= 700
    assert sizes["image/png"]["width"] == shown.width
    assert picture.height / picture.width * shown.width <= 340
    assert len(np.unique(np.asarray(picture.convert("L")))) > 3
    assert repr(shown) == data["text/plain"] == shown.words
    assert len(shown.png) < 60_000


@every_riddle
def test_a_riddle_is_the_same_every_time(name):
    assert riddle(name) == riddle(name)


def test_every_picture_belongs_to_an_exercise_and_an_unknown_one_is_named():
    assert set(RIDDLES) <= set(EXERCISES)
    with pytest.raises(ValueError, match=r"`name` must be one of 1.6 read .* got '1.1 output"):
        riddle("1.1 output size")


def test_the_dots_stand_one_step_apart():
    places = re.findall(r"\((\d+), (\d+)\)", riddle("1.6 read the steps").words)
    rows, cols = (sorted({int(place[axis]) for place in places}) for axis in (0, 1))
    assert (set(np.diff(rows)), set(np.diff(cols))) == ({2}, {3})
    assert expected("1.6 read the steps") == (2, 3)
    rows, cols = STEPS.input_shape
    assert len(places) == len(range(0, rows - 2, 2)) * len(range(0, cols - 2, 3))


def counts(n, k, s, p):
    found = [0] * n
    for first in range(-p, n + p - k + 1, s):
        for cell in range(max(first, 0), min(first + k, n)):
            found[cell] += 1
    return found


def test_no_other_layout_gives_these_counts():
    shown = window_counts().tolist()
    fitting = [
        (k, s, p)
        for k in range(1, 12)
        for s in range(1, 9)
        for p in range(k)
        if counts(len(shown), k, s, p) == shown
    ]
    assert fitting == [expected("2.7 read the counts")]


def test_the_lines_of_the_cone_are_the_layers():
    below, above = cone_lines()
    kernel, stride, dilation = expected("3.5 read the cone")
    assert {len(read) for read in below} == {kernel}
    assert set(np.diff([read[0] for read in below])) == {stride}
    assert set(np.diff(above)) == {dilation}
    assert set(np.diff(below, axis=1).flat) == {1}


def test_the_bank_is_drawn_as_its_shape_says():
    assert expected("4.8 read the bank") == BANK
    assert "6 kernels and 4 channels" in riddle("4.8 read the bank").words


def test_each_picture_was_made_by_the_kernel_that_the_answer_says():
    numbered = ["sharpen", "vertical gradient", "smooth", "horizontal gradient"]  # in the lesson
    assert tuple(numbered.index(name) + 1 for name in MAKERS) == expected("5.7 who made it")


def pattern(rows, cols, kernel, stride):
    """Return which entries of C̃ are weights, by loops."""
    places = [range(0, n - k + 1, s) for n, k, s in zip((rows, cols), kernel, stride, strict=True)]
    marked = []
    for top in places[0]:
        for left in places[1]:
            grid = np.zeros((rows, cols), int)
            grid[top : top + kernel[0], left : left + kernel[1]] = 1
            marked.append(grid.ravel().tolist())
    return marked


def test_no_other_layout_gives_this_matrix():
    rows, cols = MATRIX.input_shape
    shown = pattern(rows, cols, MATRIX.kernel_size, MATRIX.stride)
    fitting = [
        (*kernel, *stride)
        for kernel in np.ndindex(rows + 1, cols + 1)
        for stride in np.ndindex(rows, cols)
        if min(*kernel, *stride) > 0 and pattern(rows, cols, kernel, stride) == shown
    ]
    assert fitting == [expected("6.7 read the matrix")]
    words = riddle("6.7 read the matrix").words.split("input: ")[1]
    assert [int(cell) for cell in re.findall("[01]", words)] == np.ravel(shown).tolist()


def coded(mistake):
    """Code the gradient of a 4 × 4 input with one of the four mistakes of the question."""
    grad, windows = np.zeros((4, 4)), np.zeros((4, 4))
    w = WEIGHT[::-1, ::-1] if mistake == 1 else WEIGHT
    for r, c in np.ndindex(2, 2):
        top, left = (2 * r, 2 * c) if mistake == 4 else (r, c)
        for u, v in np.ndindex(3, 3):
            if top + u < 4 and left + v < 4:
                old = 0 if mistake == 2 else grad[top + u, left + v]
                grad[top + u, left + v] = old + GRADIENT[r, c] * w[u, v]
                windows[top + u, left + v] += 1
    return grad / windows if mistake == 3 else grad


def test_one_mistake_alone_explains_the_gradient():
    words = riddle("7.8 read the gradient").words.split("coded: ")[1].rstrip(".")
    shown = np.array(
        [[float(n.replace("−", "-")) for n in row.split()] for row in words.split(" / ")]
    )
    fitting = [mistake for mistake in range(5) if np.array_equal(coded(mistake), shown)]
    assert fitting == [expected("7.8 read the gradient")]


def pooled(window, stride):
    rows, cols = ((n - window) // stride + 1 for n in POOLED.shape)
    return [
        [POOLED[r * stride :, c * stride :][:window, :window].max() for c in range(cols)]
        for r in range(rows)
    ]


def test_the_hints_on_the_pooling_fit_the_numbers():
    assert POOLED.max() == POOLED[2, 1] == 9
    assert "The 9 stands in row 2" in EXERCISES["8.8 read the pooling"].hints[-1]


def test_no_other_pooling_gives_these_maxima():
    words = riddle("8.8 read the pooling").words.split("Output: ")[1].rstrip(".")
    shown = [[float(n) for n in row.split()] for row in words.split(" / ")]
    fitting = [(k, s) for k in range(1, 6) for s in range(1, 6) if pooled(k, s) == shown]
    assert fitting == [expected("8.8 read the pooling")]
