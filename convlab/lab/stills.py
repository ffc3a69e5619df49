"""Notebooks as a page gets them: an explorer is live only where its kernel still runs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from jupyter_server.services.contents.handlers import ContentsHandler
from jupyter_server.utils import url_path_join

LIVE = "application/vnd.jupyter.widget-view+json"
STILL = "image/png"
KERNEL_ACTIONS = "https://events.jupyter.org/jupyter_server/kernel_actions/v1"
STARTED = "convlab_kernels_started"
"""Name of the server's setting that holds when each kernel was started: its id -> datetime."""


def without_live(notebook: dict[str, Any]) -> dict[str, Any]:
    """Return a notebook in which explorers are still pictures.

    Parameters
    ----------
    notebook : dict
        As in nbformat 4; it stays as it is.

    Returns
    -------
    dict

    Examples
    --------
    >>> data = {LIVE: {"model_id": "1"}, STILL: "iVBO", "text/plain": "Sweep"}
    >>> size = {STILL: {"width": 660, "height": 430}}
    >>> cell = {"outputs": [{"data": data, "metadata": size}]}
    >>> without_live({"cells": [cell]})["cells"][0]["outputs"][0]["data"]
    {'image/png': 'iVBO', 'text/plain': 'Sweep'}
    """
    cells = [
        {**cell, "outputs": [_still(output) for output in cell["outputs"]]}
        if "outputs" in cell
        else cell
        for cell in notebook["cells"]
    ]
    return {**notebook, "cells": cells}


def _still(output: dict[str, Any]) -> dict[str, Any]:
    data = output.get("data", {})
    # The widgets of other packages come without a picture, or without its size.
    if LIVE not in data or STILL not in data or "width" not in output["metadata"].get(STILL, {}):
        return output
    return {**output, "data": {kind: data[kind] for kind in data if kind != LIVE}}


def is_older(saved: datetime, kernels: Sequence[str], started: dict[str, datetime]) -> bool:
    """Tell whether no kernel of a notebook was running yet when the notebook was saved.

    Parameters
    ----------
    saved : datetime
        When the notebook was last saved.
    kernels : sequence of str
        The ids of the notebook's kernels that run now.
    started : dict of str to datetime
        When they were started; one that is missing counts as old.

    Examples
    --------
    >>> noon, night = datetime(2025, 6, 1, 12, tzinfo=UTC), datetime(2025, 6, 1, 22, tzinfo=UTC)
    >>> is_older(noon, [], {})
    True
    >>> is_older(noon, ["one"], {"one": night}), is_older(night, ["one"], {"one": noon})
    (True, False)
    """
    return all(kernel in started and started[kernel] > saved for kernel in kernels)


class _Handler(ContentsHandler):
    """Jupyter's handler of files, but for what it answers where an explorer cannot be live."""

    _kernels: Sequence[str] = ()

    async def get(self, path: str = "") -> None:
        sessions: Any = self.session_manager
        self._kernels = [
            session["kernel"]["id"]
            for session in await sessions.list_sessions()
            if session["kernel"] and session["path"].strip("/") == path.strip("/")
        ]
        answer: Any = super().get(path)
        await answer

    def _finish_model(self, model: dict[str, Any], location: bool = True) -> None:
        if self._is_dead(model):
            model = {**model, "content": without_live(model["content"])}
        finish: Any = super()._finish_model
        finish(model, location)

    def _is_dead(self, model: dict[str, Any]) -> bool:
        return (
            model["type"] == "notebook"
            and model["content"] is not None
            and is_older(model["last_modified"], self._kernels, self.settings[STARTED])
        )


def add_to(server: Any) -> None:
    """Have a server answer requests for notebooks with `_Handler`.

    Parameters
    ----------
    server : jupyter_server.serverapp.ServerApp
    """
    started: dict[str, datetime] = {}

    async def on_kernel(logger: Any, schema_id: str, data: dict[str, Any]) -> None:  # noqa: ARG001
        if data["action"] in ("start", "restart") and data["status"] == "success":
            started[data["kernel_id"]] = datetime.now(UTC)

    server.event_logger.add_listener(schema_id=KERNEL_ACTIONS, listener=on_kernel)
    application = server.web_app
    application.settings[STARTED] = started
    pattern = url_path_join(application.settings["base_url"], r"/api/contents(?P<path>/.+\.ipynb)")
    application.add_handlers(".*$", [(pattern, _Handler)])
