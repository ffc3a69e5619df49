"""Run a command inside a fence: what it may read, and how much memory and time it may take.

    python fence.py --own HOME --read FOLDER --memory 1024 --seconds 3600 -- COMMAND ...

The hub starts each student's server with this, so that all of it, kernels included, is inside.
Linux keeps the fence (Landlock, 5.13 and later): the own folder and what was named can be read,
nothing else of the machine. So students share one account, and still nobody reads another's
notebooks, the hub's database or, through /proc, its keys. From 6.12 on nobody can stop another's
processes either. It cannot be taken off again, and no root is needed to put it up.

Elsewhere (an older Linux, macOS) the limits hold and the fence does not; standard error says so.

The memory is that of each process, the time its own computing time. The command is a little more
polite than the hub, and goes first when the machine runs out of memory.

Standard library only: a container copies this file alone.
Source: https://docs.kernel.org/userspace-api/landlock.html
"""

from __future__ import annotations

import argparse
import ctypes
import os
import resource
import struct
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

CREATE, ADD, RESTRICT = 444, 445, 446
"""The system calls; their numbers are the same on all machines that Linux runs on."""
NO_NEW_PRIVILEGES, DROP_CAPABILITY = 38, 24
PATH_BENEATH = 1

EXECUTE, WRITE, READ, LIST = 1, 2, 4, 8
OF_A_FILE = EXECUTE | WRITE | READ
RIGHTS_OF = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1}
"""Version of Landlock -> all that can be done to files; from 3 on there is truncation."""
TRUNCATE = 1 << 14
SIGNALS, SOCKETS = 2, 1
"""What can be kept inside besides files, from version 6 on."""

SYSTEM = (
    *("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/etc", "/opt", "/nix", "/proc", "/sys"),
    *("/run/systemd/resolve", "/var/cache/fontconfig"),
)
"""What every program may need to read."""


def landlock_version() -> int:
    """Return which Landlock this kernel has; 0 for none."""
    if sys.platform != "linux":
        return 0
    return max(0, _call(CREATE, None, 0, 1))


def put_up(own: Iterable[Path], read: Iterable[Path]) -> bool:
    """Confine this process, and all that it will start, to some folders.

    Parameters
    ----------
    own : iterable of Path
        What it may read, change and run.
    read : iterable of Path
        What it may read and run; folders that do not exist are passed over.

    Returns
    -------
    bool
        False where this machine knows no such fence.
    """
    version = landlock_version()
    if not version:
        return False
    everything = RIGHTS_OF[min(version, 3)]
    scopes = SIGNALS | SOCKETS if version >= 6 else 0
    # Older kernels refuse a longer structure whose end they do not know.
    rules = struct.pack("QQQ", everything, 0, scopes) if scopes else struct.pack("Q", everything)
    ruleset = _must(_call(CREATE, rules, len(rules), 0))
    for folder in own:
        _allow(ruleset, folder, everything)
    for folder in read:
        _allow(ruleset, folder, EXECUTE | READ | LIST)
    _allow(ruleset, Path("/dev"), everything & (WRITE | READ | LIST | TRUNCATE))
    # A Python without a shared memory folder cannot make locks between processes.
    _allow(ruleset, Path("/dev/shm"), everything)
    if os.geteuid() == 0:
        # Root could still look into the memory of processes outside, in Linux 6.15 and later.
        for capability in range(64):
            _LIBRARY.prctl(DROP_CAPABILITY, capability, 0, 0, 0)
    _must(_LIBRARY.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0))
    _must(_call(RESTRICT, ruleset, 0))
    os.close(ruleset)
    return True


def _allow(ruleset: int, path: Path, rights: int) -> None:
    if not path.exists():
        return
    if not path.is_dir():
        rights &= OF_A_FILE | TRUNCATE
    place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    rule = struct.pack("=Qi", rights, place)
    _must(_call(ADD, ruleset, PATH_BENEATH, rule, 0))
    os.close(place)


def limit(memory: int, seconds: int) -> None:
    """Bound the memory (in MiB) and the computing time of this process and of each it starts."""
    # Data, not address space: what a library only reserves costs nothing.
    _lower(resource.RLIMIT_DATA, memory * 2**20)
    _lower(resource.RLIMIT_CPU, seconds)
    _lower(resource.RLIMIT_CORE, 0)
    os.nice(5)
    score = Path("/proc/self/oom_score_adj")
    if score.exists():
        score.write_text("500")


def _lower(what: int, most: int) -> None:
    hard = resource.getrlimit(what)[1]
    allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (allowed, allowed))


_LIBRARY = ctypes.CDLL(None, use_errno=True)


def _call(number: int, *arguments: object) -> int:
    _LIBRARY.syscall.restype = ctypes.c_long
    return int(_LIBRARY.syscall(number, *arguments))


def _must(answer: int) -> int:
    if answer < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"the fence cannot be put up: {os.strerror(code)}")
    return answer


def main(given: Sequence[str]) -> None:
    """Put up the fence, and become the command."""
    reader = argparse.ArgumentParser(prog="fence.py", description="Run a command inside a fence.")
    reader.add_argument("--own", action="append", type=Path, default=[], metavar="FOLDER")
    reader.add_argument("--read", action="append", type=Path, default=[], metavar="FOLDER")
    reader.add_argument("--memory", type=int, default=1024, metavar="MIB")
    reader.add_argument("--seconds", type=int, default=3600)
    reader.add_argument("command", nargs="+")
    options = reader.parse_args(given)
    limit(options.memory, options.seconds)
    python = [Path(sys.prefix), Path(sys.base_prefix)]
    system = [Path(name) for name in SYSTEM]
    if not put_up(options.own, [*system, *python, *options.read]):
        print("fence.py: no Landlock here; processes are limited, files are not.", file=sys.stderr)
    os.execvp(options.command[0], options.command)


if __name__ == "__main__":
    main(sys.argv[1:])
