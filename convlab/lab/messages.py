"""How much a page may send in one message; an uploaded picture travels in one.

Tornado allows 10 MiB, and a camera makes more. A larger message closes the connection to the
kernel: the page connects again by itself, and what it sent is lost without a word. So the limit is
raised, unless the reader has set one, and the server says when it was passed.

Source: https://www.tornadoweb.org/en/stable/websocket.html (``websocket_max_message_size``) and
RFC 6455, section 7.4.1, for the code.
"""

from __future__ import annotations

from typing import Any

from jupyter_server.services.kernels.websocket import KernelWebsocketHandler
from jupyter_server.utils import url_path_join

LIMIT = "websocket_max_message_size"
LARGEST_MESSAGE = 64 * 2**20
TOO_BIG = 1009
"""Why a connection is closed, as a code."""
CHANNELS = r"/api/kernels/(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)/channels"


class SaysTooBig:
    """A handler of a web socket that says in the server's log why it closes on a large message."""

    def get_websocket_protocol(self) -> Any:
        """Return the connection, which tells of what was too large for it."""
        handler: Any = self
        protocol: Any = super().get_websocket_protocol()  # type: ignore[misc]  # of the handler
        if protocol is None:
            return None
        close = protocol.close

        def closing(code: int | None = None, reason: str | None = None) -> None:
            if code == TOO_BIG:
                handler.log.warning(too_big(handler.max_message_size))
            close(code, reason)

        protocol.close = closing
        return protocol


class _Handler(SaysTooBig, KernelWebsocketHandler):
    """Jupyter's handler of the connection between a page and its kernel."""


def too_big(limit: int) -> str:
    """Return what is said of a message that was larger than the limit.

    Examples
    --------
    >>> too_big(64 * 2**20)[:63]
    'A page sent its kernel a message of more than 64 MiB, which was'
    """
    return (
        f"A page sent its kernel a message of more than {limit / 2**20:g} MiB, which was lost; it "
        "connects again by itself. An uploaded picture travels in one message: save it smaller, or "
        f"start with --ServerApp.tornado_settings=\"{{'{LIMIT}': BYTES}}\"."
    )


def add_to(server: Any) -> None:
    """Let large messages through, and have a server tell of those that are larger still.

    Parameters
    ----------
    server : jupyter_server.serverapp.ServerApp
    """
    application = server.web_app
    application.settings.setdefault(LIMIT, LARGEST_MESSAGE)
    pattern = url_path_join(application.settings["base_url"], CHANNELS)
    application.add_handlers(".*$", [(pattern, _Handler)])
