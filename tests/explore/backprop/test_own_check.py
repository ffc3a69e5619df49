"""`GradientCheck` of a reader's own function: it says and shows what was found, whatever came."""

import html
import re
import signal

import numpy as np
import pytest
from ipywidgets.widgets.widget import _instances

from convlab import conv2d_backward, explore
from convlab.exercises.marking.mistakes import MISTAKES
from convlab.explore import GradientCheck
from convlab.explore.backprop import own_check_words as words
from convlab.explore.backprop.own_backward import examine
from convlab.explore.backprop.own_call import Kind
from convlab.explore.backprop.own_cases import cases
from tests.explore import test_contract as contract
from tests.explore.backprop import slips
from tests.explore.driving import Interrupt


def overwrites(g, x, w, stride=1, padding=0, dilation=1):
    return slips.loops(g, x, w, stride, padding, dilation, in_x="overwritten")


def spoiled(where, how):
    """Return a function whose gradients, counted by `where`, are spoiled."""

    def mine(g, x, w, stride=1, padding=0, dilation=1):
        found = [np.array(a, float) for a in slips.right(g, x, w, stride, padding, dilation)]
        found[where] = how(found[where])
        return tuple(found)

    return mine


def raises(g, x, w, stride=1):
    if stride > 1:
        raise ValueError("<b>no</b> stride")
    return slips.right(g, x, w)


def changes(g, x, w):
    found = slips.right(g, x, w)
    x[0] = 9
    return found


def nothing(_g, _x, _w): ...


def a_number(_g, _x, _w):
    return 3


STRANGE = {
    "overwrites": overwrites,
    "raises": raises,
    "changes": changes,
    "nothing": nothing,
    "a number": a_number,
    "large": spoiled(0, lambda a: np.pad(a, 3)),
    "huge": spoiled(1, lambda a: np.pad(a, 300)),
    "flat": spoiled(0, np.ravel),
    "deep": spoiled(1, lambda a: a[None, None]),
    "empty": spoiled(0, lambda a: a[:0]),
    "no columns": spoiled(0, lambda a: np.zeros((9, 0 * a.size))),
    "NaN": spoiled(0, lambda a: np.where(a > 3, np.nan, a)),
    "infinite": spoiled(2, lambda a: a * np.inf),
    "enormous": spoiled(0, lambda a: a * 1e305),
    "half": spoiled(0, lambda a: (a * 100).astype(np.float16)),
    "text": spoiled(1, lambda a: str(a)),
    "NaN outside": spoiled(0, lambda a: np.pad(a, 1, constant_values=np.nan)),
}


def text_of(explorer):
    return html.unescape(re.sub("<[^>]+>", "", explorer.caption.value))


@pytest.mark.parametrize("function", STRANGE.values(), ids=STRANGE)
def test_whatever_comes_back_every_case_is_shown(function):
    explorer = GradientCheck(function)
    assert not explorer.findings.passes
    for case in range(len(explorer.findings.outcomes)):
        explorer.controls["case"].value = case
        contract.assert_true_to_its_state(explorer)
    explorer.reset_button.click()
    contract.assert_true_to_its_state(explorer)


def test_it_opens_with_the_smallest_case_that_fails_and_names_the_mistake():
    explorer = GradientCheck(with_stride_slip := with_slip("in_x", "stride"))
    assert list(explorer.controls) == ["case"]
    assert explorer.state.outcome.case.name == "stride 2"
    assert explorer.controls["case"].options[3:6] == (
        ("✓ padding beyond d(k − 1)", 3),
        ("✗ stride 2", 4),
        ("✗ stride 2, rows left over", 5),
    )
    text = text_of(explorer)
    assert text.startswith(f"{with_stride_slip.__name__}: ∂ℓ/∂x has wrong values: ")
    assert f"Caught in ∂ℓ/∂x: stride ignored. {MISTAKES['stride ignored']}" in text
    assert "3 of 8 cases fail." in text
    assert repr(explorer) == f"GradientCheck: {text}"
    explorer.controls["case"].value = 0
    assert "This case passes; choose one with a ✗." in text_of(explorer)
    assert "Caught in ∂ℓ/∂x: stride ignored." in text_of(explorer)


def with_slip(where, slip):
    def mine(g, x, w, stride=1, padding=0, dilation=1):
        return slips.loops(g, x, w, stride, padding, dilation, **{where: slip})

    return mine


def test_the_cases_go_from_small_to_large():
    """So the first that fails is the smallest."""
    sizes = [case.arrays["x"].size for case in cases()]
    assert sizes == sorted(sizes)
    assert GradientCheck(overwrites).state.case == 0


def test_the_picture_shows_what_was_coded_beside_what_is_right():
    explorer = GradientCheck(overwrites)
    found = explorer.state.agreements["x"]
    wrong = np.abs(found.coded - found.numerical) > 1e-3
    drawing = explorer.scene.drawing(explorer.state)
    assert len(drawing.frames) == wrong.sum() > 0
    assert not explorer.scene.drawing(GradientCheck(conv2d_backward).state).frames


def test_the_details_show_the_call_its_arguments_and_the_first_entries_that_differ():
    explorer = GradientCheck(with_slip("in_x", "stride"))
    details = explorer.details.value
    assert "<code>mine(grad_output, x, weight, stride=2)</code>" in details
    for role in ("convlab-input", "convlab-kernel", "convlab-gradient"):
        assert role in details
    wrong = explorer.state.outcome.gradients["x"]
    assert details.count("convlab-look") == 2 * wrong.wrong.sum()
    entries = words.first_entries("x", wrong)
    assert len(entries) == 3
    assert all(entry in details for entry in entries)
    place = tuple(np.argwhere(wrong.wrong)[0].tolist())
    came, right = (round(float(part[place])) for part in wrong.agreement)
    assert entries[0] == f"∂ℓ/∂x at {list(place)}: {came} came, {right} is right.".replace("-", "−")
    assert "∂ℓ/∂w, came" not in details
    assert "takes no batch and no channels (4-D arrays), which are optional." in details


def test_a_right_one_is_told_so_and_how_far_it_was_tried():
    text = text_of(GradientCheck(conv2d_backward))
    agree = "in all 8 cases ∂ℓ/∂x, ∂ℓ/∂w and ∂ℓ/∂b agree with central differences."
    assert text == f"conv2d_backward passes: {agree}"
    assert (
        "(4-D arrays), which is optional, it passes" in GradientCheck(conv2d_backward).details.value
    )
    text = text_of(GradientCheck(lambda g, x, w, stride: slips.right(g, x, w, stride)[:2]))
    assert text.startswith("<lambda> passes: in all 4 cases ∂ℓ/∂x and ∂ℓ/∂w agree")
    assert "Not tried: cases with padding and dilation, which the function does not take." in text
    assert "Not checked: ∂ℓ/∂b, which the function does not return." in text


def test_a_wrong_batch_is_told_apart():
    def nearly(g, x, w, stride=1, padding=0, dilation=1):
        found = conv2d_backward(g, x, w, stride=stride, padding=padding, dilation=dilation)
        return found if g.ndim == 2 else found._replace(bias=found.bias * 2)

    explorer = GradientCheck(nearly)
    assert text_of(explorer).startswith("nearly passes")
    assert "it does not pass: ∂ℓ/∂b has wrong values: 3 of 3 entries" in explorer.details.value


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (nothing, "nothing: It returned nothing: is there a return?"),
        (
            a_number,
            "It must return two or three arrays, ∂ℓ/∂x, ∂ℓ/∂w and ∂ℓ/∂b; what came is: int.",
        ),
        (raises, "raises: It raised ValueError: <b>no</b> stride. 2 of 4 cases fail."),
        (changes, "changes: It has changed its argument x: work on a copy. 2 of 2 cases fail."),
        (STRANGE["large"], "∂ℓ/∂x has the wrong shape: 9 × 9, not 3 × 3."),
        (STRANGE["flat"], "∂ℓ/∂x has the wrong shape: (9,), not 3 × 3."),
        (STRANGE["NaN"], "∂ℓ/∂x holds NaN or infinity."),
        (STRANGE["text"], "∂ℓ/∂w is no array of numbers."),
        (with_slip("in_b", "mean"), "∂ℓ/∂b has the wrong value: 4.5, not 18."),
        (with_slip("in_b", "not summed"), "∂ℓ/∂b has the wrong shape: 2 × 2, not one number."),
        (spoiled(0, lambda a: [[1], [1, 2]] * (a.size > 0)), "∂ℓ/∂x is no array of numbers."),
        (lambda g, x, w: (None, *slips.right(g, x, w)[1:]), "<lambda>: ∂ℓ/∂x is None."),
    ],
)
def test_each_kind_is_told_in_a_sentence(function, said):
    assert said in text_of(GradientCheck(function))


def test_code_is_set_as_code():
    """In the catalogue of mistakes it stands between backquotes, which a page does not read."""
    caption = GradientCheck(with_slip("in_x", "overwritten by the last weight")).caption.value
    assert "<b>= for +=</b>" in caption
    assert "<code>+=</code>" in caption
    assert "is there a <code>return</code>?" in GradientCheck(nothing).caption.value


def test_what_a_function_raises_is_text_and_no_html():
    explorer = GradientCheck(raises)
    assert "&lt;b&gt;no&lt;/b&gt; stride" in explorer.caption.value
    assert "<b>no" not in explorer.caption.value + explorer.details.value
    assert "&lt;lambda&gt;" in GradientCheck(lambda g, x, w: slips.right(g, x, w)).caption.value


def test_every_kind_has_a_sentence():
    told = {*words._OF_CALL, *words._OF_GRADIENT, Kind.MUTATED, Kind.PASSES}
    assert told == set(Kind)


def test_what_a_function_prints_is_the_readers_and_breaks_nothing(capsys):
    def chatty(g, x, w):
        print("here")
        return slips.right(g, x, w)

    assert GradientCheck(chatty).status.value == ""
    assert set(capsys.readouterr().out.split()) == {"here"}


def test_a_loop_that_never_ends_is_interrupted_and_the_explorer_works():
    def endless(g, x, w, stride=1):
        while stride > 1:
            signal.raise_signal(signal.SIGINT)  # as the interrupt button does
        return slips.right(g, x, w)

    explorer = GradientCheck(endless)
    assert text_of(explorer).startswith("endless: It was interrupted here, and not tried on")
    explorer.controls["case"].value = 0
    contract.assert_true_to_its_state(explorer)


def test_an_interrupt_while_it_is_drawn_leaves_nothing_behind():
    explorer = GradientCheck(overwrites)
    for after in (3, 30, 300, 3000):
        with Interrupt(after=after):
            explorer.controls["case"].value = after % 7
        explorer.controls["case"].value = 5
        explorer.controls["case"].value = 2
        contract.assert_true_to_its_state(explorer)


def test_the_function_runs_when_it_is_given_and_never_again():
    calls = []

    def counted(g, x, w):
        calls.append(1)
        return slips.right(g, x, w)

    explorer = GradientCheck(counted)
    before = len(calls)
    explorer.controls["case"].value = 1
    explorer.reset_button.click()
    explorer._repr_mimebundle_()
    assert len(calls) == before == 3  # two cases, and the one with a batch


def test_it_saves_closes_and_refuses_as_every_explorer_does(tmp_path):
    explorer = GradientCheck(overwrites, case=3)
    assert explorer.state.case == 3
    explorer.save(tmp_path / "still.png")
    assert (tmp_path / "still.png").read_bytes() == explorer.scene.png()
    before = set(_instances)
    GradientCheck(overwrites).close()
    assert set(_instances) == before
    with pytest.raises(TypeError, match="`mistake` is no control of GradientCheck; known: case"):
        GradientCheck(overwrites, mistake="none")
    with pytest.raises(ValueError, match="`case` of GradientCheck cannot be 99; choose from 0, 1"):
        GradientCheck(overwrites, case=99)


@pytest.mark.parametrize("function", [3, "conv2d_backward", np.zeros(3)])
def test_what_is_no_function_is_refused(function):
    before = set(_instances)
    with pytest.raises(TypeError, match=r"`function` must be a function, .* got (3|'conv|array)"):
        GradientCheck(function)
    assert set(_instances) == before


def test_without_a_function_nothing_has_changed():
    explorer = GradientCheck()
    assert list(explorer.controls)[-2:] == ["mistake", "symmetric"]
    assert type(explorer) is explore.GradientCheck is GradientCheck
    assert type(GradientCheck(None)) is GradientCheck
    assert "OwnGradientCheck" not in "".join(explore.__all__)
    assert examine(overwrites).mistakes == {"x": "= for +="}
