"""A student's server: JupyterHub's own, but lighter.

The extension `convlab.lab` computes nothing, yet importing it imports ``convlab``, and that numpy
and scipy: 15 MiB for each student. So here ``convlab`` is a package without contents of its own;
kernels are other processes, and have all of it.
"""

import importlib.util
import sys
from types import ModuleType


def without_contents(name: str) -> ModuleType:
    """Return a package whose parts can be imported, without running what is in it."""
    spec = importlib.util.find_spec(name)
    if spec is None or spec.submodule_search_locations is None:
        raise ModuleNotFoundError(f"`name` must be a package that is installed, got {name!r}")
    package = ModuleType(name)
    package.__spec__ = spec
    package.__path__ = list(spec.submodule_search_locations)
    return package


if __name__ == "__main__":
    sys.modules["convlab"] = without_contents("convlab")
    from jupyterhub.singleuser import main

    sys.exit(main())
