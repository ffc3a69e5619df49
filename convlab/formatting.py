"""How numbers are written for readers: in pictures, captions and tables alike."""

from __future__ import annotations

import re


def plain(value: float) -> str:
    """Write a number as a reader would: short, with a true minus sign.

    Examples
    --------
    >>> plain(-2.0), plain(0.111111), plain(-1234.56), plain(1234567.0), plain(-0.0)
    ('−2', '0.11', '−1234.6', '1.2e6', '0')
    """
    value = float(value)
    if value == 0:
        return "0"
    if 100 <= abs(value) < 1e6:
        text = f"{value:.1f}"
    else:
        text = f"{value:.2f}" if 0.01 <= abs(value) < 100 else f"{value:.2g}"
    if "." in text and "e" not in text:
        text = text.rstrip("0").rstrip(".")
    return re.sub(r"e([-+])0*", r"e\1", text).replace("+", "").replace("-", "−")
