"""Re-make the baseline pictures of the explorers: ``make pictures [NAMES="Sweep Padding"]``.

    python -m tools.pictures [NAME ...]

Each state in ``tests/pictures/states.py`` has a small picture in ``tests/pictures/baseline/`` that
the tests compare with what the explorer draws. This command writes those pictures that differ by
more than the tolerance, and removes those that belong to no state. Look at what it wrote before
you commit it.

Pictures are compared at a half or a third of their size, and what lies half a small pixel aside is
no difference: between versions of matplotlib, and of its font library, letters and the edges of
photographs move that far. Two numbers are then judged, because a fault may be small and strong, as
a wrong digit is, or wide and faint, as a wrong tint is.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from scipy.ndimage import uniform_filter

import convlab.explore
from tests.pictures.states import PHOTOGRAPHIC, STATES

ROOT = Path(__file__).resolve().parent.parent
BASELINE = ROOT / "tests" / "pictures" / "baseline"
FAILED = ROOT / ".pictures-failed"
FAINT = 8
"""By how much of 255 a pixel has to differ, in any of its three colours, to count."""
BLOCK = 8
"""Rows and columns over which the local difference is averaged: about the size of a digit."""


@dataclass(frozen=True)
class Difference:
    """How much two pictures differ.

    Parameters
    ----------
    share : float
        Of the pixels, how many differ: 0 to 1.
    local : float
        The largest mean difference in a block, 0 to 255.
    """

    share: float
    local: float

    def exceeds(self, tolerance: Difference) -> bool:
        """Say whether either number is larger than the tolerance's."""
        return self.share > tolerance.share or self.local > tolerance.local


EVERYTHING = Difference(share=1.0, local=255.0)


def names() -> list[tuple[str, str]]:
    """Return each explorer's name with each of its states' names, as the table has them."""
    return [(explorer, state) for explorer, states in STATES.items() for state in states]


def baseline(explorer: str, state: str) -> Path:
    """Return where the picture of a state is kept."""
    return BASELINE / f"{explorer}-{state}.png"


def tolerance(explorer: str) -> Difference:
    """Return how much an explorer's pictures may differ from their baselines."""
    return Difference(0.04, 45.0) if explorer in PHOTOGRAPHIC else Difference(0.015, 25.0)


def built(explorer: str, state: str) -> Any:
    """Return a new explorer in one of its states; close it after use."""
    return getattr(convlab.explore, explorer)(**STATES[explorer][state])


def drawn(explorer: str, shown: Any) -> Image.Image:
    """Return what an explorer shows, made small."""
    return small(shown.scene.image(), 3 if explorer in PHOTOGRAPHIC else 2)


def small(picture: Image.Image, times: int) -> Image.Image:
    """Return a picture several times smaller, each pixel the mean of those it stands for.

    Counted from the lower left corner, as scenes are: where a size is no whole number of pixels,
    versions of matplotlib round it up or down.
    """
    width, height = (-(-size // times) * times for size in picture.size)
    whole = Image.new("RGB", (width, height), "white")
    whole.paste(picture, (0, height - picture.height))
    return whole.reduce(times)


def compare(actual: Image.Image, expected: Image.Image) -> Difference:
    """Return how much two small pictures differ; a row or column more or less is cut off."""
    if np.abs(np.subtract(actual.size, expected.size)).max() > 1:
        return EVERYTHING
    apart = _apart(actual, expected)
    local = uniform_filter(apart, size=(BLOCK, BLOCK, 1)).max()
    return Difference(float((apart > FAINT).any(axis=-1).mean()), float(local))


def _apart(actual: Image.Image, expected: Image.Image) -> np.ndarray:
    """Return by how much each pixel differs, in each colour: shape (rows, cols, 3)."""
    one, other = (np.asarray(picture.convert("RGB"), np.float32) for picture in (actual, expected))
    rows, cols = np.minimum(one.shape, other.shape)[:2]
    one, other = one[-rows:, :cols], other[-rows:, :cols]
    return np.maximum(_beyond(one, other), _beyond(other, one))


def _beyond(pixels: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Return how far pixels lie outside what others show up to half a pixel aside."""
    rows, cols = others.shape[:2]
    padded = np.pad(others, ((1, 1), (1, 1), (0, 0)), mode="edge")
    between = (padded[:, 1:] + padded[:, :-1]) / 2
    corners = (between[1:] + between[:-1]) / 2
    beside, above = between[1:-1], (padded[1:, 1:-1] + padded[:-1, 1:-1]) / 2
    shifted = [others, beside[:, 1:], beside[:, :-1], above[1:], above[:-1]]
    shifted += [corners[r : r + rows, c : c + cols] for r, c in product((0, 1), repeat=2)]
    low, high = np.minimum.reduce(shifted), np.maximum.reduce(shifted)
    return np.maximum(np.maximum(low - pixels, pixels - high), 0)


def check(explorer: str, state: str, actual: Image.Image) -> None:
    """Compare a picture with its baseline; where it differs too much, show how.

    Raises
    ------
    AssertionError
        If there is no baseline, or the picture differs by more than the tolerance.
    """
    path, shown = baseline(explorer, state), FAILED / f"{explorer}-{state}.png"
    remade = f'make pictures NAMES="{explorer}"'
    if not path.exists():
        raise AssertionError(f"no baseline for {explorer}, {state}: {remade} makes it")
    with Image.open(path) as file:
        expected = file.convert("RGB")
    difference = compare(actual, expected)
    if difference.exceeds(tolerance(explorer)):
        _side_by_side(actual, expected, shown)
        raise AssertionError(
            f"{explorer}, {state}, does not look like its baseline: {difference}, allowed "
            f"{tolerance(explorer)}. Actual, expected and difference are in "
            f"{shown.relative_to(ROOT)}. If it is meant to look so: {remade}"
        )
    shown.unlink(missing_ok=True)


def _side_by_side(actual: Image.Image, expected: Image.Image, path: Path) -> None:
    pictures = [actual, expected]
    if np.abs(np.subtract(actual.size, expected.size)).max() <= 1:
        apart = 255 - np.minimum(3 * _apart(actual, expected), 255)
        pictures.append(Image.fromarray(apart.astype(np.uint8)))
    width, height = (max(picture.size[axis] for picture in pictures) for axis in (0, 1))
    sheet = Image.new("RGB", (width, (height + BLOCK) * len(pictures)), "grey")
    for number, picture in enumerate(pictures):
        sheet.paste(picture, (0, number * (height + BLOCK)))
    path.parent.mkdir(exist_ok=True)
    sheet.save(path)


def remake(explorer: str, state: str) -> bool:
    """Write the baseline of one state, unless it is within the tolerance; say whether it was."""
    shown, path = built(explorer, state), baseline(explorer, state)
    actual = drawn(explorer, shown)
    shown.close()
    if path.exists():
        with Image.open(path) as expected:
            if not compare(actual, expected).exceeds(tolerance(explorer)):
                return False
    path.parent.mkdir(exist_ok=True)
    colours = 256 if explorer in PHOTOGRAPHIC else 128
    actual.quantize(colours, kmeans=2, dither=Image.Dither.NONE).save(path, optimize=True)
    return True


def orphans() -> list[Path]:
    """Return what lies among the baselines and belongs to no state."""
    return sorted(set(BASELINE.iterdir()) - {baseline(*name) for name in names()})


def main(arguments: Sequence[str] | None = None) -> None:
    """Re-make the baselines of the explorers that are named, or of all."""
    parser = argparse.ArgumentParser(prog="tools.pictures", description="Re-make baselines.")
    parser.add_argument("names", nargs="*", help="explorers, such as Sweep; default: all")
    chosen = parser.parse_args(arguments).names or list(STATES)
    if unknown := [name for name in chosen if name not in STATES]:
        parser.error(f"no states for {', '.join(unknown)}; known: {', '.join(STATES)}")
    written = [baseline(*name) for name in names() if name[0] in chosen and remake(*name)]
    removed = orphans()
    for path in removed:
        path.unlink()
    for word, paths in (("wrote", written), ("removed", removed)):
        print(
            *(f"{word} {path.relative_to(ROOT)}" for path in paths),
            sep="\n",
            end="\n" * bool(paths),
        )
    if not written and not removed:
        print("every picture is within the tolerance of its baseline")


if __name__ == "__main__":
    main()
