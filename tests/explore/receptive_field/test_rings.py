"""The rings under a hand: which are counted, and where the window is drawn."""

import re

import numpy as np
import pytest

from convlab.explore.receptive_field.rings import Rings
from convlab.explore.receptive_field.rings_scene import CELL, RingsScene, RingsState, ring_numbers


def text(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()


@pytest.mark.parametrize("kernel", range(1, 8))
def test_the_output_pixel_and_its_ring_numbers_are_those_of_loops(kernel):
    """The ring is the longer of the two ways to the output pixel, cell ⌊(k − 1)/2⌋."""
    home = (kernel - 1) // 2
    expected = [[max(abs(r - home), abs(c - home)) for c in range(kernel)] for r in range(kernel)]
    assert ring_numbers(kernel).tolist() == expected


@pytest.mark.parametrize(
    ("kernel", "words"),
    [
        (1, "A 1 × 1 kernel reads the pixel alone, without a ring: 1 cell."),
        (3, "A 3 × 3 kernel combines a pixel with 1 ring around it: 9 cells."),
        (7, "A 7 × 7 kernel combines a pixel with 3 rings around it: 49 cells."),
        (4, "it reaches 1 up and left, but 2 down and right."),
    ],
)
def test_the_caption_counts_rings_or_says_how_far_an_even_kernel_reaches(kernel, words):
    """Written out by hand."""
    assert words in re.sub(r"<[^>]+>", "", Rings(kernel=kernel).caption.value)


def test_the_table_says_how_much_of_a_ring_an_even_kernel_covers():
    """A 4 × 4 kernel: the pixel, a whole ring of 8, and 7 of the next 16."""
    assert text(Rings(kernel=4).details.value) == (
        "cells the pixel itself 1 ring 1 8 ring 2 7 of 16 together 4 × 4 = 16"
    )


@pytest.mark.parametrize("kernel", range(1, 8))
def test_the_window_frames_its_rings_and_the_diamond_marks_the_middle_of_an_even_one(kernel):
    """Measured in the picture; an even window reaches further to the right and down."""
    scene = RingsScene()
    scene.update(RingsState(kernel))
    corners = scene._window.get_paths()[0].vertices
    assert np.ptp(corners, axis=0) == pytest.approx([kernel * CELL] * 2)
    away = corners[:4].mean(axis=0) - (scene.width / 2, scene.height / 2)
    even = kernel % 2 == 0
    assert away == pytest.approx([CELL / 2, -CELL / 2] if even else [0, 0])
    diamonds = [path.vertices[:4].mean(axis=0) for path in scene._middle.get_paths()]
    assert len(diamonds) == even
    assert all(middle == pytest.approx(corners[:4].mean(axis=0)) for middle in diamonds)


@pytest.mark.parametrize("kernel", [0, 8])
def test_a_kernel_that_finds_no_room_is_refused(kernel):
    """The grid has room for three rings around the pixel."""
    with pytest.raises(
        ValueError, match=f"`kernel` of Rings must be from 1 to 7 here, got {kernel}"
    ):
        Rings(kernel=kernel)
