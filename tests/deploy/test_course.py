"""Each student gets every lesson once, and what they did to it stays."""

import runpy
import stat
import subprocess
import sys
from pathlib import Path

import pytest

DEPLOY = Path(__file__).parents[2] / "deploy"
hand_out = runpy.run_path(str(DEPLOY / "course.py"))["hand_out"]
read = runpy.run_path(str(DEPLOY / "students.py"))["read"]


@pytest.fixture
def lessons(tmp_path):
    folder = tmp_path / "course"
    folder.mkdir()
    for name in ("00.ipynb", "01.ipynb", "notes.txt"):
        (folder / name).write_text("of the lecturer", encoding="utf-8")
    return folder


def test_a_new_student_gets_all_lessons_and_a_home_that_is_theirs(lessons, tmp_path):
    home = tmp_path / "students" / "ada"
    assert hand_out(lessons, home) == ["00.ipynb", "01.ipynb"]
    assert (home / "notebooks" / "01.ipynb").read_text("utf-8") == "of the lecturer"
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


def test_what_a_student_wrote_stays_and_a_new_lesson_comes(lessons, tmp_path):
    hand_out(lessons, tmp_path)
    own = tmp_path / "notebooks" / "00.ipynb"
    own.write_text("of the student", encoding="utf-8")
    (lessons / "02.ipynb").write_text("new", encoding="utf-8")
    assert hand_out(lessons, tmp_path) == ["02.ipynb"]
    assert own.read_text("utf-8") == "of the student"
    assert sorted(one.name for one in (tmp_path / "notebooks").iterdir()) == [
        *("00.ipynb", "01.ipynb", "02.ipynb")
    ]


def test_a_copy_that_broke_off_is_made_again(lessons, tmp_path):
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "00.part").write_text("of the lec", encoding="utf-8")
    assert "00.ipynb" in hand_out(lessons, tmp_path)
    assert (tmp_path / "notebooks" / "00.ipynb").read_text("utf-8") == "of the lecturer"


def test_a_course_that_is_not_there_is_said(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"`lessons` must be a folder of notebooks, got "):
        hand_out(tmp_path / "nowhere", tmp_path / "ada")


def test_it_runs_as_a_command(lessons, tmp_path):
    command = [sys.executable, "-I", str(DEPLOY / "course.py"), str(lessons), str(tmp_path / "ada")]
    subprocess.run(command, check=True)
    assert (tmp_path / "ada" / "notebooks" / "00.ipynb").exists()


def test_the_list_of_students(tmp_path):
    file = tmp_path / "students.txt"
    file.write_text("# autumn\nAda\n\ngrace  # since May\nmaria teacher\n", encoding="utf-8")
    assert read(file) == ({"ada", "grace"}, {"maria"})


@pytest.mark.parametrize("line", ["../ada", "ada lovelace", "a/b", "ada teacher now", ".hidden"])
def test_a_line_that_is_no_name_is_said(tmp_path, line):
    file = tmp_path / "students.txt"
    file.write_text(f"grace\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"students\.txt, line 2: must be a name .* got "):
        read(file)


def test_a_list_without_a_name_is_said(tmp_path):
    file = tmp_path / "students.txt"
    file.write_text("# nobody yet\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"students\.txt must name at least one student"):
        read(file)
