"""The picture of a question shows that question's numbers, and is not left behind."""

import io
import re
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from convlab.draw.scene import Scene
from convlab.exercises.drill.drill_questions import TOPICS, draw_question
from convlab.explore.drilling import drill_pictures
from convlab.explore.drilling.drill_pictures import picture_of
from tests.strategies import settings as _profile  # noqa: F401 -- loads the profile

seeds = st.integers(0, 10**9)
few = settings(max_examples=20)  # of each a picture is drawn


def case_of(topic, seed):
    return draw_question(topic, Random(seed)).case


def text_of(value):
    return re.sub(r"<[^>]+>", "", value)


@pytest.mark.parametrize("topic", list(TOPICS))
@few
@given(seeds)
def test_every_question_has_a_picture_and_words_for_it(topic, seed):
    picture = picture_of(case_of(topic, seed))
    with Image.open(io.BytesIO(picture.png)) as image:
        assert image.width >= picture.width > 300
        assert np.ptp(np.asarray(image.convert("L"))) > 100
    assert len(text_of(picture.caption)) > 30
    assert text_of(picture.details)


@pytest.mark.parametrize("topic", list(TOPICS))
def test_other_numbers_give_another_picture(topic):
    pictures = [picture_of(case_of(topic, seed)) for seed in range(6)]
    cases = {case_of(topic, seed) for seed in range(6)}
    assert len({picture.png for picture in pictures}) >= len(cases) - 1
    assert picture_of(case_of(topic, 0)) == pictures[0]


@pytest.mark.parametrize("topic", list(TOPICS))
def test_the_scene_is_given_back(topic, monkeypatch):
    released = []
    monkeypatch.setattr(Scene, "release", lambda scene: released.append(scene))
    picture_of(case_of(topic, 1))
    assert len(released) == 1


def test_the_scene_is_given_back_after_an_error_as_well(monkeypatch):
    released = []
    monkeypatch.setattr(Scene, "release", lambda scene: released.append(scene))
    monkeypatch.setattr(Scene, "png", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        picture_of(case_of("output size", 1))
    assert len(released) == 1


@few
@given(seeds)
def test_the_words_beside_an_output_size_say_it(seed):
    question = draw_question("output size", Random(seed))
    details = text_of(picture_of(question.case).details)
    rows, cols = question.expected
    assert re.findall(r"\+ 1 = (\d+)", details) == [str(rows), str(cols)]


@few
@given(seeds)
def test_the_words_below_an_output_value_say_it(seed):
    question = draw_question("output value", Random(seed))
    pixel, value = question.case.pixel, str(question.expected).replace("-", "−")
    assert f"output pixel {pixel} = {value} is the sum" in text_of(
        picture_of(question.case).caption
    )


@few
@given(seeds)
def test_the_words_below_a_stack_say_what_its_unit_sees(seed):
    question = draw_question("receptive field", Random(seed))
    caption = text_of(picture_of(question.case).caption)
    assert f"sees {question.expected[0]} input cells" in caption
    state = drill_pictures._stack(question.case)
    assert state.fits
    assert 1 <= state.sizes[-1] <= 4


@few
@given(seeds)
def test_the_table_beside_channels_has_the_count_of_weights(seed):
    question = draw_question("parameters", Random(seed))
    weights = question.expected - question.case.bias * question.case.outputs
    assert f"<b>{weights}</b>" in picture_of(question.case).details


@few
@given(seeds)
def test_the_table_beside_a_layer_has_the_shape_that_was_asked_for(seed):
    question = draw_question("gradient shapes", Random(seed))
    name, shape = question.case.name, question.expected
    details = text_of(picture_of(question.case).details)
    assert f"{name}, ∂ℓ/∂{name}{shape}" in details


def test_what_is_no_question_s_numbers_is_named():
    with pytest.raises(TypeError, match="`case` must be the numbers of a question, got 3"):
        picture_of(3)
