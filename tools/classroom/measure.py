"""How a class feels, in figures: ``python -m tools.classroom.measure``, or ``make stress``.

Students log in to a hub of this machine, start their servers and run the same lesson. Then each
moves a slider every two seconds, at a moment of their own, and waits for the picture: over the
web socket, through the proxy, as the page does; what the page itself takes to draw is not in it.
At the end one student's cell never ends, and another one's takes all the memory it gets.

The students run on this machine too, so that the figures are rather too high than too low.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.browser import free_port
from tools.classroom import processes
from tools.classroom.hub import Classroom
from tools.classroom.student import Student

GOAL_MEMORY = 8 * 2**30
GOAL_WAIT = 0.3
"""Seconds, of the 95th percentile, with the most students."""
PACE = 2.0
"""Seconds between two moves of a student."""
LOOP = "while True:\n    pass"
EAT = """eaten = []
try:
    while True:
        eaten.append(bytearray(2**24))
except MemoryError:
    print("no more than", 16 * len(eaten), "MiB")
del eaten"""


@dataclass(frozen=True)
class Row:
    """What was measured with so many students."""

    students: str
    ready: float
    memory: dict[str, int]
    waits: list[float]

    @property
    def each(self) -> float:
        """Bytes for a student, in the middle."""
        return statistics.median(v for k, v in self.memory.items() if k != processes.THE_HUB)

    @property
    def late(self) -> float:
        """The 95th percentile of the waits, in seconds."""
        return percentile(self.waits, 95)

    def __str__(self) -> str:
        """One line of the table."""
        middle, late, last = statistics.median(self.waits), self.late, max(self.waits)
        return (
            f"{self.students:>22} {self.ready:9.0f} {self.each / 2**20:12.0f} "
            f"{sum(self.memory.values()) / 2**30:10.2f} {len(self.waits):8} "
            f"{1000 * middle:9.0f} {1000 * late:9.0f} {1000 * last:9.0f}"
        )


HEAD = (
    f"{'students':>22} {'ready, s':>9} {'each, MiB':>12} {'all, GiB':>10} {'moves':>8} "
    f"{'median':>9} {'95 %':>9} {'worst, ms':>9}"
)


def percentile(values: Sequence[float], percent: int) -> float:
    """Return the smallest of some values that so many percent of them do not exceed.

    Examples
    --------
    >>> percentile([1.0, 2.0, 3.0, 10.0], 75)
    3.0
    """
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


async def come_in(student: Student, lesson: str) -> None:
    """Log in, start the server and run a lesson."""
    if not await student.log_in():
        raise RuntimeError(f"{student.name} was not let in")
    await student.start_server()
    await student.run_lesson(lesson)


async def work(student: Student, seconds: float) -> list[float]:
    """Move a slider at the pace of a class; returns the waits."""
    slider, picture = student.sliders()[0]
    await asyncio.sleep(random.Random(student.name).uniform(0, PACE))
    waits, end = [], time.monotonic() + seconds
    while time.monotonic() < end:
        wait = await student.move(slider, picture)
        waits.append(wait)
        await asyncio.sleep(max(0.0, PACE - wait))
    return waits


async def measure(room: Classroom, sizes: Sequence[int], lesson: str, seconds: float) -> list[Row]:
    """Let more and more students in, and measure each time; print a line each time."""
    here: list[Student] = []
    rows: list[Row] = []
    others: list[Student] = []
    try:
        for size in sizes:
            new = [Student(room.url, name(number)) for number in range(len(here), size)]
            here += new
            began = time.monotonic()
            async with asyncio.TaskGroup() as group:
                for student in new:
                    group.create_task(come_in(student, lesson))
            ready = time.monotonic() - began
            rows.append(await _row(room, str(size), ready, here, seconds))
        if len(here) > 2:
            looping, eating, *others = here
            await eating.run(EAT)
            loop = asyncio.create_task(looping.run(LOOP, seconds=10 * seconds))
            await asyncio.sleep(1)
            rows.append(await _row(room, f"{len(here)}, one in a loop", 0, others, seconds))
            loop.cancel()
            await asyncio.gather(loop, return_exceptions=True)
    finally:
        for student in here:
            await student.close()
    return rows


async def _row(
    room: Classroom, label: str, ready: float, students: Sequence[Student], seconds: float
) -> Row:
    waits = await asyncio.gather(*(work(student, seconds) for student in students))
    memory = await asyncio.to_thread(processes.memory_by_student, room.data)
    row = Row(label, ready, memory, [one for some in waits for one in some])
    print(row, flush=True)
    return row


def name(number: int) -> str:
    """Return the name of a student who is only a number.

    Examples
    --------
    >>> name(0)
    'student01'
    """
    return f"student{number + 1:02}"


def main(given: Sequence[str]) -> int:
    """Measure, and print a table; 1 if a goal was missed."""
    reader = argparse.ArgumentParser(prog="python -m tools.classroom.measure", description=__doc__)
    reader.add_argument("--students", type=int, nargs="*", default=[1, 10, 30])
    reader.add_argument("--seconds", type=float, default=30, help="of moves, for each line")
    reader.add_argument("--lesson", default="01_slide_a_kernel.ipynb")
    options = reader.parse_args(given)
    sizes = sorted(options.students)
    load = os.getloadavg()[0]
    print(f"{os.cpu_count()} cores, {load:.1f} processes busy with other things; {options.lesson}")
    with tempfile.TemporaryDirectory() as folder:
        names = [name(number) for number in range(sizes[-1])]
        ports = (free_port(), free_port(), free_port())
        with Classroom(Path(folder) / "class", names, ports=ports) as room:
            print(HEAD, flush=True)
            rows = asyncio.run(measure(room, sizes, options.lesson, options.seconds))
    most = next(row for row in rows if row.students == str(sizes[-1]))
    faults = []
    if sum(most.memory.values()) > GOAL_MEMORY:
        faults.append(f"more than {GOAL_MEMORY / 2**30:g} GiB")
    if most.late > GOAL_WAIT:
        faults.append(f"a 95th percentile over {1000 * GOAL_WAIT:g} ms")
    print("missed: " + " and ".join(faults) if faults else "goals met")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
