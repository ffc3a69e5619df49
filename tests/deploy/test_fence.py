"""What a student's processes may read and take; the class itself is in test_class.py."""

import runpy
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits as Linux has them")

DEPLOY = Path(__file__).parents[2] / "deploy"
FENCE = DEPLOY / "fence.py"
VERSION = runpy.run_path(str(FENCE))["landlock_version"]() if sys.platform == "linux" else 0
needs_landlock = pytest.mark.skipif(VERSION < 1, reason="this kernel has no Landlock")


@pytest.fixture
def fenced(tmp_path):
    """Run Python inside the fence, in a folder of its own."""
    own = tmp_path / "own"
    own.mkdir()

    def run(source, *options):
        command = [sys.executable, str(FENCE), "--own", str(own), *options, "--"]
        command += [sys.executable, "-c", source]
        return subprocess.run(command, cwd=own, capture_output=True, text=True, timeout=60)

    return run


def test_the_own_folder_can_be_written(fenced):
    done = fenced("open('a', 'w').write('mine'); print(open('a').read())")
    assert done.stdout == "mine\n"


@needs_landlock
def test_a_folder_outside_can_neither_be_read_nor_written_nor_listed(fenced, tmp_path):
    (tmp_path / "secret").write_text("of another", encoding="utf-8")
    for what in ("open('../secret')", "open('../new', 'w')", "__import__('os').listdir('..')"):
        assert "PermissionError" in fenced(what).stderr, what


@needs_landlock
def test_a_folder_that_is_named_can_be_read_and_not_written(fenced, tmp_path):
    course = tmp_path / "course"
    course.mkdir()
    (course / "lesson").write_text("one", encoding="utf-8")
    read = fenced("print(open('../course/lesson').read())", "--read", str(course))
    assert read.stdout == "one\n"
    written = fenced("open('../course/lesson', 'w')", "--read", str(course))
    assert "PermissionError" in written.stderr


@needs_landlock
def test_what_it_starts_is_inside_as_well(fenced, tmp_path):
    (tmp_path / "secret").write_text("of another", encoding="utf-8")
    source = "import subprocess; print(subprocess.run(['cat', '../secret']).returncode)"
    assert fenced(source).stdout == "1\n"


def test_memory_ends_in_an_error_that_python_can_catch(fenced):
    source = """
try:
    bytearray(300 * 2**20)
except MemoryError:
    print("no more")
"""
    assert fenced(source, "--memory", "200").stdout == "no more\n"
    enough = fenced("bytearray(100 * 2**20); print('enough')", "--memory", "200")
    assert enough.stdout == "enough\n"


def test_an_endless_loop_ends(fenced):
    done = fenced("while True: pass", "--seconds", "1")
    assert -done.returncode in (signal.SIGXCPU, signal.SIGKILL)


def test_a_command_with_its_parent_ends_with_it():
    """The one in between is killed and cannot tell anybody."""
    child = "import sys, time; print('there', flush=True); time.sleep(60)"
    between = f"""
import os, subprocess, sys
command = [sys.executable, {str(DEPLOY / "with_parent.py")!r}, sys.executable, "-c", {child!r}]
one = subprocess.Popen(command, stdout=subprocess.PIPE)
one.stdout.readline()
print(one.pid, flush=True)
os.kill(os.getpid(), 9)
"""
    done = subprocess.run([sys.executable, "-c", between], stdout=subprocess.PIPE, text=True)
    pid = int(done.stdout)
    for _ in range(100):
        status = Path(f"/proc/{pid}/status")
        if not status.exists() or "Z (zombie)" in status.read_text("utf-8"):
            return
        subprocess.run(["sleep", "0.1"])
    pytest.fail("it outlives its parent")
