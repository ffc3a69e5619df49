"""One student, over the protocol that a browser speaks: HTTP with cookies, and a web socket.

Log in, start a server, open a lesson's kernel, run its cells, move a slider and wait for the
picture. As in JupyterLab, what widgets say goes to a subshell, a second thread of the kernel.

Source: https://jupyter-client.readthedocs.io/en/stable/messaging.html,
https://jupyter-server.readthedocs.io/en/stable/developers/websocket-protocols.html and
ipywidgets' messages, https://github.com/jupyter-widgets/ipywidgets (packages/schema).
"""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import aiohttp
from jupyter_server.services.kernels.connection.base import (
    deserialize_msg_from_ws_v1,
    serialize_msg_to_ws_v1,
)
from yarl import URL

PASSWORD = "a password of theirs"
V1 = "v1.kernel.websocket.jupyter.org"
Message = dict[str, Any]


class Student:
    """A student and their page.

    Parameters
    ----------
    url : str
        Of the hub.
    name : str
        On the list of students.
    """

    def __init__(self, url: str, name: str) -> None:
        self.url, self.name = url, name
        self.page = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))
        self.models: dict[str, Message] = {}
        """Of the widgets of this kernel: identity -> state."""
        self.problems: list[str] = []
        """Errors that cells or widgets have told of."""
        self._waiting: dict[str, asyncio.Future[Message]] = {}
        self._pictures: dict[str, asyncio.Event] = {}
        self._hears: asyncio.Task[None] | None = None
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._subshell: str | None = None

    async def log_in(self, password: str = PASSWORD) -> bool:
        """Fill in the form; says whether the hub let the student in."""
        address = f"{self.url}/hub/login"
        async with self.page.get(address) as form:
            form.raise_for_status()
        fields = {"username": self.name, "password": password, "_xsrf": self._xsrf("/hub/")}
        async with self.page.post(address, data=fields, allow_redirects=False) as answer:
            return answer.status == 302

    async def start_server(self, seconds: float = 300) -> None:
        """Ask for the own server, and wait until JupyterLab is there."""
        async with self.page.get(f"{self.url}/hub/spawn/{self.name}") as answer:
            answer.raise_for_status()
        # As the waiting page listens to it.
        address = f"{self.url}/hub/api/users/{self.name}/server/progress"
        query = {"_xsrf": self._xsrf("/hub/")}
        last: Message = {}
        async with asyncio.timeout(seconds), self.page.get(address, params=query) as events:
            events.raise_for_status()
            async for line in events.content:
                if line.startswith(b"data:"):
                    last = json.loads(line.removeprefix(b"data:"))
                if last.get("ready") or last.get("failed"):
                    break
        if not last.get("ready"):
            raise RuntimeError(f"no server for {self.name}: {last}")
        async with self.page.get(f"{self.url}/user/{self.name}/lab") as answer:
            answer.raise_for_status()
            assert answer.url.path.startswith(f"/user/{self.name}/lab"), answer.url

    async def ask(self, path: str, method: str = "GET", **options: Any) -> tuple[int, Any]:
        """Ask the own server, or with a path from the root any other; status and answer."""
        if not path.startswith("/"):
            path = f"/user/{self.name}/{path}"
        headers = {"X-XSRFToken": self._xsrf(f"/user/{self.name}/")}
        async with self.page.request(method, self.url + path, headers=headers, **options) as answer:
            text = await answer.text()
            is_json = answer.content_type == "application/json" and text
            return answer.status, json.loads(text) if is_json else text

    async def lesson(self, name: str) -> Message:
        """Return the notebook as the own server gives it."""
        status, answer = await self.ask(f"api/contents/notebooks/{name}")
        assert status == 200, answer
        notebook: Message = answer["content"]
        return notebook

    async def save(self, name: str, notebook: Message) -> None:
        """Save a notebook, as JupyterLab does."""
        model = {"type": "notebook", "format": "json", "content": notebook}
        status, answer = await self.ask(f"api/contents/notebooks/{name}", "PUT", json=model)
        assert status in (200, 201), answer

    async def open_kernel(self, name: str) -> None:
        """Open a lesson's kernel and the socket to it."""
        place = f"notebooks/{name}"
        wish = {"path": place, "name": name, "type": "notebook", "kernel": {"name": "python3"}}
        status, answer = await self.ask("api/sessions", "POST", json=wish)
        assert status == 201, answer
        self.kernel = str(answer["kernel"]["id"])
        await self.connect()
        told = await self.send("shell", "kernel_info_request", {})
        if "kernel subshells" in told.get("supported_features", []):
            answer = await self.send("control", "create_subshell_request", {})
            self._subshell = answer["subshell_id"]

    async def connect(self) -> None:
        """Open the socket, again if it was cut."""
        if self._hears is not None:
            self._hears.cancel()
        address = f"{self.url}/user/{self.name}/api/kernels/{self.kernel}/channels"
        query = {"session_id": uuid.uuid4().hex, "_xsrf": self._xsrf(f"/user/{self.name}/")}
        self._socket = await self.page.ws_connect(
            address, params=query, protocols=[V1], origin=self.url, max_msg_size=0
        )
        assert self._socket.protocol == V1
        self._hears = asyncio.create_task(self._hear(self._socket))

    async def run(self, source: str, seconds: float = 120) -> str:
        """Run a cell; returns what it printed and what its value is in words."""
        before = len(self.problems)
        self._said: list[str] = []
        content = {"code": source, "silent": False, "store_history": True, "allow_stdin": False}
        await self.send("shell", "execute_request", content, seconds)
        if self.problems[before:]:
            raise RuntimeError(f"{self.name}: {self.problems[before:]}")
        return "".join(self._said)

    async def run_lesson(self, name: str) -> None:
        """Open a lesson and run all its cells."""
        notebook = await self.lesson(name)
        await self.open_kernel(name)
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                await self.run("".join(cell["source"]))

    def sliders(self) -> list[tuple[str, str]]:
        """Return (slider, picture) of each explorer that has a `step`, or else its first slider."""
        found = []
        for state in list(self.models.values()):
            if "convlab-explorer" not in state.get("_dom_classes", ()):
                continue
            inside = [self.models[one] for one in self._inside(state)]
            pictures = [one for one in inside if "convlab-picture" in one["_dom_classes"]]
            sliders = [one for one in inside if one["_model_name"] == "IntSliderModel"]
            sliders.sort(key=lambda one: "convlab-control-step" not in one["_dom_classes"])
            if sliders and pictures:
                found.append((sliders[0]["identity"], pictures[0]["identity"]))
        return found

    def _inside(self, state: Message) -> list[str]:
        names = []
        for child in state.get("children", ()):
            name = child.removeprefix("IPY_MODEL_")
            if name in self.models and "_dom_classes" in self.models[name]:
                names += [name, *self._inside(self.models[name])]
        return names

    async def move(self, slider: str, picture: str, seconds: float = 30) -> float:
        """Move a slider by one, and return the seconds until the new picture is there."""
        state = self.models[slider]
        value = state["value"] + 1 if state["value"] < state["max"] else state["min"]
        arrived = self._pictures[picture] = asyncio.Event()
        began = time.perf_counter()
        state["value"] = value
        data = {"method": "update", "state": {"value": value}, "buffer_paths": []}
        await self._send("shell", "comm_msg", {"comm_id": slider, "data": data})
        await asyncio.wait_for(arrived.wait(), seconds)
        return time.perf_counter() - began

    async def send(self, channel: str, kind: str, content: Message, seconds: float = 60) -> Message:
        """Send a request, and return the content of its reply, once the kernel is idle again."""
        # The reply and the last word of its outputs come by two ways.
        loop = asyncio.get_running_loop()
        identity = uuid.uuid4().hex
        reply = self._waiting[identity] = loop.create_future()
        idle = self._waiting[f"{identity} idle"] = loop.create_future()
        await self._send(channel, kind, content, identity)
        try:
            async with asyncio.timeout(seconds):
                answer = await reply
                if channel == "shell":
                    await idle
        finally:
            del self._waiting[identity], self._waiting[f"{identity} idle"]
        return answer

    async def close(self) -> None:
        """Close the page; server and kernel go on."""
        if self._hears is not None:
            self._hears.cancel()
        await self.page.close()

    async def _send(
        self, channel: str, kind: str, content: Message, identity: str | None = None
    ) -> None:
        assert self._socket is not None
        header = {
            "msg_id": identity or uuid.uuid4().hex,
            "msg_type": kind,
            "session": self.name,
            "username": self.name,
            "date": datetime.now(UTC).isoformat(),
            "version": "5.4",
        }
        if kind == "comm_msg" and self._subshell:
            header["subshell_id"] = self._subshell
        parts = {"header": header, "parent_header": {}, "metadata": {}, "content": content}
        await self._socket.send_bytes(serialize_msg_to_ws_v1(parts, channel, _packed))

    async def _hear(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        async for packet in socket:
            if packet.type is aiohttp.WSMsgType.BINARY:
                _, (header, parent, _, content, *_) = deserialize_msg_from_ws_v1(packet.data)
                kind = json.loads(header)["msg_type"]
                self._take(kind, json.loads(parent).get("msg_id", ""), json.loads(content))

    def _take(self, kind: str, parent: str, content: Message) -> None:
        act: Callable[[Message], None] | None = getattr(self, f"_on_{kind}", None)
        if kind == "status" and content["execution_state"] == "idle":
            parent += " idle"
        if (kind.endswith("_reply") or parent.endswith(" idle")) and parent in self._waiting:
            self._waiting[parent].set_result(content)
        elif act is not None:
            act(content)

    def _on_comm_open(self, content: Message) -> None:
        identity = content["comm_id"]
        self.models[identity] = {**content["data"]["state"], "identity": identity}

    def _on_comm_msg(self, content: Message) -> None:
        data, identity = content["data"], content["comm_id"]
        if data.get("method") != "update" or identity not in self.models:
            return
        self.models[identity].update(data["state"])
        # Bytes travel beside the message; only their place is named.
        if ["value"] in data.get("buffer_paths", ()) and identity in self._pictures:
            self._pictures[identity].set()

    def _on_stream(self, content: Message) -> None:
        self._said.append(content["text"])

    def _on_execute_result(self, content: Message) -> None:
        self._said.append(content["data"].get("text/plain", ""))

    def _on_error(self, content: Message) -> None:
        self.problems.append(f"{content['ename']}: {content['evalue']}")

    def _xsrf(self, path: str) -> str:
        cookies = self.page.cookie_jar.filter_cookies(URL(self.url + path))
        return cookies["_xsrf"].value if "_xsrf" in cookies else ""


def _packed(part: Message) -> bytes:
    return json.dumps(part).encode()
