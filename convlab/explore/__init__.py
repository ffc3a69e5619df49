"""Explorers: controls, a live picture, and words that say what it shows.

One folder a topic. An explorer is loaded when it is first asked for, ``from convlab.explore import
Sweep``: all of them would take as long as all that they are built on.

Source: https://peps.python.org/pep-0562, as in https://scientific-python.org/specs/spec-0001
"""

from importlib import import_module
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

from convlab.widgets.projector import projector as projector

HOMES = {
    "Backprop": "backprop.backprop",
    "ChannelSweep": "channels.channel_sweep",
    "Cost": "matrix.cost",
    "DrawDigit": "network.draw_digit",
    "EdgeLearner": "learning.edge_learner",
    "EffectiveField": "receptive_field.effective_field",
    "FanOut": "backprop.fan_out",
    "FilterLab": "filters.filter_lab",
    "Flatten": "matrix.flatten",
    "GradientCheck": "backprop.gradient_check",
    "Groups": "channels.groups",
    "KernelBank": "channels.kernel_bank",
    "LayerStack": "receptive_field.layer_stack",
    "MatrixView": "matrix.matrix_view",
    "MixChannels": "channels.mix_channels",
    "NetworkField": "receptive_field.network_field",
    "Padding": "padding.padding",
    "PaddingValues": "padding.padding_modes",
    "Patches": "matrix.im2col",
    "Pooling": "pooling.pooling",
    "RecoverFilter": "learning.recover_filter",
    "Rings": "receptive_field.rings",
    "SeeThrough": "network.see_through",
    "ShiftTest": "pooling.shift",
    "Sweep": "sweep.sweep",
    "Training": "network.training",
    "TransposedConv": "backprop.transposed",
    "TwoSames": "padding.same_padding",
}
"""The module that each explorer is in, in the folder of its topic."""
__all__ = list(HOMES)


def __getattr__(name: str) -> Any:
    home = {**HOMES, "drill": "drilling.drill"}.get(name)
    if home is None:
        raise AttributeError(f"`convlab.explore` has no explorer {name!r}")
    found = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted([*globals(), *HOMES, "drill"])
