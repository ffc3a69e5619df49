"""Start a class on this machine for a try: ``python -m tools.classroom``, or ``make class``.

JupyterHub, its proxy and a server for each student who logs in, as ``deploy/`` describes them; on
the loopback alone, and for a bounded time. What students write stays until the next time.
"""

from __future__ import annotations

import argparse
import signal
import socket
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tools.classroom.hub import Classroom

PORTS = (8000, 8081, 8001)
NAMES = ("ada", "grace", "linus", "maria teacher")


def main(given: Sequence[str]) -> int:
    """Run the class until its time is over, or until Ctrl-C."""
    reader = argparse.ArgumentParser(prog="python -m tools.classroom", description=__doc__)
    reader.add_argument("--minutes", type=float, default=120, help="when it stops by itself")
    reader.add_argument("--data", type=Path, default=Path("~/.local/share/convlab-class"))
    reader.add_argument("--port", type=int, default=PORTS[0])
    options = reader.parse_args(given)
    ports = (options.port, *PORTS[1:])
    if taken := [port for port in ports if _is_taken(port)]:
        print(f"Something listens on port {taken[0]} already; stop it, or give --port another.")
        return 1
    data = options.data.expanduser().resolve()
    listed = data / "students.txt"
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with Classroom(data, None if listed.exists() else NAMES, ports=ports) as room:
            print(f"The class is at {room.url}, for {options.minutes:g} minutes; Ctrl-C ends it.")
            print(f"Who may log in stands in {listed}; a name's first password is kept.")
            print(f"What the hub says stands in {room.log}.", flush=True)
            time.sleep(60 * options.minutes)
    except KeyboardInterrupt:
        pass
    print("The class is over; what its students wrote is kept.")
    return 0


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
