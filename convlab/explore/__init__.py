"""Explorers: controls, a live picture, and words that say what it shows.

One folder a topic. Every explorer that a module of these folders defines can be imported from
here, ``from convlab.explore import Sweep``, and is listed in ``__all__``.
"""

from importlib import import_module
from pkgutil import walk_packages
from typing import Any

try:
    import anywidget  # noqa: F401
    import ipyevents  # noqa: F401
    import ipywidgets  # noqa: F401
    import matplotlib  # noqa: F401
    import PIL  # noqa: F401
except ImportError as error:
    raise ImportError(
        f"convlab.explore needs {error.name}: pip install convlab[explore]"
    ) from error

from convlab.explore.drilling.drill import drill as drill
from convlab.widgets.explorer import Explorer
from convlab.widgets.projector import projector as projector


def _explorers() -> dict[str, type[Explorer[Any, Any]]]:
    """Return the explorers of all topics, by name."""
    modules = [import_module(module.name) for module in walk_packages(__path__, f"{__name__}.")]
    return {
        name: kind
        for module in modules
        for name, kind in vars(module).items()
        if isinstance(kind, type)
        and issubclass(kind, Explorer)
        and kind.__module__ == module.__name__
        and not name.startswith("_")
    }


EXPLORERS = _explorers()
globals().update(EXPLORERS)
__all__ = sorted(EXPLORERS)


def __getattr__(name: str) -> type[Explorer[Any, Any]]:
    raise AttributeError(f"`convlab.explore` has no explorer {name!r}")
