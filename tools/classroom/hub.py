"""A class on this machine, on the loopback alone; it ends with the block that started it.

    with Classroom(data, ["ada", "grace"]) as room:
        ...  # room.url

A hub that dies is started again, as systemd does it on a server; a proxy that dies is started
again by the hub. When this process dies, the hub hears of it and stops.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterable
from pathlib import Path

from tools.classroom import processes, proxy
from tools.lab import PROJECT

CONFIGURATION = PROJECT / "deploy" / "jupyterhub_config.py"
WITH_THIS = (sys.executable, str(PROJECT / "deploy" / "with_parent.py"))


class Classroom:
    """JupyterHub, as ``deploy/`` describes it, started for a try.

    Parameters
    ----------
    data : Path
        The folder of this class; `students.txt` in it is written if names are given.
    names : iterable of str, optional
        The students.
    ports : (int, int, int), default (8000, 8081, 8001)
        Of the proxy, of the hub, and of what the hub tells the proxy.
    **settings
        What the configuration reads as ``CONVLAB_CLASS_NAME``, for instance ``memory=512``.
    """

    def __init__(
        self,
        data: Path,
        names: Iterable[str] | None = None,
        *,
        ports: tuple[int, int, int] = (8000, 8081, 8001),
        **settings: object,
    ) -> None:
        self.data = data.expanduser().resolve()
        self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        if names is not None:
            (self.data / "students.txt").write_text("\n".join(names) + "\n", encoding="utf-8")
        self.url = f"http://127.0.0.1:{ports[0]}"
        self.log = self.data / "hub.log"
        self._environment = {
            **os.environ,
            "CONVLAB_CLASS_PORTS": " ".join(map(str, ports)),
            processes.MARK: str(self.data),
            **{f"CONVLAB_CLASS_{name.upper()}": str(value) for name, value in settings.items()},
        }
        self._ending, self._ended = threading.Event(), threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._guard = threading.Thread(target=self._start_again_when_it_dies, daemon=True)
        self.starts = 0

    @property
    def pid(self) -> int:
        """The hub's process; another one after it died."""
        assert self._process is not None
        return self._process.pid

    def proxy_pid(self) -> int | None:
        """Return the proxy's process; another one after it died, and none in between."""
        try:
            return int((self.data / "proxy.pid").read_text("utf-8"))
        except (FileNotFoundError, ValueError):  # the hub removes it before it writes the next
            return None

    def home(self, student: str) -> Path:
        """Return where a student's files are."""
        return self.data / "students" / student

    def answers(self) -> bool:
        """Say whether hub and proxy are there."""
        try:
            with urllib.request.urlopen(f"{self.url}/hub/health", timeout=2):
                return True
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    def wait_until_it_answers(self, seconds: float = 60) -> None:
        """Wait for hub and proxy; what they said last stands in the error if they do not come."""
        deadline = time.monotonic() + seconds
        while not self.answers():
            if time.monotonic() > deadline:
                said = self.log.read_text("utf-8", "replace")[-3000:]
                raise TimeoutError(f"the hub does not answer after {seconds} s:\n{said}")
            time.sleep(0.1)

    def __enter__(self) -> Classroom:
        self._environment["CONVLAB_CLASS_PROXY"] = shlex.join(proxy.command())
        self._start()
        self._guard.start()
        try:
            self.wait_until_it_answers()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_raised: object) -> None:
        self.stop()

    def stop(self) -> None:
        """End the hub, which ends proxy and servers; and whatever is left after that."""
        self._ending.set()
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        processes.end_all(self.data)
        self._ended.set()

    def _start(self) -> None:
        with self.log.open("ab") as output:
            self._process = subprocess.Popen(
                [*WITH_THIS, sys.executable, "-m", "jupyterhub", "-f", str(CONFIGURATION)],
                cwd=self.data,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C reaches this process, and it ends the hub
            )
        self.starts += 1

    def _start_again_when_it_dies(self) -> None:
        # Until all is over: a hub that this thread started is told when the thread ends.
        while not self._ended.wait(0.2):
            if self._process is not None and self._process.poll() is not None:
                time.sleep(0.5)
                if not self._ending.is_set():
                    self._start()
