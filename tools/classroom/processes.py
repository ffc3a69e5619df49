"""The processes of a class, found by what the hub put into their environment, and their memory."""

from __future__ import annotations

import os
import signal
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MARK = "CONVLAB_CLASS_DATA"
THE_HUB = ""


@dataclass(frozen=True)
class Member:
    """A process: whose it is (`THE_HUB`, or a student's name), and what it runs."""

    pid: int
    student: str
    command: str

    @property
    def memory(self) -> int:
        """Bytes, what is shared with others counted in part; 0 if it has ended."""
        try:
            lines = Path(f"/proc/{self.pid}/smaps_rollup").read_text("utf-8").splitlines()
        except OSError:
            return 0
        return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def members(data: Path) -> Iterator[Member]:
    """Yield the processes of the class whose folder this is; none where there is no /proc."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            pairs = (folder / "environ").read_bytes().split(b"\0")
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode().strip()
        except OSError:
            continue
        variables = dict(pair.split(b"=", 1) for pair in pairs if b"=" in pair)
        if variables.get(MARK.encode()) == os.fsencode(data):
            # Only servers, and what they start, were given a user of the hub.
            student = variables.get(b"JUPYTERHUB_USER", b"").decode()
            yield Member(int(folder.name), student, command)


def memory_by_student(data: Path) -> dict[str, int]:
    """Return name -> bytes; `THE_HUB` stands for hub, proxy and culler together."""
    total: dict[str, int] = defaultdict(int)
    for member in members(data):
        total[member.student] += member.memory
    return dict(total)


def end_all(data: Path) -> None:
    """Kill whatever the class has left behind, as after a hub that was killed itself."""
    for member in members(data):
        try:
            os.kill(member.pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
