"""Explorers: controls, a live picture, and words that say what it shows."""

from convlab.explore.backprop import Backprop
from convlab.explore.channels import ChannelSweep
from convlab.explore.effective_field import EffectiveField
from convlab.explore.fan_out import FanOut
from convlab.explore.fill import PaddingValues
from convlab.explore.filters import FilterLab
from convlab.explore.flatten import Flatten
from convlab.explore.gradient_check import GradientCheck
from convlab.explore.groups import Groups
from convlab.explore.kernel_bank import KernelBank, MixChannels
from convlab.explore.layer_stack import LayerStack
from convlab.explore.matrix import MatrixView
from convlab.explore.network_field import NetworkField
from convlab.explore.padding import Padding
from convlab.explore.patches import Patches
from convlab.explore.pooling import Pooling
from convlab.explore.price import Price
from convlab.explore.rings import Rings
from convlab.explore.same import TwoSames
from convlab.explore.shift import ShiftTest
from convlab.explore.sweep import Sweep

__all__ = [
    "Backprop",
    "ChannelSweep",
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
    "Price",
    "Rings",
    "ShiftTest",
    "Sweep",
    "TwoSames",
]
