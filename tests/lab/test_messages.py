"""What a page may send in one message, and what the server says of one that is larger."""

from __future__ import annotations

import asyncio
import re
from types import SimpleNamespace
from typing import Any

import pytest
from jupyter_server.services.kernels.handlers import default_handlers
from jupyter_server.services.kernels.websocket import KernelWebsocketHandler
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port
from tornado.web import Application
from tornado.websocket import WebSocketHandler, websocket_connect

from convlab.lab import _load_jupyter_server_extension
from convlab.lab.messages import LARGEST_MESSAGE, LIMIT, SaysTooBig, add_to
from tools.lab import arguments


def server(**settings: Any) -> Any:
    """Return what the extension knows of a server."""
    handlers: list[Any] = []
    application = SimpleNamespace(
        settings={"base_url": "/somewhere/", **settings},
        add_handlers=lambda _host, more: handlers.extend(more),
        handlers=handlers,
    )
    return SimpleNamespace(web_app=application)


def test_the_limit_is_raised_unless_the_reader_has_set_one() -> None:
    plain, strict = server(), server(**{LIMIT: 1000, "headers": {"a": "policy"}})
    for one in (plain, strict):
        _load_jupyter_server_extension(one)
    assert plain.web_app.settings[LIMIT] == LARGEST_MESSAGE == 64 * 2**20
    assert strict.web_app.settings[LIMIT] == 1000
    assert strict.web_app.settings["headers"] == {"a": "policy"}


def test_the_readers_own_settings_are_not_replaced_on_the_command_line() -> None:
    assert not [given for given in arguments() if "tornado_settings" in given]


def test_it_stands_where_jupyters_own_handler_does() -> None:
    one = server()
    add_to(one)
    [(pattern, handler)] = one.web_app.handlers
    place = "/api/kernels/6f1ab-1-2-3-4/channels"
    [own] = [rule for rule in default_handlers if re.fullmatch(rule[0], place)]
    assert own[1] is KernelWebsocketHandler
    found = re.fullmatch(pattern, "/somewhere" + place)
    assert found
    assert found["kernel_id"] == "6f1ab-1-2-3-4"
    assert issubclass(handler, KernelWebsocketHandler)


@pytest.mark.parametrize(("size", "is_lost"), [(999, False), (1001, True)])
def test_a_message_that_is_too_large_is_told_of(size: int, is_lost: bool) -> None:
    said: list[str] = []

    class Echo(SaysTooBig, WebSocketHandler):  # type: ignore[misc]
        log = SimpleNamespace(warning=said.append)

        def on_message(self, message: str | bytes) -> None:
            self.write_message(message)

    async def send() -> Any:
        socket, port = bind_unused_port()
        running = HTTPServer(Application([("/", Echo)], **{LIMIT: 1000}))
        running.add_socket(socket)
        client = await websocket_connect(f"ws://127.0.0.1:{port}/")
        try:
            await client.write_message("x" * size)
            return await client.read_message()
        finally:
            client.close()
            running.stop()
            await running.close_all_connections()

    answer = asyncio.run(send())
    if is_lost:
        assert answer is None
        [text] = said
        assert "a message of more than 0.000953674 MiB, which was lost" in text
        assert "--ServerApp.tornado_settings" in text
    else:
        assert answer == "x" * size
        assert said == []
