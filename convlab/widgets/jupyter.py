"""The Jupyter that this runs in: IPython's shell, and the process of the kernel."""

from __future__ import annotations

import os
import sys
from pathlib import PurePath
from typing import Any


def shell() -> Any:
    """Return IPython's shell; None outside IPython."""
    module = sys.modules.get("IPython")
    return module.get_ipython() if module else None


def process() -> dict[str, Any] | None:
    """Return what tells the process of this kernel from all others; None outside a kernel.

    Returns
    -------
    dict or None
        ``connection``: name of the file that the kernel was started with. It is new for each
        kernel, but stays when one is restarted. ``processes``: the ids of this process and of its
        parent, as on Windows a virtual environment's Python is started through another, and that
        one is what Jupyter's server knows.
    """
    kernel = getattr(shell(), "kernel", None)  # a terminal's shell has none
    file = getattr(getattr(kernel, "parent", None), "connection_file", None)
    if not file:
        return None
    return {"connection": PurePath(file).name, "processes": [os.getpid(), os.getppid()]}
