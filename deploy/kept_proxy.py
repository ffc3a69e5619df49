"""The hub's proxy, which a new hub takes over from one that died.

JupyterHub would stop it and start its own. Until that one knows the way to every server, it answers
"not found", and an open JupyterLab tells its reader that their folder is gone.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

from jupyterhub.proxy import ConfigurableHTTPProxy
from tornado.ioloop import PeriodicCallback


class Adopted:
    """A process that another one started, as far as the hub needs `subprocess.Popen`."""

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def poll(self) -> int | None:
        """Return None while it runs; how it ended is not known."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return -1
        return None

    def terminate(self) -> None:
        """Ask it to end."""
        os.kill(self.pid, signal.SIGTERM)

    def __enter__(self) -> Adopted:
        return self

    def __exit__(self, *_raised: object) -> None:
        """Nothing to close."""


class KeptProxy(ConfigurableHTTPProxy):  # type: ignore[misc]  # JupyterHub has no types
    """Like the one of JupyterHub, but for a hub that finds one running: it goes on with that.

    Its token has to be the same for one hub and the next.
    """

    async def start(self) -> None:
        """Take over what runs; start one if nothing does."""
        running = await self._running()
        if running is None:
            await super().start()
            return
        self.log.info("Going on with the proxy that runs at pid=%i", running.pid)
        self.proxy_process = running
        every: Any = PeriodicCallback(self.check_running, 1000 * self.check_running_interval)
        self._check_running_callback = every
        every.start()

    async def _running(self) -> Adopted | None:
        file = Path(self.pid_file)
        if not file.exists():
            return None
        try:
            found = Adopted(int(file.read_text("utf-8")))
            if found.poll() is not None:
                return None
            await self.get_all_routes()
        except Exception as error:  # whatever it is, it is not a proxy of ours that works
            self.log.warning("A proxy cannot be taken over: %s", error)
            return None
        return found
