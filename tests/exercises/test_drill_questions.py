"""The drill's questions: what is right is proved by hand, from the words alone."""

import re
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from convlab import conv2d_backward, conv2d_loops
from convlab.exercises.drill.drill_questions import TOPICS, Question, draw_question, read_answer
from convlab.exercises.marking.mistakes import MISTAKES
from tests.strategies import settings as _profile  # noqa: F401 -- loads the profile

every_topic = pytest.mark.parametrize("topic", list(TOPICS))
seeds = st.integers(0, 10**9)


def drawn(topic, seed, trap=None):
    return draw_question(topic, Random(seed), trap)


def typed(answer):
    """Return an answer as a reader types it."""
    return ", ".join(map(str, answer)) if isinstance(answer, tuple) else str(answer)


def substance(answer):
    """Return the numbers of an answer; axes of length 1 do not matter."""
    return tuple(np.atleast_1d(answer).tolist())


@every_topic
@given(seeds)
def test_no_two_mistakes_give_the_same_and_none_gives_what_is_right(topic, seed):
    question = drawn(topic, seed)
    answers = [question.expected, *question.mistakes.values()]
    assert len({substance(answer) for answer in answers}) == len(answers)
    assert question.topic == topic
    assert len(question.mistakes) >= 2
    assert set(question.mistakes) <= set(MISTAKES)


@every_topic
@given(seeds)
def test_what_is_right_is_right_and_each_mistake_is_called_by_its_name(topic, seed):
    question = drawn(topic, seed)
    verdict = question.mark(typed(question.expected))
    assert (verdict.right, verdict.words) == (True, question.why)
    assert question.mark(question.expected).right
    for name, answer in question.mistakes.items():
        verdict = question.mark(typed(answer))
        assert (verdict.right, verdict.mistake, verdict.words) == (False, name, MISTAKES[name])


# The words say it all: each question is read and answered by hand.


def pair(text):
    """Read ``2`` or ``(2, 1)`` as two numbers."""
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    return numbers * 2 if len(numbers) == 1 else numbers


def layout_in(words):
    """Read stride, padding and dilation out of a question."""
    number = r"(\d+|\(\d+, \d+\))"
    stride = pair(re.search(rf"stride {number}", words)[1])
    padding = re.search(rf"padding {number} on each side", words)
    assert padding or "no padding" in words
    dilation = pair(re.search(rf"dilation {number}", words)[1])
    return stride, pair(padding[1]) if padding else [0, 0], dilation


def sizes_in(words):
    return [(int(rows), int(cols)) for rows, cols in re.findall(r"(\d+) × (\d+)", words)]


def starts(n, k, s, p, d):
    """Return where windows start on a padded row, trying one cell after the other."""
    return [at for at in range(0, n + 2 * p, s) if at + d * (k - 1) < n + 2 * p]


def output_of(size, kernel, stride, padding, dilation):
    return tuple(
        len(starts(*axis)) for axis in zip(size, kernel, stride, padding, dilation, strict=True)
    )


@given(seeds)
def test_an_output_size_is_the_count_of_windows(seed):
    question = drawn("output size", seed)
    size, kernel = sizes_in(question.words)
    assert question.expected == output_of(size, kernel, *layout_in(question.words))


@given(seeds)
def test_mistaken_output_sizes_are_counts_of_other_windows(seed):
    question = drawn("output size", seed)
    size, kernel = sizes_in(question.words)
    stride, padding, dilation = layout_in(question.words)
    none, ones = [0, 0], [1, 1]
    counts = {
        "stride ignored": output_of(size, kernel, ones, padding, dilation),
        "padding forgotten": output_of(size, kernel, stride, none, dilation),
        "dilation ignored": output_of(size, kernel, stride, padding, ones),
        "dilation counted from 0": output_of(
            size, kernel, stride, padding, [d + 1 for d in dilation]
        ),
        "padding in total": output_of(
            [n + p for n, p in zip(size, padding, strict=True)], kernel, stride, none, dilation
        ),
    }
    for name, answer in question.mistakes.items():
        assert answer == counts.get(name, answer), name
    others = set(question.mistakes) - set(counts)
    assert {"axes swapped", "off by one"} <= others <= {"axes swapped", "off by one", "rounded up"}
    assert ("stride ignored" in question.mistakes) == (stride != ones)


def pixel_by_hand(x, weight, row, col, stride, padding, dilation):
    """Add the products of one window, cell by cell; what lies outside the input is 0."""
    total = 0
    for u, weights in enumerate(weight):
        for v, factor in enumerate(weights):
            r = row * stride[0] - padding[0] + u * dilation[0]
            c = col * stride[1] - padding[1] + v * dilation[1]
            if 0 <= r < len(x) and 0 <= c < len(x[0]):
                total += x[r][c] * factor
    return total


@given(seeds)
def test_an_output_value_is_a_sum_of_products(seed):
    question = drawn("output value", seed)
    x, weight = question.case.x, question.case.weight
    layout = layout_in(question.words)
    row, col = map(int, re.search(r"row (\d+), column (\d+)", question.words).groups())
    assert question.expected == pixel_by_hand(x, weight, row, col, *layout)
    names = ("stride", "padding", "dilation")
    y = conv2d_loops(x, weight, **dict(zip(names, map(tuple, layout), strict=True)))
    assert y[row, col] == question.expected
    assert y.ravel()[question.case.step] == question.expected
    assert sum_of(question.why) == question.expected


def sum_of(why):
    """Work out the sum that an explanation writes down."""
    products = why.split(" = ")[0].replace("·", "*").replace("−", "-")
    assert re.fullmatch(r"[\d+*() -]+", products)
    return eval(products)


@given(seeds)
def test_mistaken_output_values_are_sums_of_other_products(seed):
    question = drawn("output value", seed)
    x, weight = question.case.x, question.case.weight
    stride, padding, dilation = layout = layout_in(question.words)
    row, col = question.case.pixel
    mirrored = [line[::-1] for line in weight]
    wider = [d + 1 for d in dilation]
    sums = {
        "kernel flipped": pixel_by_hand(x, mirrored[::-1], row, col, *layout),
        "kernel mirrored": pixel_by_hand(x, mirrored, row, col, *layout),
        "kernel transposed": pixel_by_hand(x, [*zip(*weight, strict=True)], row, col, *layout),
        "axes swapped": pixel_by_hand(x, weight, col, row, *layout),
        "counted from 1": pixel_by_hand(x, weight, row - 1, col - 1, *layout),
        "stride ignored": pixel_by_hand(x, weight, row, col, (1, 1), padding, dilation),
        "padding forgotten": pixel_by_hand(x, weight, row, col, stride, (0, 0), dilation),
        "dilation ignored": pixel_by_hand(x, weight, row, col, stride, padding, (1, 1)),
        "dilation counted from 0": pixel_by_hand(x, weight, row, col, stride, padding, wider),
    }
    assert question.mistakes == {name: sums[name] for name in question.mistakes}


def layers_in(words):
    """Read the layers out of a question, as (kernel, stride, dilation, padding)."""
    found = []
    for text in words.split(": ")[1].split(". ")[0].split("; "):
        number = {name: re.search(rf"{name} (\d+)", text) for name in NUMBERS}
        found.append(tuple(int(number[n][1]) if number[n] else NUMBERS[n] for n in NUMBERS))
    return found


NUMBERS = {"kernel": None, "stride": None, "dilation": 1, "padding": 0}


def cells(unit, layers, *, padded=True):
    """Walk down from a unit of the last layer to the input, cell by cell."""
    seen = {unit}
    for k, s, d, p in reversed(layers):
        seen = {u * s - p * padded + t * d for u in seen for t in range(k)}
    return seen


def r_and_j(layers):
    """Return how far a unit sees, and how far that moves, by following indices."""
    first, second = cells(0, layers), cells(1, layers)
    return max(first) - min(first) + 1, min(second) - min(first)


@given(seeds)
def test_a_receptive_field_is_what_a_walk_through_the_layers_finds(seed):
    question = drawn("receptive field", seed)
    layers = layers_in(question.words)
    assert 2 <= len(layers) <= 4
    assert question.expected == r_and_j(layers)
    assert question.why.endswith(f"{question.expected}.")


@given(seeds)
def test_mistaken_receptive_fields_are_those_of_other_walks(seed):
    question = drawn("receptive field", seed)
    layers, (size, jump) = layers_in(question.words), question.expected
    first = min(cells(0, layers, padded=False)) - min(cells(0, layers))  # what padding adds
    own, product = 1, 1
    for k, s, d, _ in layers:
        product *= s
        own += d * (k - 1) * product
    walks = {
        "stride ignored": r_and_j([(k, 1, d, p) for k, _, d, p in layers]),
        "walked backwards": r_and_j(layers[::-1]),
        "dilation ignored": r_and_j([(k, s, 1, p) for k, s, _, p in layers]),
        "dilation counted from 0": r_and_j([(k, s, d + 1, p) for k, s, d, p in layers]),
        "own stride counted": (own, jump),
        "padding counted": (size + 2 * first, jump),
        "began at 0": (size - 1, jump),
    }
    assert question.mistakes == {name: walks[name] for name in question.mistakes}
    assert ("padding counted" in question.mistakes) == (first > 0)


@given(seeds)
def test_parameters_are_counted_in_arrays(seed):
    question = drawn("parameters", seed)
    words = question.words
    inputs, outputs = map(int, re.search(r"(\d+) channels into (\d+)", words).groups())
    ((height, width),) = sizes_in(words)
    groups = re.search(r"in (\d+) groups", words)
    groups = int(groups[1]) if groups else 1
    assert ("each kernel has a bias" in words) != ("without biases" in words)
    depth = len(np.split(np.arange(inputs), groups)[0])
    weight = np.zeros((outputs, depth, height, width))
    bias = np.zeros(outputs if "each kernel has a bias" in words else 0)
    assert question.expected == weight.size + bias.size
    counts = {
        "one kernel counted": weight[0].size + bias[:1].size,
        "channels forgotten": weight[:, 0].size + bias.size,
        "bias forgotten": weight.size,
        "bias per channel": weight.size + weight[:, :, 0, 0].size,
        "groups ignored": np.zeros((outputs, inputs, height, width)).size + bias.size,
        "one group counted": (weight.size + bias.size) // groups,
    }
    assert question.mistakes == {name: counts[name] for name in question.mistakes}
    assert ("groups ignored" in question.mistakes) == (groups > 1)


@given(seeds)
def test_the_shapes_of_gradients_are_those_that_the_backward_pass_gives(seed):
    question = drawn("gradient shapes", seed)
    words = question.words
    batch, channels, kernels = (
        int(re.search(pattern, words)[1])
        for pattern in (r"batch of (\d+)", r"with (\d+) channels", r"(\d+) kernels")
    )
    size, kernel = sizes_in(words)
    stride, padding, dilation = map(tuple, layout_in(words))
    layout = {"stride": stride, "padding": padding, "dilation": dilation}
    x, weight = np.ones((batch, channels, *size)), np.ones((kernels, channels, *kernel))
    y = conv2d_loops(x[:1], weight, **layout)
    y = np.repeat(y, batch, axis=0)
    gradients = conv2d_backward(y, x, weight, **layout)
    shapes = {"x": gradients.x.shape, "w": gradients.weight.shape, "b": gradients.bias.shape}
    name = re.search(r"∂ℓ/∂([xwb])\?", words)[1]
    assert question.expected == shapes[name]
    assert question.mistakes["shape of the output"] == y.shape
    assert dict(question.case.shapes) == {**shapes, "y": y.shape}


@given(seeds)
def test_mistaken_shapes_are_those_of_other_arrays(seed):
    question = drawn("gradient shapes", seed)
    geometry, name = question.case.geometry, question.case.name
    batch, inputs, outputs = (getattr(question.case, n) for n in ("batch", "inputs", "outputs"))
    (rows, cols), (height, width) = geometry.input_shape, geometry.kernel_size
    (stride, _), ((pad, _), _) = geometry.stride, geometry.padding
    lines = [starts(n, k, stride, pad, 1) for n, k in ((rows, height), (cols, width))]
    reached = [at[-1] + k - 2 * pad for at, k in zip(lines, (height, width), strict=True)]
    slid = [n + 2 * pad - len(at) + 1 for n, at in zip((rows, cols), lines, strict=True)]
    wrong = {
        "x": {
            "batch forgotten": (inputs, rows, cols),
            "axes swapped": (batch, inputs, cols, rows),
            "padding not cut off": (batch, inputs, rows + 2 * pad, cols + 2 * pad),
            "left-over cells cropped": (batch, inputs, *reached),
        },
        "w": {
            "batch kept": (batch, outputs, inputs, height, width),
            "channels forgotten": (outputs, height, width),
            "channels swapped": (inputs, outputs, height, width),
            "axes swapped": (outputs, inputs, width, height),
            "stride ignored": (outputs, inputs, *slid),
        },
        "b": {"batch kept": (batch, outputs), "bias per channel": (inputs,)},
    }[name] | {"shape of the output": (batch, outputs, *map(len, lines))}
    assert question.mistakes == {mistake: wrong[mistake] for mistake in question.mistakes}


@every_topic
def test_every_mistake_of_a_topic_can_be_asked_for(topic):
    possible = {mistake for seed in range(60) for mistake in drawn(topic, seed).mistakes}
    assert len(possible) >= 6
    for mistake in possible:
        assert mistake in drawn(topic, 5, trap=mistake).mistakes


@every_topic
@given(seeds)
def test_the_same_numbers_come_out_of_the_same_seed(topic, seed):
    assert drawn(topic, seed) == drawn(topic, seed)


@every_topic
def test_neither_the_question_nor_its_repr_tells_the_answer(topic):
    for seed in range(20):
        question = drawn(topic, seed)
        shown = repr(question)
        assert question.why not in shown
        assert "expected" not in shown
        assert "mistakes" not in shown


def test_an_unknown_topic_and_an_impossible_trap_are_named():
    with pytest.raises(ValueError, match=r"`topic` must be one of output size, .* got 'sizes'"):
        drawn("sizes", 1)
    with pytest.raises(ValueError, match=r"`trap` must be a mistake .*'parameters'.* got 'axes "):
        drawn("parameters", 1, trap="axes swapped")


# What readers type


PAIR = Question("output size", "?", "two numbers: rows, columns", (4, 5), {}, "a hint", "", None)
ONE = Question("output value", "?", "one number", -3, {"kernel flipped": 3}, "a hint", "", None)
SHAPE = Question(
    "gradient shapes", "?", "a shape", (5,), {"batch kept": (2, 5)}, "a hint", "", None, True
)


@pytest.mark.parametrize(
    "text",
    ["4, 5", "(4, 5)", "[4, 5]", " 4,5 ", "4 5", "4 × 5", "4x5", "4 X 5", "4;5", "4，5", "（4、5）",
     "4.0, 5", "(4, 5,)", "4   5", "4\t5", "4, 5\n"],
)  # fmt: skip
def test_a_pair_may_be_typed_in_many_ways(text):
    assert PAIR.mark(text).right is True


@pytest.mark.parametrize("text", ["-3", "−3", "–3", "(-3)", "[-3]", " -3.0 ", "(-3,)", "- 3"])
def test_a_number_may_be_typed_in_many_ways(text):
    assert ONE.mark(text).right is True


@pytest.mark.parametrize("text", ["5", "(5,)", "5,", "[5]"])
def test_a_shape_of_one_axis_may_be_typed_in_many_ways(text):
    assert SHAPE.mark(text).right is True


BAD = ["four", "4 rows, 5 columns", "4,,5", "(4, 5", "4, 5)", "1+1", "2**9", "__import__('os')",
       "{4: 5}", "{4, 5}", "'4, 5'", "None", "True", "()", "[]", "[[4, 5]]", "4 / 5", "1j", "…",
       "9" * 5000, "(" * 3000, "-" * 90, "[" * 99, "\x00",
       "4\n5 6\n(", "007", "1_0_", "0x", "²"]  # fmt: skip


@pytest.mark.parametrize("text", BAD)
@pytest.mark.parametrize("question", [PAIR, ONE, SHAPE], ids=lambda question: question.form)
def test_what_is_no_number_is_no_answer_and_gets_a_kind_word(question, text):
    verdict = question.mark(text)
    assert verdict.right is None
    assert verdict.words.endswith(f"is not understood. Type {question.form}, in digits.")
    assert len(verdict.words) < 250


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_nothing_is_no_answer(text):
    assert PAIR.mark(text).right is None
    assert PAIR.mark(text).words == "Type two numbers: rows, columns."
    assert PAIR.mark(...).right is None


def test_another_count_of_numbers_is_no_answer_but_for_shapes():
    assert PAIR.mark("4").right is None
    assert PAIR.mark("4, 5, 6").right is None
    assert ONE.mark("4, 5").right is None
    assert SHAPE.mark("5, 5, 5").right is False
    assert SHAPE.mark("2, 5").mistake == "batch kept"


def test_an_answer_that_no_known_mistake_gives_earns_the_hint():
    verdict = PAIR.mark("7, 7")
    assert (verdict.right, verdict.mistake, verdict.words) == (False, None, "a hint")


@pytest.mark.parametrize("text", ["1e999", "-1e999", "9" * 90, "1e-300", "1e999, 1e999"])
def test_numbers_beyond_all_bounds_are_wrong_and_no_harm(text):
    for question in (PAIR, ONE, SHAPE):
        assert question.mark(text).right is not True


@given(st.text() | st.text("0123456789-−+*/.,;×xX()[]{}'\"eEj_ \t\n", max_size=30))
def test_no_text_raises(text):
    for question in (PAIR, ONE, SHAPE):
        assert question.mark(text).right in (None, False, True)


@given(st.lists(st.integers(-(10**6), 10**6), min_size=1, max_size=6))
def test_numbers_are_read_as_they_are_typed(numbers):
    for text in (", ".join(map(str, numbers)), " ".join(map(str, numbers)), str(numbers)):
        assert substance(read_answer(text)) == tuple(numbers)
