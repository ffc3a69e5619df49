"""Three students in a real class: a hub, its proxy, servers and kernels, over the real protocol.

The tests go on from each other, in the order of a lesson, and share one class.
"""

from __future__ import annotations

import asyncio
import os
import runpy
import signal
import sys
import time

import pytest

if sys.platform != "linux":
    pytest.skip("reads /proc, and is fenced, as servers are", allow_module_level=True)

from tools.browser import free_port
from tools.classroom import measure, processes
from tools.classroom.hub import Classroom
from tools.classroom.student import Student
from tools.lab import PROJECT

NAMES = ("ada", "grace", "linus")
LANDLOCK = runpy.run_path(str(PROJECT / "deploy" / "fence.py"))["landlock_version"]()
LESSON = "02_pad_and_stride.ipynb"
MEMORY = 700  # MiB, of one process
PREDICTION = "step 3 is mine"


@pytest.fixture(scope="module")
def loop():
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    data = tmp_path_factory.mktemp("class") / "data"
    ports = (free_port(), free_port(), free_port())
    with Classroom(
        data, ["ada", "grace", "linus", "maria teacher"], ports=ports, memory=MEMORY
    ) as room:
        yield room
    assert list(processes.members(data)) == []


@pytest.fixture(scope="module")
def everyone(room, loop):
    """Three students, each in front of the lesson that their kernel has run."""

    async def come():
        students = [Student(room.url, name) for name in NAMES]
        async with asyncio.TaskGroup() as group:
            for student in students:
                group.create_task(measure.come_in(student, LESSON))
        return students

    async def go(students):
        for student in students:
            await student.close()

    students = loop.run(come())
    yield students
    loop.run(go(students))


@pytest.mark.usefixtures("everyone")
def test_only_who_is_on_the_list_comes_in_and_only_with_their_password(room, loop):
    async def enter(name, password):
        stranger = Student(room.url, name)
        try:
            return await stranger.log_in(password)
        finally:
            await stranger.close()

    assert not loop.run(enter("nobody", "a password of theirs"))
    assert not loop.run(enter("ada", "another password"))
    assert loop.run(enter("ada", "a password of theirs"))


def test_a_slider_moves_the_picture_of_each(everyone, loop):
    async def move(student):
        (slider, picture), *_ = student.sliders()
        return [await student.move(slider, picture) for _ in range(3)]

    async def all_move():
        return await asyncio.gather(*map(move, everyone))

    assert len(loop.run(all_move())) == 3
    assert [student.problems for student in everyone] == [[], [], []]


def test_each_has_a_copy_of_the_lessons_and_the_course_s_settings(everyone, room, loop):
    ada, *_ = everyone
    lessons = {path.name for path in room.home("ada").glob("notebooks/*.ipynb")}
    assert LESSON in lessons
    assert len(lessons) > 10

    async def settings(plugin):
        return (await ada.ask(f"lab/api/settings/@jupyterlab/{plugin}"))[1]["schema"]["properties"]

    assert loop.run(settings("notebook-extension:tracker"))["windowingMode"]["default"] == "none"
    news = loop.run(settings("apputils-extension:notification"))
    assert (news["fetchNews"]["default"], news["checkForUpdates"]["default"]) == ("false", False)
    assert loop.run(ada.ask("api/terminals"))[0] == 404


def test_a_page_asks_for_nobody_else_s_server(everyone, loop):
    ada, *_ = everyone
    assert loop.run(ada.ask("/user/ada/api/contents/notebooks"))[0] == 200
    assert loop.run(ada.ask("/user/grace/api/contents/notebooks"))[0] in (403, 404)


@pytest.mark.skipif(LANDLOCK < 1, reason="this kernel has no Landlock")
@pytest.mark.parametrize(
    "what",
    [
        pytest.param("next((room / 'students' / 'grace' / 'notebooks').iterdir())", id="notebooks"),
        pytest.param("(room / 'cookie_secret').read_bytes()", id="secret"),
        pytest.param("(room / 'hub.sqlite').open('rb').read()", id="database"),
        pytest.param("Path(f'/proc/{pid}/environ').read_bytes()[0]", id="keys of a server"),
        pytest.param(
            "os.kill(pid, 0)",
            id="signals",
            marks=pytest.mark.skipif(LANDLOCK < 6, reason="signals are kept in from Linux 6.12"),
        ),
    ],
)
def test_code_in_a_kernel_reaches_nobody_else(everyone, room, loop, what):
    ada, *_ = everyone
    pid = next(one.pid for one in processes.members(room.data) if one.student == "grace")
    source = f"""
import os
from pathlib import Path
room, pid = Path({str(room.data)!r}), {pid}
try:
    print("reached", {what})
except PermissionError as error:
    print("refused", error.errno)
"""
    assert loop.run(ada.run(source)).startswith("refused"), what


def test_its_own_files_are_there_for_the_same_code(everyone, room, loop):
    ada, *_ = everyone
    own = str(room.home("ada") / "notebooks" / "mine.txt")
    said = loop.run(ada.run(f"open({own!r}, 'w').write('x'); print(open({own!r}).read())"))
    assert said.startswith("x")


def test_who_never_ends_and_who_eats_all_memory_stop_nobody(everyone, loop):
    looping, eating, calm = everyone

    async def scene():
        endless = asyncio.create_task(looping.run(measure.LOOP))
        ate = await eating.run(measure.EAT)
        moved = await calm.move(*calm.sliders()[0])
        # The glutton's own kernel is alive, and so is their lesson.
        again = await eating.move(*eating.sliders()[0])
        busy = not endless.done()
        status, _ = await looping.ask(f"api/kernels/{looping.kernel}/interrupt", "POST")
        assert status == 204
        with pytest.raises(RuntimeError, match="KeyboardInterrupt"):
            await endless
        back = await looping.move(*looping.sliders()[0])
        return ate, busy, moved, again, back

    ate, busy, *waits = loop.run(scene())
    assert busy
    assert len(waits) == 3
    assert 100 < int(ate.split()[3]) < MEMORY


@pytest.mark.parametrize("who", ["proxy", "hub"])
def test_one_that_is_killed_comes_back_and_no_notebook_or_kernel_is_lost(everyone, room, loop, who):
    ada, *_ = everyone
    servers = {one.pid for one in processes.members(room.data) if one.student}

    async def write():
        notebook = await ada.lesson(LESSON)
        notebook["cells"][0]["source"] = f"{PREDICTION}, before the {who} died"
        await ada.save(LESSON, notebook)
        await ada.run(f"kept = {who!r}")

    loop.run(write())
    pid_of = room.proxy_pid if who == "proxy" else lambda: room.pid
    before, proxy = pid_of(), room.proxy_pid()
    os.kill(before, signal.SIGKILL)
    _until(lambda: pid_of() not in (None, before))
    room.wait_until_it_answers()

    async def read():
        await _reach(ada)
        await ada.connect()
        said = await ada.run("print(kept)")
        await ada.move(*ada.sliders()[0])
        return said.strip(), (await ada.lesson(LESSON))["cells"][0]["source"]

    assert loop.run(read()) == (who, f"{PREDICTION}, before the {who} died")
    # A new hub goes on with the proxy, so that no page notices.
    assert (room.proxy_pid() == proxy) == (who == "hub")
    now = list(processes.members(room.data))
    assert servers <= {one.pid for one in now}
    assert [one.command for one in now].count(culler(now)) == 1


def culler(members):
    return next(one.command for one in members if "jupyterhub_idle_culler" in one.command)


def _until(true, seconds=60):
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.1)


async def _reach(student, seconds=60):
    """Wait until the way to the student's server is open again: the hub tells the proxy."""
    deadline = time.monotonic() + seconds
    while (await student.ask("api/status"))[0] != 200:
        assert time.monotonic() < deadline
        await asyncio.sleep(0.1)
