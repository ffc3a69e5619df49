"""Explorers: controls, a live picture, and words that say what it shows."""

from convlab.explore.rings import Rings
from convlab.explore.sweep import Sweep

__all__ = ["Rings", "Sweep"]
