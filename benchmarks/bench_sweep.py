"""The sweep: kernel time of a step, a view, a geometry; and what other ways of drawing cost."""

from __future__ import annotations

import itertools
import statistics
import time
from collections.abc import Callable, Iterator

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from mpl_toolkits.mplot3d.art3d import Poly3DCollection

from benchmarks.timing import medians, report
from convlab.draw.camera import cells
from convlab.explore import Sweep


def main() -> None:
    """Print medians of kernel times and ratios of medians."""
    sweep = Sweep(input=5, padding=1, stride=1)
    step, azimuth, size = (sweep.controls[name] for name in ("step", "azimuth", "input"))
    steps, turns = itertools.cycle(range(25)), itertools.cycle(range(90))
    sizes = itertools.cycle([(5, 5), (6, 6), (7, 7)])
    times = medians(
        {
            "step": lambda: setattr(step, "value", next(steps)),
            "view": lambda: setattr(azimuth, "value", next(turns)),
        }
    )
    report("a step, 5×5 input, padding 1, numbers in all cells", times["step"], "ms", "≤ 12")
    report("a turn of the view", times["view"], "ms", "≤ 60")
    geometry = medians({"geometry": lambda: setattr(size, "value", next(sizes))})["geometry"]
    report("a change of geometry, 5×5 to 7×7", geometry, "ms", "≤ 60")

    size.value = (5, 5)
    durations = list(_durations(lambda: setattr(step, "value", next(steps)), 1000))
    ratio = statistics.median(durations[-100:]) / statistics.median(durations[:100])
    report("step 1,000 against step 1", ratio, "×", "about 1")

    add_frame = _adding_surfaces()
    durations = list(_durations(add_frame, 25))
    ratio = statistics.median(durations[-3:]) / statistics.median(durations[:3])
    report("adding new surfaces on every frame: frame 25 against frame 1", ratio, "×")

    times = medians({"Axes3D": _axes3d(), "camera": _own_camera(sweep)})
    ratio = times["Axes3D"] / times["camera"]
    report("the same planes and numbers in Axes3D, against our camera", ratio, "×")


def _durations(call: Callable[[], object], count: int) -> Iterator[float]:
    for _ in range(count):
        start = time.perf_counter()
        call()
        yield time.perf_counter() - start


def _adding_surfaces() -> Callable[[], None]:
    """Return a call that draws one more frame as a script without memory of the last would."""
    figure = Figure((6.4, 4.8))
    canvas, axes = FigureCanvasAgg(figure), figure.add_subplot(projection="3d")
    x, y = np.meshgrid(np.arange(6), np.arange(6))

    def frame() -> None:
        for height in (0.0, 0.0, 1.0):
            axes.plot_surface(x, y, np.full(x.shape, height), edgecolor="black", alpha=0.5)
        canvas.draw()

    return frame


def _axes3d() -> Callable[[], None]:
    """Return a call that draws two planes of cells and a number in each with matplotlib's 3-D."""
    figure = Figure((5.3, 4.15), dpi=150)
    canvas, axes = FigureCanvasAgg(figure), figure.add_subplot(projection="3d")
    axes.set_axis_off()
    axes.set(xlim=(-4, 4), ylim=(-4, 4), zlim=(0, 4))
    rows, cols = np.indices((5, 5)).reshape(2, -1)
    for height in (0.0, 3.0):
        verts = cells(rows, cols, height, origin=(-2.5, -2.5))
        axes.add_collection3d(Poly3DCollection(verts, facecolor="w", edgecolor="k"))
        for corner in verts.mean(axis=1):
            axes.text(*corner, "3", ha="center", va="center")
    turns = itertools.cycle(range(90))

    def draw() -> None:
        axes.view_init(elev=32, azim=next(turns))
        canvas.draw()

    return draw


def _own_camera(sweep: Sweep) -> Callable[[], None]:
    """Return a call that turns the sweep's scene by a degree and draws all of it."""
    azimuth, turns = sweep.controls["azimuth"], itertools.cycle(range(90))
    sweep.controls["step"].value = 24
    return lambda: setattr(azimuth, "value", next(turns))
