"""What stands in charts of a training: curves over its steps, and a surface of the loss."""

from __future__ import annotations

import numpy as np
from matplotlib.colors import to_rgb

from convlab.draw import palette
from convlab.draw.charts import Chart
from convlab.draw.drawing import Drawing
from convlab.draw.scene import SHARPNESS
from convlab.draw.shapes import discs
from convlab.formatting import plain

SMALLEST = 1e-16
"""A loss below it is drawn as this one: rounding makes the rest."""
FAINT = palette.tint(palette.QUIET, 0.35)
BANDS = 10
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def draw_scales(
    sheet: Drawing,
    chart: Chart,
    across: dict[float, str],
    up: dict[float, str],
) -> None:
    """Draw the lines of both scales, and write what they stand for."""
    for value, name in across.items():
        x = chart.places([value], [chart.up[0]])[0, 0]
        sheet.line((x, chart.bottom), (x, chart.top), FAINT)
        sheet.text(name, x, chart.bottom - 11, 12)
    for value, name in up.items():
        y = chart.places([chart.across[0]], [value])[0, 1]
        sheet.line((chart.left, y), (chart.right, y), FAINT)
        sheet.text(name, chart.left - 6, y, 12, align="right")


def draw_curve(sheet: Drawing, chart: Chart, values: np.ndarray, colour: str) -> None:
    """Draw one value for each step."""
    line = chart.places(np.arange(len(values)), values)
    if len(line) > 1:
        sheet.lines.append(line)
        sheet.line_colours.append(colour)


def draw_moment(sheet: Drawing, chart: Chart, step: int, *values: float) -> None:
    """Mark a step, and its values."""
    x = chart.places([step], [chart.up[0]])[0, 0]
    sheet.line((x, chart.bottom), (x, chart.top), palette.LOOK_HERE)
    for value in values:
        mark(sheet, chart.places([step], [value])[0])


def mark(sheet: Drawing, place: np.ndarray) -> None:
    """Put a ring around a place."""
    sheet.frames.extend(discs(np.asarray(place)[None], 5, 20))
    sheet.frame_colours.append(palette.LOOK_HERE)


def log_losses(losses: np.ndarray) -> np.ndarray:
    """Return losses as powers of ten."""
    return np.asarray(np.log10(np.maximum(losses, SMALLEST)))


def decades(powers: np.ndarray) -> tuple[dict[float, str], tuple[float, float]]:
    """Return at most six powers of ten to write beside a chart, and where it begins and ends.

    Examples
    --------
    >>> decades(np.array([-0.5, -2.9]))
    ({-3: '10⁻³', -2: '10⁻²', -1: '10⁻¹', 0: '10⁰'}, (-3, 0))
    """
    low, high = int(np.floor(powers.min())), int(np.ceil(powers.max()))
    high = max(high, low + 2)
    between = -(-(high - low) // 5)
    names: dict[float, str] = {
        p: f"10{str(p).translate(_RAISED)}" for p in range(low, high + 1, between)
    }
    return names, (low, high)


def rounds(low: float, high: float, most: int) -> dict[float, str]:
    """Return round numbers from one to another, at most so many, as they are written.

    Examples
    --------
    >>> rounds(-1.2, 2.3, 5)
    {-1.0: '−1', 0.0: '0', 1.0: '1', 2.0: '2'}
    """
    power = 10.0 ** np.floor(np.log10((high - low) / most))
    step = next(m * power for m in (1, 2, 5, 10, 20) if (high - low) / (m * power) < most)
    values = np.arange(np.ceil(low / step), np.floor(high / step) + 1) * step
    return {float(value): plain(round(float(value), 6)) for value in values}


def around(
    points: np.ndarray, wide: float, high: float
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the edges of a chart, equally scaled on both axes, that holds all points.

    Parameters
    ----------
    points : ndarray, shape (number, 2)
    wide, high : float
        The room, in pixels.
    """
    low, top = points.min(axis=0), points.max(axis=0)
    middle, size = (low + top) / 2, np.array([wide, high])
    scale = max(1.25 * ((top - low) / size).max(), 0.5 / high)
    edges = np.stack([middle - scale * size / 2, middle + scale * size / 2])
    (left, right), (bottom, upper) = edges.T.tolist()
    return (left, right), (bottom, upper)


def pixels_of(chart: Chart) -> tuple[np.ndarray, np.ndarray]:
    """Return the values that the columns and the rows of a chart's pixels stand for."""
    columns, rows = round(chart.wide * SHARPNESS), round(chart.high * SHARPNESS)
    return np.linspace(*chart.across, columns), np.linspace(*chart.up, rows)


def bands(losses: np.ndarray) -> np.ndarray:
    """Return losses as bands of grey, each half as high as the next: (rows, cols, 4) bytes."""
    largest = max(float(losses.max()), SMALLEST)
    halvings = np.log2(largest / np.maximum(losses, largest * 2.0 ** -(BANDS + 1)))
    shade = np.clip(halvings, 0, BANDS - 1).astype(int)
    greys = [to_rgb(palette.tint(palette.QUIET, t)) for t in np.linspace(0.6, 0, BANDS)]
    colours = np.column_stack([255 * np.array(greys), np.full(BANDS, 255)]).round().astype(np.uint8)
    return np.asarray(colours[shade][::-1])
