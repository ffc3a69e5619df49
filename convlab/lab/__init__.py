"""An extension of Jupyter's server: still pictures without a kernel, and room for uploads.

An explorer is saved with its notebook twice, live and as a still picture. JupyterLab always shows
the live one, which without the kernel that made it is "Error displaying widget: model not found".
So, whenever a page asks for a notebook, this takes out of the answer the live explorers that no
running kernel knows; each names the process of its kernel. The file stays as it is.

An uploaded picture may be as large as a camera makes it: see `convlab.lab.messages`.

pip and conda install the extension with the package, and the server then loads it by itself;
``convlab`` does not import it.

Source: https://jupyter-server.readthedocs.io/en/stable/developers/extensions.html
"""

from __future__ import annotations

from typing import Any


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    """Say where the extension is; Jupyter's server asks."""
    return [{"module": "convlab.lab"}]


def _load_jupyter_server_extension(server: Any) -> None:
    """Add the extension to a server."""
    from convlab.lab import messages, stills

    stills.add_to(server)
    messages.add_to(server)
