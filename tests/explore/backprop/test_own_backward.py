"""A reader's backward pass: a right one passes however it is written, a slip is named."""

import functools
import itertools

import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view

from convlab import conv2d_backward, conv_matrix
from convlab.exercises.marking.mistakes import MISTAKES
from convlab.explore.backprop.gradient_check_numbers import Agreement
from convlab.explore.backprop.own_backward import examine
from convlab.explore.backprop.own_call import Kind
from convlab.explore.backprop.own_cases import TOGETHER, cases
from convlab.explore.backprop.planted_backward import PLANTED
from tests.explore.backprop import slips

NAMES = [case.name for case in cases()]
EVERY = [(where, slip, name) for where, some in slips.SLIPS.items() for slip, name in some.items()]


def with_slip(where, slip):
    def mine(g, x, w, stride=1, padding=0, dilation=1):
        return slips.loops(g, x, w, stride, padding, dilation, **{where: slip})

    return mine


@pytest.mark.parametrize(("where", "slip", "name"), EVERY)
def test_a_slip_is_called_by_its_name_and_nothing_else_is_blamed(where, slip, name):
    found = examine(with_slip(where, slip))
    assert not found.passes
    assert found.mistakes == {slips.PART[where]: name}


def test_every_mistake_that_is_planted_is_in_the_catalogue_and_was_slipped_into_loops():
    planted = {(part, name) for part, mistakes in PLANTED.items() for name in mistakes}
    assert {name for _, name in planted} <= set(MISTAKES)
    assert {(slips.PART[where], name) for where, _, name in EVERY} == planted


@pytest.mark.parametrize("part", PLANTED)
def test_no_two_mistakes_come_out_the_same_and_none_is_right(part):
    def results(version):
        arrays = []
        for case in cases():
            try:
                arrays.append(np.asarray(version(case.example)))
            except (ValueError, IndexError):
                arrays.append(None)
        return arrays

    def alike(one, other):
        pairs = [(a, b) for a, b in zip(one, other, strict=True) if a is not None and b is not None]
        return all(Agreement(a, b).passes for a, b in pairs)

    right = [np.asarray(case.numerical[part]) for case in cases()]
    made = {name: [results(v) for v in versions] for name, versions in PLANTED[part].items()}
    for (one, first), (other, second) in itertools.combinations(made.items(), 2):
        clash = any(alike(a, b) for a in first for b in second)
        assert not clash or "matrix transposed" in (one, other), (one, other)
    assert not any(alike(version, right) for versions in made.values() for version in versions)


def test_two_slips_in_two_gradients_are_both_named():
    def mine(g, x, w, stride=1, padding=0, dilation=1):
        slip = {"in_x": "not rotated", "in_b": "mean"}
        return slips.loops(g, x, w, stride, padding, dilation, **slip)

    assert examine(mine).mistakes == {"x": "kernel not rotated", "bias": "bias summed wrongly"}


def test_a_slip_of_no_known_kind_fails_without_a_name():
    def mine(g, x, w, stride=1, padding=0, dilation=1):
        gx, gw, gb = slips.right(g, x, w, stride, padding, dilation)
        gw[0, 0] += 1
        return gx, gw, gb

    found = examine(mine)
    assert (len(found.failing), found.mistakes) == (len(NAMES), {})
    assert {outcome.gradients["weight"].kind for outcome in found.outcomes} == {Kind.WRONG_VALUES}
    assert all(outcome.gradients["weight"].wrong.sum() == 1 for outcome in found.outcomes)


def test_a_slip_is_named_although_the_function_raises_in_some_case():
    def mine(g, x, w, stride=1, padding=0, dilation=1):
        if padding > 1:
            raise ValueError("index can't contain negative values")
        return slips.loops(g, x, w, stride, padding, dilation, in_x="not rotated")

    assert examine(mine).mistakes == {"x": "kernel not rotated"}


def test_raising_where_padding_would_be_negative_is_named():
    """As numpy's `pad` raises."""

    def mine(g, x, w, stride=1, padding=0, dilation=1):
        gx = slips.by_zero_insertion(g, x, w, stride, padding, dilation, at_least=-9)
        return gx, slips.of_w(g, x, w, stride, padding, dilation, ""), g.sum()

    found = examine(mine)
    assert [outcome.case.name for outcome in found.failing] == ["padding beyond d(k − 1)"]
    assert found.failing[0].message == "ValueError: index can't contain negative values"
    assert found.mistakes == {"x": "negative padding"}


# Right ones


def by_windows(g, x, w, stride=1, padding=0, dilation=1):
    """Both gradients by einsum over a sliding window."""
    span = [dilation * (k - 1) + 1 for k in w.shape]
    gx = np.zeros(np.add(x.shape, 2 * padding))

    def windows(a, writeable=False):
        view = sliding_window_view(a, span, writeable=writeable)
        return view[::stride, ::stride, ::dilation, ::dilation]

    gw = np.einsum("rc,rcuv->uv", g, windows(np.pad(x, padding)))
    onto = windows(gx, writeable=True)
    for r, c in np.ndindex(g.shape):
        onto[r, c] += g[r, c] * w
    return gx[padding : padding + x.shape[0], padding : padding + x.shape[1]], gw, g.sum()


def by_matrix(g, x, w, stride=1, padding=0, dilation=1):
    layout = {"stride": stride, "padding": padding, "dilation": dilation}
    gx = conv_matrix(w, x.shape, **layout).T @ g.ravel()
    units = np.eye(w.size).reshape(-1, *w.shape)
    gw = [g.ravel() @ conv_matrix(unit, x.shape, **layout) @ x.ravel() for unit in units]
    return [gx.reshape(x.shape), np.reshape(gw, w.shape), [g.sum()]]


def single(g, x, w, **layout):
    """All of it in single precision, and not in whole numbers."""
    small = (np.asarray(a / 3, np.float32) for a in (g, x, w))
    return tuple(
        np.float32(9 if i < 2 else 3) * a for i, a in enumerate(slips.right(*small, **layout))
    )


def whole(g, x, w, **layout):
    return tuple(np.asarray(a).astype(int) for a in slips.right(g, x, w, **layout))


def any_order(weight, x, grad_output, dilation, padding, stride):
    return slips.right(grad_output, x, weight, stride, padding, dilation)


def lists(g, x, w, **layout):
    return tuple(np.asarray(a).tolist() for a in slips.right(g, x, w, **layout))


class Callable:
    def __call__(self, grad_output, x, weight, stride=1, padding=0, dilation=1):
        return slips.right(grad_output, x, weight, stride, padding, dilation)


@pytest.mark.parametrize(
    "function",
    [
        conv2d_backward,
        slips.right,
        by_windows,
        by_matrix,
        single,
        whole,
        any_order,
        lists,
        Callable(),
        functools.partial(slips.right),
    ],
)
def test_a_right_one_passes_however_it_is_written(function):
    found = examine(function)
    assert found.passes, [(o.case.name, o.kind, o.message) for o in found.failing]
    assert [outcome.case.name for outcome in found.outcomes] == NAMES
    assert found.mistakes == {}


def test_the_cases_cover_what_the_bugs_hide_in():
    geometries = {case.name: case.example.geometry for case in cases()}
    assert NAMES[0] == "plain"
    assert NAMES[-1] == TOGETHER
    assert max(geometries["stride 2"].leftover) == 0
    assert min(geometries["stride 2, rows left over"].leftover) > 0
    assert max(geometries[TOGETHER].leftover) > 0
    assert np.min(geometries[TOGETHER].stride) == np.min(geometries[TOGETHER].dilation) == 2
    assert np.min(next(c for c in cases() if "beyond" in c.name).example.border) < 0
    for case in cases():
        for array in case.arrays.values():
            assert np.array_equal(array, array.round())
            assert not np.array_equal(array, array[::-1, ::-1])


@pytest.mark.parametrize(
    ("accepts", "names"),
    [
        ((), ["plain", "not square"]),
        (("stride",), ["plain", "not square", "stride 2", "stride 2, rows left over"]),
        (("padding",), ["plain", "not square", "padding 1", "padding beyond d(k − 1)"]),
        (("dilation", "stride"), [*NAMES[:2], *NAMES[4:]]),
    ],
)
def test_only_what_a_function_can_express_is_tried(accepts, names):
    took = [f"{name}=None" for name in accepts]
    space = {"right": conv2d_backward}
    options = ", ".join(f"{name}={name}" for name in accepts)
    exec(f"def mine(g, x, w, {', '.join(took)}): return right(g, x, w, {options})", space)
    found = examine(space["mine"])
    assert found.passes
    assert set(found.accepts) == set(accepts)
    assert [outcome.case.name for outcome in found.outcomes] == names


def test_a_function_without_strides_is_not_blamed_for_ignoring_them():
    found = examine(lambda g, x, w: slips.loops(g, x, w, 1, 0, 1, in_x="not rotated"))
    assert found.mistakes == {"x": "kernel not rotated"}


def test_a_bias_gradient_is_optional():
    found = examine(lambda g, x, w: slips.right(g, x, w)[:2])
    assert found.passes
    assert set(found.outcomes[0].gradients) == {"x", "weight"}


def test_batch_and_channels_are_optional_and_apart():
    assert examine(conv2d_backward).batch.kind is Kind.PASSES
    assert examine(slips.right).batch.kind is Kind.RAISED

    def nearly(g, x, w, stride=1, padding=0, dilation=1):
        found = conv2d_backward(g, x, w, stride=stride, padding=padding, dilation=dilation)
        return found if g.ndim == 2 else found._replace(weight=found.weight / len(x))

    found = examine(nearly)
    assert found.passes
    assert found.batch.kind is Kind.WRONG_VALUES


# What goes wrong otherwise


def kind_of(function):
    found = examine(function)
    return found.outcomes[0]


def test_each_way_to_fail_has_its_kind():
    def raises(_g, _x, _w):
        raise KeyError("oops")

    def leaves(_g, _x, _w):
        raise SystemExit(2)

    outcome = kind_of(raises)
    assert (outcome.kind, outcome.message) == (Kind.RAISED, "KeyError: 'oops'")
    assert kind_of(leaves).kind is Kind.RAISED
    assert kind_of(lambda _g, _x, _w: None).kind is Kind.NOTHING
    outcome = kind_of(lambda _g, x, _w: x)
    assert (outcome.kind, outcome.message) == (Kind.WRONG_TYPE, "ndarray")
    outcome = kind_of(lambda _g, x, _w: (x,))
    assert (outcome.kind, outcome.message) == (Kind.WRONG_TYPE, "tuple of 1")


@pytest.mark.parametrize(
    ("spoil", "kind"),
    [
        (lambda a: a * np.nan, Kind.NAN),
        (lambda a: np.where(np.arange(a.size).reshape(a.shape) == 1, np.inf, a), Kind.NAN),
        (lambda a: a[:1], Kind.WRONG_SHAPE),
        (lambda a: a[None], Kind.WRONG_SHAPE),
        (lambda a: a.ravel(), Kind.WRONG_SHAPE),
        (lambda _: np.zeros((0, 3)), Kind.WRONG_SHAPE),
        (lambda a: a + 1e-3, Kind.WRONG_VALUES),
        (lambda _: None, Kind.NOTHING),
        (lambda _: "text", Kind.NO_NUMBERS),
        (lambda _: [[1], [1, 2]], Kind.NO_NUMBERS),
        (lambda a: a * 1j, Kind.NO_NUMBERS),
        (lambda _: {}, Kind.NO_NUMBERS),
    ],
)
@pytest.mark.parametrize("place", [0, 1])
def test_each_gradient_has_its_kind(spoil, kind, place):
    def mine(g, x, w):
        found = [*slips.right(g, x, w)]
        found[place] = spoil(found[place])
        return found

    gradients = kind_of(mine).gradients
    part = ("x", "weight")[place]
    assert gradients[part].kind is kind
    assert {p for p, found in gradients.items() if found.kind is Kind.PASSES} == {
        "x",
        "weight",
        "bias",
    } - {part}


def test_a_function_that_changes_its_arguments_fails_though_its_gradients_are_right():
    def mine(g, x, w):
        found = slips.right(g, x, w)
        x += 1
        w[0, 0] = 7
        return found

    outcome = kind_of(mine)
    assert (outcome.kind, outcome.mutated) == (Kind.MUTATED, ("x", "weight"))
    assert examine(slips.right).passes  # the cases are as they were


def test_what_comes_back_may_be_changed_later():
    """The last answer is spoiled at each call: each case keeps what it saw."""
    given = []

    def mine(g, x, w):
        for array in given:
            array[...] = 99
        given[:] = [np.array(a, float) for a in slips.right(g, x, w)]
        return tuple(given)

    for outcome in examine(mine).outcomes:
        assert all(gradient.agreement.passes for gradient in outcome.gradients.values())


def test_single_precision_is_given_more_room_than_double():
    def mine(g, x, w, kind=np.float32):
        return tuple((np.asarray(a) * (1 + 1e-5)).astype(kind) for a in slips.right(g, x, w))

    assert examine(mine).passes
    assert not examine(functools.partial(mine, kind=np.float64)).passes


def test_an_interrupt_is_part_of_the_answer_and_ends_the_trials():
    called = []

    def mine(g, x, w, stride=1, padding=0):
        called.append(stride)
        if stride == 2:
            raise KeyboardInterrupt
        return slips.right(g, x, w, stride, padding)

    found = examine(mine)
    assert [outcome.case.name for outcome in found.outcomes] == NAMES[:5]
    assert found.outcomes[-1].kind is Kind.INTERRUPTED
    assert len(called) == 5
    assert found.batch is None


@pytest.mark.parametrize("function", [3, None, "conv2d_backward", np.zeros(3)])
def test_what_is_no_function_is_refused_by_name_and_value(function):
    with pytest.raises(TypeError, match="`function` must be a function, your backward pass, got"):
        examine(function)


@pytest.mark.parametrize(
    ("function", "got"),
    [
        (lambda _g, _x: None, r"got <lambda>\(_g, _x\)"),
        (lambda _g, _x, _w, _n: None, r"got <lambda>\(_g, _x, _w, _n\)"),
        (lambda: None, r"got <lambda>\(\)"),
    ],
)
def test_a_function_that_cannot_be_called_as_a_backward_pass_is_refused(function, got):
    with pytest.raises(TypeError, match=r"`function` must take grad_output, x and weight.*" + got):
        examine(function)
