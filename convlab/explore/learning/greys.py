"""Pictures in grey, as large as they are drawn."""

from __future__ import annotations

import numpy as np
from PIL import Image

from convlab.draw.scene import SHARPNESS


def greys(values: np.ndarray, ends: tuple[float, float], side: int) -> np.ndarray:
    """Return the pixels of a picture in grey, `side` pixels of the page high and wide: RGBA bytes.

    Parameters
    ----------
    values : ndarray, shape (rows, cols)
    ends : (float, float)
        What is black, and what is white; all beyond is cut off.
    side : int
    """
    low, high = ends
    grey = np.clip(255 * (values - low) / (high - low), 0, 255).round().astype(np.uint8)
    drawn = round(side * SHARPNESS)
    resized = Image.fromarray(grey).resize((drawn, drawn), Image.Resampling.NEAREST)
    return np.asarray(resized.convert("RGBA"))
