"""Explorers: controls, a live picture, and words that say what it shows."""

from convlab.explore.channels import ChannelSweep
from convlab.explore.effective_field import EffectiveField
from convlab.explore.filters import FilterLab
from convlab.explore.layer_stack import LayerStack
from convlab.explore.network_field import NetworkField
from convlab.explore.padding import Padding
from convlab.explore.rings import Rings
from convlab.explore.sweep import Sweep

__all__ = [
    "ChannelSweep",
    "EffectiveField",
    "FilterLab",
    "LayerStack",
    "NetworkField",
    "Padding",
    "Rings",
    "Sweep",
]
