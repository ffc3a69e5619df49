"""Marking a reader's function: whatever it does, what is said is exact, and nothing breaks."""
# ruff: noqa: ARG001, ARG005 -- these are functions that readers get wrong

import functools
import importlib
import sys
import threading
import time
import warnings

import numpy as np
import pytest
import scipy.signal
import scipy.sparse
from hypothesis import given
from hypothesis import strategies as st

import convlab
from convlab import conv2d as laid_on
from convlab.exercises.marking.calling import Kind, call
from convlab.exercises.marking.printed import MOST_PRINTED
from convlab.exercises.marking.questions import Task
from tests.exercises.odd_answers import ODD
from tests.strategies import settings as _profile  # noqa: F401 -- loads the profile

RNG = np.random.default_rng(3)
PAIRS = tuple(
    (RNG.integers(-4, 5, shape).astype(float), RNG.integers(1, 5, kernel).astype(float))
    for shape, kernel in (((5, 6), (3, 2)), ((2, 3), (1, 2)), ((4, 4), (2, 2)))
)
HINTS = ("Think of one output.", "It is a sum.", "Multiply and add.")


def by_loops(x, w):
    shape = [n - k + 1 for n, k in zip(x.shape, w.shape, strict=True)]
    y = np.zeros(shape)
    for r, c in np.ndindex(*shape):
        for u, v in np.ndindex(*w.shape):
            y[r, c] += w[u, v] * x[r + u, c + v]
    return y


SWEEP = Task(
    by_loops,
    PAIRS,
    HINTS,
    "That is all.",
    {"kernel flipped": lambda x, w: by_loops(x, w[::-1, ::-1])},
    ("conv2d", "conv2d_loops", "correlate2d", "Geometry", "convolve"),
)


def told(answer, task=SWEEP):
    verdict = task.mark(answer)
    assert verdict.right is False
    assert len(verdict.words) > 10
    return verdict


# What is right in substance


@pytest.mark.parametrize(
    "wrap",
    [
        np.ndarray.tolist,
        lambda y: tuple(map(tuple, y.tolist())),
        lambda y: y.astype(np.float32),
        lambda y: y.astype(int),
        lambda y: y.astype(object),
        lambda y: scipy.sparse.csr_array(y),
        lambda y: scipy.sparse.coo_matrix(y),
        lambda y: np.asfortranarray(y),
        lambda y: np.ma.masked_array(y),
        np.matrix,
    ],
)
def test_a_right_result_is_right_whatever_it_is_made_of(wrap):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert SWEEP.mark(lambda x, w: wrap(by_loops(x, w))).right is True


class Called:
    def __call__(self, x, w):
        return by_loops(x, w)

    def method(self, x, w):
        return by_loops(x, w)


@pytest.mark.parametrize(
    "answer",
    [
        by_loops,
        lambda x, w: by_loops(x, w),
        lambda *both: by_loops(*both),
        lambda x, w, stride=1: by_loops(x, w),
        lambda a, b, **options: by_loops(a, b),
        functools.partial(lambda scale, x, w: scale * by_loops(x, w), 1),
        Called(),
        Called().method,
        functools.wraps(by_loops)(lambda *both: by_loops(*both)),
        lambda x, w: np.einsum(
            "rcuv,uv->rc", np.lib.stride_tricks.sliding_window_view(x, w.shape), w
        ),
        lambda x, w: scipy.signal.fftconvolve(x, w[::-1, ::-1], mode="valid"),
    ],
)
def test_correct_but_unusual_functions_pass(answer):
    verdict = SWEEP.mark(answer)
    assert (verdict.right, verdict.words) == (True, "That is all.")


def test_a_single_number_may_come_as_an_array_of_one():
    double = Task(lambda n: 2 * n, ((1,), (4,)), HINTS)
    for wrap in (int, float, np.float32, np.array, lambda n: [n], lambda n: [[n]]):
        assert double.mark(lambda n, wrap=wrap: wrap(2 * n)).right is True
    verdict = told(lambda n: [2 * n + 1], double)
    assert "yours    expected\n✗3       ✓2" in repr(verdict)
    assert "hape" not in verdict.words


def test_right_numbers_in_another_shape_are_told_so():
    verdict = told(lambda x, w: by_loops(x, w).ravel())
    assert "The numbers are right, their shape is not: (4,) came for (2, 2)." in verdict.words


def test_a_wrong_shape_is_told():
    assert "Shape (5, 6) came for (2, 2)." not in told(lambda x, w: x).words
    assert "Shape (2, 3) came for (2, 2)." in told(lambda x, w: x).words
    words = told(lambda x, w: x.sum()).words
    assert "One number came, and an array of shape (2, 2) is asked for." in words


def test_several_results_are_compared_one_by_one():
    both = Task(lambda x: (x + 1, x.sum()), ((np.eye(2),), (np.ones((1, 2)),)), HINTS)
    assert both.mark(lambda x: [x + 1, x.sum()]).right is True
    verdict = told(lambda x: (x + 1, x.max()), both)
    assert verdict.case.part == "[1]"
    assert "Result 2 of 2" in verdict.words
    assert (
        "2 results are asked for, in a tuple; 3 results came."
        in told(lambda x: (x, x, x), both).words
    )
    assert "a generator came" in told(lambda x: (n for n in x), both).words
    assert told(lambda x: 5, both).case.given()


# What is not a right result


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "returned nothing: is there a `return`?"),
        ({1.0, 2.0}, "but a set. A set has no order"),
        ([[1, 2], [3]], "no array of numbers came back, but a list of rows that differ in length"),
        ("4", "but a text. Leave out the quotes"),
        (True, "but True or False"),
        (1j, "but complex numbers. Take `.real`"),
        ({"y": 1}, "but a dictionary"),
        (len, "but a function"),
        (iter([1]), "but an iterator. Put `list(…)`"),
        (np.array([[None, 1]]), "but a list of what is no number"),
        (object(), "but an object of type object"),
    ],
)
def test_what_is_no_numbers_is_told_by_what_it_is(value, words):
    verdict = told(lambda x, w: value)
    assert words in verdict.words
    assert not verdict.hints


def test_printing_instead_of_returning_is_said():
    verdict = told(lambda x, w: print(x.shape))
    assert "`print` only shows a result" in verdict.words


def test_nan_and_infinity_are_said():
    assert "NaN came" in told(lambda x, w: by_loops(x, w) * np.nan).words
    assert "Infinity came" in told(lambda x, w: by_loops(x, w) + np.inf).words
    assert "NaN" in repr(told(lambda x, w: by_loops(x, w) * np.nan))


def test_a_result_much_too_large_is_told_by_its_shape():
    """Made of pages that are never touched; a copy would fill the memory."""
    huge = np.broadcast_to(np.zeros(1), (10**6, 10**6))
    assert "Shape (1000000, 1000000) came for (2, 2)." in told(lambda x, w: huge).words


def generator(x, w):
    yield by_loops(x, w)


async def coroutine(x, w):
    return by_loops(x, w)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (5, "A function is asked for, got 5."),
        (None, "A function is asked for, got None."),
        (int, "A function is asked for, got the class int."),
        (generator, "but a generator. Use `return` for `yield`"),
        (coroutine, "leave out `async`"),
        (lambda x: x, "takes 1 argument (x), and is called with 2: x, w."),
        (lambda: 1, "takes 0 arguments, and is called with 2: x, w."),
        (lambda a, b, c: a, "takes 3 arguments (a, b, c), and is called with 2: x, w."),
        (lambda a, *, w: a, "takes 2 arguments (a, w), and is called with 2: x, w."),
    ],
)
def test_what_cannot_be_called_is_told_why(answer, words):
    verdict = told(answer)
    assert words in verdict.words
    assert not verdict.hints


def unwritten(x, w):
    raise NotImplementedError


def one_constant(x, w):
    return 5


@pytest.mark.parametrize("answer", [unwritten, lambda x, w: ..., ..., lambda x, w: None])
def test_what_is_not_written_yet_is_not_answered_yet(answer):
    assert SWEEP.mark(answer).right is None


def test_a_short_body_is_an_answer():
    assert told(one_constant)
    assert told(lambda x, w: x)


def test_numbers_that_are_not_right_earn_the_vaguest_hint_alone():
    verdict = told(lambda x, w: by_loops(x, w) + 1)
    assert (verdict.hints, verdict.of) == (HINTS[:1], 3)
    assert HINTS[1] not in repr(verdict)


# What misbehaves


def test_an_error_is_told_with_its_line():
    def divide(x, w):
        rows = 0
        return x / (1 // rows)

    verdict = told(divide)
    assert "ZeroDivisionError" in verdict.words
    assert "`return x / (1 // rows)`" in verdict.words
    assert not verdict.hints


def test_an_error_that_cannot_be_printed_is_told_by_its_type():
    class Silent(Exception):
        def __str__(self):
            raise ValueError("never")

    def fail(x, w):
        raise Silent

    assert "It raised Silent" in told(fail).words


def test_an_exit_does_not_end_the_kernel():
    assert "exit()" in told(lambda x, w: sys.exit(3)).words


def test_an_interrupt_passes_through_and_leaves_nothing_behind():
    def interrupted(x, w):
        raise KeyboardInterrupt

    before, output = sys.gettrace(), sys.stdout
    with pytest.raises(KeyboardInterrupt):
        SWEEP.mark(interrupted)
    assert (sys.gettrace(), sys.stdout) == (before, output)


def test_recursion_without_end_is_told():
    def again(x, w):
        return again(x, w)

    assert "Does it call itself without end?" in told(again).words


CAUGHT = []
NAMESPACE = {}
exec("def one_line(x, w):\n    while True: pass", NAMESPACE)  # which is one instruction only


def two_lines(x, w):
    n = 0
    while True:
        n += 1


def catches_errors(x, w):
    try:
        for n in iter(int, 1):
            w = w + n
    except Exception:
        CAUGHT.append(w)


def comprehension(x, w):
    return [0 for _ in iter(int, 1)]


def slow_recursion(x, w):
    def fibonacci(n):
        return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)

    return fibonacci(60)


ENDLESS = [NAMESPACE["one_line"], two_lines, catches_errors, comprehension, slow_recursion]


@pytest.mark.parametrize("answer", ENDLESS)
@pytest.mark.usefixtures("impatient")
def test_a_loop_without_end_is_stopped(answer):
    verdict = told(answer)
    assert "It was stopped after 0.2 seconds. Does a loop never end?" in verdict.words
    assert verdict.case.given()
    assert not CAUGHT, "its own `except Exception` was to catch nothing"


@pytest.mark.usefixtures("impatient")
def test_a_loop_is_stopped_on_another_thread_as_well():
    found = []
    thread = threading.Thread(target=lambda: found.append(SWEEP.mark(two_lines)), daemon=True)
    thread.start()
    thread.join(30)
    assert "stopped" in found[0].words


@pytest.mark.usefixtures("impatient")
def test_the_time_is_for_all_trials_together():
    def slow(x, w):
        time.sleep(0.12)
        return by_loops(x, w)

    assert "stopped" in told(slow).words


def test_what_traced_before_traces_again():
    def trace(frame, event, argument):
        return None

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        SWEEP.mark(by_loops)
        assert sys.gettrace() is trace
    finally:
        sys.settrace(before)


def test_changed_arguments_are_named_and_do_no_harm():
    def spoils(picture, w):
        result = by_loops(picture, w)
        picture[...] = 0
        return result

    kept = [x.copy() for x, _ in PAIRS]
    verdict = SWEEP.mark(spoils)
    assert verdict.right is True
    assert verdict.notes == (
        "It changes what it is given (picture): work on a copy, such as `picture.copy()`.",
    )
    assert all(np.array_equal(x, y) for (x, _), y in zip(PAIRS, kept, strict=True))
    assert SWEEP.mark(by_loops).notes == ()


def test_one_array_for_all_results_is_looked_at_after_each_call():
    board = np.zeros((2, 2))

    def reuses(x):
        board[...] = x
        return board

    assert Task(lambda x: x, ((np.eye(2),), (np.ones((2, 2)),)), HINTS).mark(reuses).right is True


def test_what_is_printed_is_told_in_a_few_lines(capsys):
    def prints(x, w):
        for n in range(100):
            print("line", n)
        return by_loops(x, w)

    verdict = SWEEP.mark(prints)
    assert verdict.right is True
    assert verdict.notes == ("It printed:\nline 0\nline 1\nline 2\n…",)
    assert capsys.readouterr().out == ""


def test_printing_without_end_fills_no_memory():
    def prints(n):
        for _ in range(1000):
            print("x" * 1000)
        return n

    came = call(prints, (1,))
    assert came.value == 1
    assert len(came.printed) == MOST_PRINTED


def test_what_other_threads_print_is_theirs(capsys):
    def other_prints(n):
        thread = threading.Thread(target=print, args=("from elsewhere",))
        thread.start()
        thread.join()
        print("from here")
        return n

    assert call(other_prints, (1,)).printed == "from here\n"
    assert capsys.readouterr().out == "from elsewhere\n"


def test_two_threads_leave_the_output_where_it_was():
    """The first to begin ends first: without a lock the second would restore the first one's."""
    before, began, ended = sys.stdout, threading.Event(), threading.Event()

    def first(n):
        began.set()
        time.sleep(0.05)
        return n

    def second(n):
        ended.wait(0.2)
        return n

    def run_first():
        call(first, (1,))
        ended.set()

    threads = [
        threading.Thread(target=run_first),
        threading.Thread(target=call, args=(second, (1,))),
    ]
    threads[0].start()
    began.wait(5)
    threads[1].start()
    for thread in threads:
        thread.join(30)
    assert sys.stdout is before


def test_warnings_are_not_errors():
    def warns(x, w):
        warnings.warn("beware", stacklevel=1)
        np.array([1.0]) / 0
        return by_loops(x, w)

    assert SWEEP.mark(warns).right is True


# The failing case


def test_the_smallest_failing_case_is_shown():
    verdict = told(lambda x, w: by_loops(x, w) + (x.size != 6))
    smallest = min((p for p in PAIRS if p[0].size != 6), key=lambda p: p[0].size + p[1].size)
    assert np.array_equal(verdict.case.arguments["x"], smallest[0])
    assert np.array_equal(verdict.case.arguments["w"], smallest[1])
    assert verdict.case.heading == "The smallest of 2 trials that fail, of 3:"
    assert verdict.case.differs.all()
    assert "9 of 9 entries differ." in verdict.words


def test_only_the_entries_that_differ_are_marked():
    def nearly(x, w):
        y = by_loops(x, w)
        y[-1, 0] += 1
        return y

    verdict = told(nearly)
    expected = np.zeros(verdict.case.expected.shape, bool)
    expected[-1, 0] = True
    assert np.array_equal(verdict.case.differs, expected)
    assert "1 of 4 entries differs." in verdict.words


def test_a_mistake_is_named_and_its_case_shown():
    verdict = told(lambda x, w: by_loops(x, w[::-1, ::-1]))
    assert verdict.mistake == "kernel flipped"
    assert repr(verdict).startswith("✗ Not yet: kernel flipped. The kernel was rotated")
    assert not verdict.hints
    assert verdict.case.results()


# What may not be called


def through_a_helper(x, w):
    def inner(a):
        return laid_on(a, w)

    return inner(x)


def through_an_import(x, w):
    from convlab.convolution import conv2d as f

    return f(x, w)


def through_a_loop(x, w):
    try:
        return laid_on(x, w)
    except BaseException:
        return by_loops(x, w)


TABLE = {"f": laid_on}


@pytest.mark.parametrize(
    "answer",
    [
        laid_on,
        lambda x, w: laid_on(x, w),
        lambda x, w: convlab.conv2d(x, w),
        lambda x, w: convlab.convolution.conv2d_loops(x, w),
        lambda x, w: getattr(convlab, "conv" + "2d")(x, w),
        lambda x, w: importlib.import_module("convlab.convolution").conv2d(x, w),
        functools.partial(laid_on, stride=1),
        functools.partial(functools.partial(laid_on), padding=0),
        lambda x, w, f=laid_on: f(x, w),
        lambda x, w: TABLE["f"](x, w),
        lambda x, w: next(map(laid_on, [x], [w])),
        lambda x, w: scipy.signal.correlate2d(x, w, mode="valid"),
        lambda x, w: by_loops(x, w) + 0 * convlab.Geometry(x.shape, w.shape).steps,
        lambda x, w: by_loops(x, w) + 0 * np.convolve([1], [2])[0],
        through_a_helper,
        through_an_import,
        through_a_loop,
    ],
)
def test_a_function_that_would_answer_the_task_is_refused_however_it_is_reached(answer):
    verdict = told(answer)
    assert "would answer it; the task is to do without." in verdict.words
    assert not verdict.key  # no honest try


def mentions(x, w):
    """Do as conv2d and Geometry do; correlate2d would be no help."""
    conv2d = by_loops(x, w)  # not conv2d_loops
    Geometry = {"conv2d": conv2d}
    return Geometry["conv2d"]


def conv2d(x, w):
    return by_loops(x, w)


@pytest.mark.parametrize(
    "answer",
    [
        mentions,
        lambda x, w: conv2d(x, w),
        conv2d,
        lambda x, w: by_loops(x, w) if x is not None else laid_on(x, w),
        lambda x, w: -convlab.conv2d_input_grad(by_loops(x, w), [[-1.0]], by_loops(x, w).shape),
        lambda x, w: (convlab.conv_matrix(w, x.shape) @ x.ravel()).reshape(
            np.subtract(x.shape, w.shape) + 1
        ),
    ],
)
def test_a_name_alone_is_not_refused_and_what_convlab_calls_is_its_own_affair(answer):
    assert SWEEP.mark(answer).right is True


# Whatever comes


odd = st.integers(0, len(ODD) - 1).map(lambda n: ODD[n])  # some cannot be shown
answers = st.recursive(
    odd | st.floats() | st.integers() | st.text(max_size=5) | st.complex_numbers(),
    lambda inner: st.lists(inner, max_size=3) | st.tuples(inner, inner) | st.dictionaries(
        st.text(max_size=2), inner, max_size=2
    ),
    max_leaves=5,
)  # fmt: skip


def raises(error):
    def failing(*arguments):
        raise error

    return failing


@st.composite
def functions(draw):
    """Functions that return, raise, print or spoil, and take too few or too many arguments."""
    value, way = draw(answers), draw(st.integers(0, 5))
    if way == 0:
        return raises(draw(st.sampled_from([ValueError, SystemExit, StopIteration, MemoryError])))
    if way == 1:
        return lambda x: value
    if way == 2:
        return lambda x, w: print(value)

    def spoils(*arguments):
        for argument in arguments:
            if isinstance(argument, np.ndarray):
                argument[...] = np.nan
                argument.resize((1,), refcheck=False)
        return value

    return spoils if way == 3 else lambda *arguments: value


@given(functions() | answers)
def test_no_answer_raises_or_cannot_be_shown(answer):
    for task in (SWEEP, Task(lambda x: (x, x.sum()), ((np.eye(2),),), HINTS)):
        verdict = task.mark(answer)
        assert verdict.right in (False, None)
        assert repr(verdict)
        assert (verdict._repr_html_() is None) == (verdict.right is None)


@pytest.mark.parametrize("index", range(len(ODD)))
def test_whatever_comes_back_is_told_by_what_it_is(index):
    verdict = SWEEP.mark(lambda x, w: ODD[index])
    assert verdict.right is (None if ODD[index] is ... else False)
    assert "This is no function" not in verdict.words
    assert repr(verdict)


def test_a_call_says_what_came_of_it():
    assert call(lambda n: n + 1, (1,)).kind is Kind.RETURNED
    assert call(lambda n: n / 0, (1,)).kind is Kind.RAISED
    assert call(raises(NotImplementedError), (1,)).kind is Kind.UNWRITTEN
    assert call(lambda rows: rows.append(1), ([],)).changed == (0,)
    assert call(lambda x: x.resize(1, refcheck=False), (np.eye(2),)).changed == (0,)
