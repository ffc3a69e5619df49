"""What is done is kept: in the kernel, and in one small file if the reader wants it."""

import json
import stat
import threading

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from convlab.exercises import (
    EXERCISES,
    PREDICTIONS,
    check,
    keep_progress,
    predict,
    progress,
    progress_file,
)
from convlab.exercises.progress_file import Done, read, write
from convlab.exercises.record import RECORD
from convlab.explore import Sweep
from tests.strategies import settings as _profile  # noqa: F401 -- loads the profile

OF_ONE = [name for name in EXERCISES if name.startswith("1.")]
ASKED = [name for name in PREDICTIONS if name.startswith(("1.", "1a", "1b", "1c", "1d"))]


def wrong(name):
    return check(name, -98765)


def right(name):
    return check(name, EXERCISES[name].expected)


@pytest.fixture
def beside(tmp_path, monkeypatch):
    """Work in a folder of its own, as beside a notebook."""
    monkeypatch.chdir(tmp_path)
    return tmp_path / "convlab-progress.json"


# In the kernel


def test_where_nothing_is_answered_the_line_is_always_the_same():
    line = (
        f"Lesson 1: nothing answered yet of {len(OF_ONE)} exercises and {len(ASKED)} predictions."
    )
    assert repr(progress(1)) == line
    for name in OF_ONE:
        check(name, ...)
    assert repr(progress(1)) == line
    assert progress(1)._repr_html_() is None
    assert repr(progress()) == "Nothing answered yet, in any lesson."


def test_what_is_right_tried_and_open_is_told():
    right("1.1 output size")
    wrong("1.2 one pixel")
    lines = repr(progress(1)).splitlines()
    assert lines[0] == (
        f"Lesson 1: 1 of {len(OF_ONE)} exercises right, 1 tried; "
        f"0 of {len(ASKED)} predictions answered."
    )
    assert lines[1] == f"Exercises to go: {'; '.join(OF_ONE[1:])}."
    assert lines[2] == f"Predictions to go: {'; '.join(ASKED)}."


def test_what_was_right_once_stays_right():
    wrong("1.1 output size")
    right("1.1 output size")
    wrong("1.1 output size")
    assert RECORD.done.exercises == {"1.1 output size": True}


def test_what_is_no_answer_is_no_try():
    for answer in (..., None, "text", {1}, (np.nan, 1)):
        check("1.1 output size", answer)
    assert RECORD.done.exercises == {}


def test_a_lesson_that_is_done_says_so():
    for name in OF_ONE:
        RECORD.answered(name, type(check(name, ...))(True, key="a"))
    for name in ASKED:
        RECORD.predicted(name, type(check(OF_ONE[0], ...))(False))
    assert repr(progress(1)).splitlines()[1] == "All done."


def test_progress_of_all_has_a_line_for_each_lesson_that_was_begun():
    right("2.1 output size")
    wrong("1.2 one pixel")
    assert [line[:9] for line in repr(progress()).splitlines()] == ["Lesson 1:", "Lesson 2:"]


@pytest.mark.parametrize("lesson", [99, -1, 0])
def test_a_lesson_without_exercises_is_named(lesson):
    with pytest.raises(ValueError, match=rf"`lesson` must be one of 1, 2, 3, .*, got {lesson}"):
        progress(lesson)


@pytest.mark.parametrize("lesson", ["3", 3.5, True, [3]])
def test_what_is_no_lesson_is_named(lesson):
    with pytest.raises(TypeError, match=r"`lesson` must be a whole number, such as 3, got"):
        progress(lesson)


# Predictions


def test_an_answer_to_a_prediction_is_kept():
    explorer = predict("1a output", Sweep(stride=1))
    explorer.asking.commit("what?")
    assert RECORD.done.predictions == {}
    explorer.asking.commit("2 × 2")
    assert RECORD.done.predictions == {"1a output": False}
    assert "1 of" in repr(progress(1)).splitlines()[0]
    assert "off" not in explorer.asking.verdict.value.split("The answer is")[0]


def test_showing_the_answer_is_no_prediction():
    predict("1a output", Sweep(stride=1)).asking.show()
    assert RECORD.done.predictions == {}


def test_the_later_answer_counts_where_the_letters_came_late():
    heard = PREDICTIONS["1a output"].heard_by(
        lambda verdict: RECORD.predicted("1a output", verdict)
    )
    assert heard.mark("3 × 1").right is False
    assert heard.mark("3 × 3").right is True
    assert RECORD.done.predictions == {"1a output": True}


@pytest.mark.parametrize("name", list(PREDICTIONS))
def test_a_prediction_that_is_heard_is_the_same_question(name):
    heard, verdicts = [], []
    asked = PREDICTIONS[name]
    listened = asked.heard_by(heard.append)
    for answer in (asked.answer, "", "0", "1 2 3 4 5 6 7", *asked.choices):
        verdicts.append((asked.mark(answer).right, asked.mark(answer).words))
        listened.mark(answer)
    assert verdicts == [(verdict.right, verdict.words) for verdict in heard]
    assert (listened.prompt, listened.hides) == (asked.prompt, asked.hides)
    assert listened.choices == asked.choices


def test_numbers_in_another_order_are_told_so():
    assert PREDICTIONS["7f meets"].mark("6, 5, 2, 1").words == (
        "The numbers are right, their order is not."
    )


# In a file


def test_nothing_is_written_unless_it_is_wished(beside):
    right("1.1 output size")
    assert not any(beside.parent.iterdir())


def test_progress_is_kept_beside_the_notebook_and_read_at_the_next_start(beside):
    assert repr(keep_progress()) == (
        "Progress is kept in convlab-progress.json: 0 exercises right and 0 predictions answered "
        "so far."
    )
    right("1.1 output size")
    wrong("1.2 one pixel")
    predict("1a output", Sweep(stride=1)).asking.commit("3 × 3")
    RECORD.clear()
    assert "nothing answered" in repr(progress(1))
    assert "1 exercise right and 1 prediction answered so far." in repr(keep_progress())
    assert RECORD.done == Done(
        {"1.1 output size": True, "1.2 one pixel": False}, {"1a output": True}
    )
    assert [path.name for path in beside.parent.iterdir()] == [beside.name]


def test_the_file_holds_names_and_whether_they_are_right_and_nothing_else(beside):
    keep_progress()
    check("1.2 one pixel", 4711)
    assert json.loads(beside.read_text("utf-8")) == {
        "format": "convlab progress, 1",
        "exercises": {"1.2 one pixel": False},
        "predictions": {},
    }
    assert "4711" not in beside.read_text("utf-8")


def test_what_was_done_before_is_kept_as_well(beside):
    right("1.1 output size")
    keep_progress()
    assert read(beside)[0].exercises == {"1.1 output size": True}


def test_another_lesson_may_write_to_the_same_file(beside):
    keep_progress()
    write(beside, Done({"2.1 output size": True}, {"2a padding": False}))
    right("1.1 output size")
    assert read(beside)[0] == Done(
        {"1.1 output size": True, "2.1 output size": True}, {"2a padding": False}
    )


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b'{"format": "convlab progress, 1"}',
        b'{"format": "convlab progress, 1", "exercises": {"a": 1}, "predictions": {}}',
        b'{"format": "convlab progress, 1", "exercises": [], "predictions": {}}',
        b'{"format": "something else", "exercises": {}, "predictions": {}}',
        b" " * 2_000_000,
    ],
)
def test_a_broken_file_is_put_aside_and_not_lost(beside, content):
    beside.write_bytes(content)
    right("1.1 output size")
    assert "was no file of progress; it is kept as convlab-progress.json.1.broken." in repr(
        keep_progress()
    )
    assert beside.with_name("convlab-progress.json.1.broken").read_bytes() == content
    assert read(beside) == (Done({"1.1 output size": True}, {}), "")
    beside.write_bytes(content)
    wrong("1.2 one pixel")  # broken meanwhile: put aside under a name of its own
    assert beside.with_name("convlab-progress.json.2.broken").read_bytes() == content
    assert read(beside)[0].exercises == {"1.1 output size": True, "1.2 one pixel": False}


def test_a_write_that_fails_leaves_the_old_file(beside, monkeypatch):
    write(beside, Done({"1.1 output size": True}, {}))
    before = beside.read_bytes()

    def fail(*_):
        raise OSError("the disk is full")

    monkeypatch.setattr(progress_file.Path, "replace", fail)
    with pytest.raises(OSError, match="full"):
        write(beside, Done({}, {}))
    assert beside.read_bytes() == before
    assert [path.name for path in beside.parent.iterdir()] == [beside.name]


def test_an_answer_counts_although_the_file_can_no_longer_be_written(tmp_path):
    folder = tmp_path / "gone"
    folder.mkdir()
    keep_progress(folder / "mine.json")
    (folder / "mine.json").unlink()
    folder.rmdir()
    assert right("1.1 output size").right is True
    assert "1 of" in repr(progress(1))
    assert "The file could not be written: " in repr(progress(1))
    folder.mkdir()
    wrong("1.2 one pixel")
    assert "could not be written" not in repr(progress(1))
    assert read(folder / "mine.json")[0].exercises["1.1 output size"] is True


def test_a_path_that_cannot_be_written_is_named(tmp_path):
    with pytest.raises(ValueError, match=r"`path` must be a file that can be written, got '.*'"):
        keep_progress(tmp_path)
    with pytest.raises(ValueError, match=r"`path` must be a file that can be written, got '.*x'"):
        keep_progress(tmp_path / "none" / "x")
    with pytest.raises(ValueError, match=r"`path` must be the name of a file, got ''"):
        keep_progress("")
    for bad in (3, None, b"x", ["x"]):
        with pytest.raises(TypeError, match=r"`path` must be the name of a file, got"):
            keep_progress(bad)
    with pytest.raises(ValueError, match=r"`path` must be a file that can be written"):
        keep_progress("a\0b")


def test_two_threads_write_one_file(beside):
    keep_progress()
    names = list(EXERCISES)

    def answer(some):
        for name in some:
            wrong(name)

    threads = [threading.Thread(target=answer, args=(names[start::2],)) for start in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert read(beside)[0] == RECORD.done


def test_others_cannot_change_the_file(beside):
    keep_progress()
    assert not beside.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH)


results = st.dictionaries(st.text(max_size=8), st.booleans(), max_size=5)


@given(results, results)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_written_is_read(tmp_path, exercises, predictions):
    path = tmp_path / "any.json"
    write(path, Done(exercises, predictions))
    assert read(path) == (Done(exercises, predictions), "")
