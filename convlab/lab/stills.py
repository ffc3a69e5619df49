"""Notebooks as a page gets them: an explorer is live only where its kernel still runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import Any

from jupyter_server.services.contents.handlers import ContentsHandler
from jupyter_server.utils import url_path_join

LIVE = "application/vnd.jupyter.widget-view+json"
STILL = "image/png"
PROCESS = "convlab_process"
"""What an explorer, where it is saved live, calls the process of its kernel."""

Process = Mapping[str, Any]
"""A kernel's process: the name of its connection file, and its id with that of its parent."""


def without_dead(notebook: dict[str, Any], runs: Callable[[Process], bool]) -> dict[str, Any]:
    """Return a notebook in which explorers without a kernel are still pictures.

    Parameters
    ----------
    notebook : dict
        As in nbformat 4; it stays as it is.
    runs : callable
        Says of the process of a kernel whether it runs.

    Returns
    -------
    dict

    Examples
    --------
    >>> process = {"connection": "kernel-1.json", "processes": [12, 3]}
    >>> data = {LIVE: {"model_id": "1", PROCESS: process}, STILL: "iVBO", "text/plain": "Sweep"}
    >>> saved = {"cells": [{"outputs": [{"data": data}]}]}
    >>> without_dead(saved, lambda process: False)["cells"][0]["outputs"][0]["data"]
    {'image/png': 'iVBO', 'text/plain': 'Sweep'}
    """
    cells = [
        {**cell, "outputs": [_still(output, runs) for output in cell["outputs"]]}
        if "outputs" in cell
        else cell
        for cell in notebook["cells"]
    ]
    return {**notebook, "cells": cells}


def _still(output: dict[str, Any], runs: Callable[[Process], bool]) -> dict[str, Any]:
    data = output.get("data", {})
    live = data.get(LIVE)
    process = live.get(PROCESS) if isinstance(live, dict) else None
    # The widgets of other packages name no process.
    if STILL not in data or not isinstance(process, dict) or runs(process):
        return output
    return {**output, "data": {kind: data[kind] for kind in data if kind != LIVE}}


def is_of(kernel: Any, process: Process) -> bool:
    """Say whether a process is that of a running kernel, and not of one before a restart.

    Parameters
    ----------
    kernel : jupyter_client.KernelManager
        One that runs. Of a kernel on another machine file or process may be unknown here; what is
        known has to do.
    process : dict
    """
    file = PurePath(kernel.connection_file).name
    number = getattr(kernel.provisioner, "pid", None)
    return (not file or file == process.get("connection")) and (
        number is None or number in process.get("processes", [])
    )


class _Handler(ContentsHandler):
    """Jupyter's handler of files, but for what it answers where an explorer cannot be live."""

    def _finish_model(self, model: dict[str, Any], location: bool = True) -> None:
        if model["type"] == "notebook" and model["content"] is not None:
            model = {**model, "content": without_dead(model["content"], self._runs)}
        finish: Any = super()._finish_model
        finish(model, location)

    def _runs(self, process: Process) -> bool:
        kernels: Any = self.kernel_manager
        return any(is_of(kernels.get_kernel(one), process) for one in kernels.list_kernel_ids())


def add_to(server: Any) -> None:
    """Have a server answer requests for notebooks with `_Handler`.

    Parameters
    ----------
    server : jupyter_server.serverapp.ServerApp
    """
    application = server.web_app
    pattern = url_path_join(application.settings["base_url"], r"/api/contents(?P<path>/.+\.ipynb)")
    application.add_handlers(".*$", [(pattern, _Handler)])
