"""Explorers: controls, a live picture, and words that say what it shows."""

try:
    import ipyevents  # noqa: F401
    import ipywidgets  # noqa: F401
    import matplotlib  # noqa: F401
    import PIL  # noqa: F401
except ImportError as error:
    raise ImportError(
        f"convlab.explore needs {error.name}: pip install convlab[explore]"
    ) from error

from convlab.explore.backprop.backprop import Backprop
from convlab.explore.backprop.fan_out import FanOut
from convlab.explore.backprop.gradient_check import GradientCheck
from convlab.explore.channels.channel_sweep import ChannelSweep
from convlab.explore.channels.groups import Groups
from convlab.explore.channels.kernel_bank import KernelBank, MixChannels
from convlab.explore.filters.filter_lab import FilterLab
from convlab.explore.matrix.cost import Cost
from convlab.explore.matrix.flatten import Flatten
from convlab.explore.matrix.im2col import Patches
from convlab.explore.matrix.matrix_view import MatrixView
from convlab.explore.padding.padding import Padding
from convlab.explore.padding.padding_modes import PaddingValues
from convlab.explore.padding.same_padding import TwoSames
from convlab.explore.pooling.pooling import Pooling
from convlab.explore.pooling.shift import ShiftTest
from convlab.explore.receptive_field.effective_field import EffectiveField
from convlab.explore.receptive_field.layer_stack import LayerStack
from convlab.explore.receptive_field.network_field import NetworkField
from convlab.explore.receptive_field.rings import Rings
from convlab.explore.sweep.sweep import Sweep

__all__ = [
    "Backprop",
    "ChannelSweep",
    "Cost",
    "EffectiveField",
    "FanOut",
    "FilterLab",
    "Flatten",
    "GradientCheck",
    "Groups",
    "KernelBank",
    "LayerStack",
    "MatrixView",
    "MixChannels",
    "NetworkField",
    "Padding",
    "PaddingValues",
    "Patches",
    "Pooling",
    "Rings",
    "ShiftTest",
    "Sweep",
    "TwoSames",
]
