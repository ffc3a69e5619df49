"""How cost grows with the image's side, the channels and the kernel's size, as a plot.

It is written to ``benchmarks/growth.png``, with the machine it was measured on. What others offer
for the same stands beside it where it is installed: scipy, OpenCV, JAX.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import os
import platform
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from scipy import ndimage
from scipy.signal import correlate2d

from benchmarks.timing import quickest, report
from convlab import conv2d, conv2d_backward, conv_matrix, max_pool2d, max_pool2d_backward
from convlab.draw import palette

PLOT = Path(__file__).parent / "growth.png"
SIDES = (16, 32, 64, 128, 256, 512)
CHANNELS = (1, 2, 4, 8, 16, 32, 64)
KERNELS = (1, 3, 5, 7, 9, 11, 15)
ROUNDS = 25

Calls = dict[str, Callable[[], object]]
STYLES = {
    "conv2d": (palette.INPUT, "-"),
    "conv2d_backward": (palette.GRADIENT, "-"),
    "sparse C̃, made": (palette.KERNEL, "-"),
    "sparse C̃, times x": (palette.KERNEL, "--"),
    "max_pool2d": (palette.OUTPUT, "-"),
    "max_pool2d_backward": (palette.OUTPUT, "--"),
    "scipy.signal": (palette.LOOK_HERE, ":"),
    "scipy.ndimage": (palette.LOOK_HERE, "-."),
    "OpenCV": (palette.INK, ":"),
    "JAX": (palette.INK, "-."),
}


def _found(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false")
cv2, jax = _found("cv2"), _found("jax")
if cv2 is not None:
    cv2.setNumThreads(1)


def main() -> None:
    """Measure, plot, and print by what power each cost grows at the end."""
    panels = {
        "side of the image, 1 channel, 3×3": {n: _one_channel(n, 3) for n in SIDES},
        "side of the image, C̃ and pooling": {n: _matrix_and_pooling(n) for n in SIDES},
        "channels in and out, 32×32, 3×3": {n: _many_channels(n) for n in CHANNELS},
        "side of the kernel, 256×256, 1 channel": {n: _one_channel(256, n) for n in KERNELS},
    }
    figure = Figure((11, 7.6), dpi=110, layout="constrained")
    FigureCanvasAgg(figure)
    for axes, (title, calls) in zip(figure.subplots(2, 2).flat, panels.items(), strict=True):
        times = {n: quickest(some, rounds=ROUNDS) for n, some in calls.items()}
        for name in next(iter(times.values())):
            curve = [times[n][name] for n in times]
            colour, line = STYLES[name]
            axes.loglog(list(times), curve, line, color=colour, label=name, marker=".")
            (before, last), (low, high) = list(times)[-2:], curve[-2:]
            power = np.log(high / low) / np.log(last / before)
            report(f"{title}: {name} at {last}, ∝ n^{power:.1f}", high, "ms")
        axes.set(xlabel=title, ylabel="ms", xticks=list(times), xticklabels=list(times))
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:g}")
        axes.minorticks_off()
        axes.grid(alpha=0.3)
        axes.legend(fontsize=9)
    figure.suptitle(machine(), fontsize=10)
    figure.savefig(PLOT)
    print(f"  plotted in {PLOT.parent.name}/{PLOT.name}")


def _one_channel(side: int, kernel: int) -> Calls:
    x, w, g = (_random((n, n)) for n in (side, kernel, side))
    same: Any = {"padding": "same"}
    calls: Calls = {
        "conv2d": lambda: conv2d(x, w, **same),
        "conv2d_backward": lambda: conv2d_backward(g, x, w, **same),
        "scipy.signal": lambda: correlate2d(x, w, mode="same"),
        "scipy.ndimage": lambda: ndimage.correlate(x, w, mode="constant"),
    }
    if cv2 is not None:
        calls["OpenCV"] = lambda: cv2.filter2D(x, -1, w, borderType=cv2.BORDER_CONSTANT)
    return calls | _jax(x[None, None], w[None, None])


def _many_channels(channels: int) -> Calls:
    x, w = _random((1, channels, 32, 32)), _random((channels, channels, 3, 3))
    return {
        "conv2d": lambda: conv2d(x, w, padding=1),
        "conv2d_backward": lambda: conv2d_backward(x, x, w, padding=1),
        **_jax(x, w),
    }


def _matrix_and_pooling(side: int) -> Calls:
    x, w = _random((side, side)), _random((3, 3))
    matrix, flat, pooled = conv_matrix(w, side, padding=1, sparse=True), x.ravel(), max_pool2d(x, 2)
    return {
        "sparse C̃, made": lambda: conv_matrix(w, side, padding=1, sparse=True),
        "sparse C̃, times x": lambda: matrix @ flat,
        "max_pool2d": lambda: max_pool2d(x, 2),
        "max_pool2d_backward": lambda: max_pool2d_backward(pooled, x, 2),
    }


def _jax(x: np.ndarray, w: np.ndarray) -> Calls:
    if jax is None:
        return {}
    compiled = jax.jit(lambda a, b: jax.lax.conv(a, b, (1, 1), "SAME"))
    return {"JAX": lambda: compiled(x, w).block_until_ready()}


def _random(shape: tuple[int, ...]) -> np.ndarray:
    return np.random.default_rng(0).normal(size=shape).astype(np.float32)


def machine() -> str:
    """Return what was measured on, and with which versions."""
    names = [
        "numpy",
        "scipy",
        *(["jax"] if jax else []),
        *(["opencv-python-headless"] if cv2 else []),
    ]
    packages = [f"{name} {importlib.metadata.version(name)}" for name in names]
    return (
        f"{_processor()}, {os.cpu_count()} cores, one thread; float32, the quickest of {ROUNDS}\n"
        f"{platform.system()}, Python {platform.python_version()}, {', '.join(packages)}"
    )


def _processor() -> str:
    """Return the processor's name, where the system tells it."""
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [line for line in info.read_text().splitlines() if line.startswith("model name")]
        if names:
            return names[0].partition(":")[2].strip()
    if sys.platform == "darwin":
        command = ["sysctl", "-n", "machdep.cpu.brand_string"]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    return platform.processor() or platform.machine()


if __name__ == "__main__":
    main()
