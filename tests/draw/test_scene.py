"""Scenes: only what moves is drawn anew, and nothing of the step before is left."""

import io

import numpy as np
import pytest
from matplotlib.image import AxesImage
from PIL import Image

from convlab.draw import palette
from convlab.draw.scene import SHARPNESS, PixelImage, Scene, grid_lines
from convlab.draw.text import text_path

SQUARE = np.array([[0.0, 0], [20, 0], [20, 20], [0, 20]])


class Moving(Scene):
    """A still square, whose place is the layout, and one that moves with the state."""

    place = (50, 50)

    def __init__(self, **options):
        super().__init__(120, 80, **options)
        self.still = self.polygons(facecolors=palette.INPUT)
        self.square = self.polygons(moving=True, facecolors=palette.KERNEL)
        self.laid_out = 0

    def layout(self, _state):
        return self.place

    def lay_out(self, _state):
        self.still.set_verts([SQUARE + self.place])
        self.laid_out += 1

    def move(self, state):
        self.square.set_verts([SQUARE + state])


def colour_at(scene, x, y):
    """The colour at a place in the scene's pixels, from the lower left corner."""
    image = scene.image()
    return image.getpixel((int(x * SHARPNESS), image.height - 1 - int(y * SHARPNESS)))


def rgb(colour):
    return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))


def test_a_step_leaves_nothing_of_the_one_before():
    scene = Moving()
    scene.update((0, 0))
    assert colour_at(scene, 10, 10) == rgb(palette.KERNEL)
    scene.update((90, 50))
    assert colour_at(scene, 10, 10) == rgb(palette.PAPER)
    assert colour_at(scene, 100, 60) == rgb(palette.KERNEL)
    assert colour_at(scene, 60, 60) == rgb(palette.INPUT)


def test_what_moves_lies_above_what_does_not():
    scene = Moving()
    scene.update((50, 50))
    assert colour_at(scene, 60, 60) == rgb(palette.KERNEL)


def test_what_stands_still_is_drawn_again_for_a_new_layout_only():
    scene = Moving()
    for step in (0, 10, 20):
        scene.update((step, 0))
        scene.image()
    assert scene.laid_out == 1
    scene.place = (80, 0)
    scene.update((0, 0))
    assert scene.laid_out == 2
    assert colour_at(scene, 60, 60) == rgb(palette.PAPER)
    assert colour_at(scene, 90, 10) == rgb(palette.INPUT)


@pytest.mark.parametrize("part", ["lay_out", "move"])
def test_after_an_update_that_failed_everything_is_drawn_afresh(part, monkeypatch):
    scene = Moving()
    scene.update((0, 0))
    scene.image()
    with monkeypatch.context() as patch:
        patch.setattr(scene, part, lambda _: 1 / 0)
        scene.place = (80, 0)
        with pytest.raises(ZeroDivisionError):
            scene.update((30, 0))
    scene.place = (50, 50)
    scene.update((0, 0))
    assert colour_at(scene, 60, 60) == rgb(palette.INPUT)
    assert colour_at(scene, 10, 10) == rgb(palette.KERNEL)


def test_a_scene_that_is_released_holds_nothing():
    scene = Moving()
    scene.update((0, 0))
    scene.release()
    assert vars(scene) == {}


@pytest.mark.parametrize("photographic", [False, True])
def test_the_png_is_the_picture_of_the_right_size(photographic):
    scene = Moving(photographic=photographic)
    scene.update((0, 0))
    with Image.open(io.BytesIO(scene.png())) as png:
        assert png.size == (120 * SHARPNESS, 80 * SHARPNESS)
        assert png.mode == ("RGB" if photographic else "P")
        assert png.convert("RGB").getpixel((15, png.height - 15)) == rgb(palette.KERNEL)


@pytest.mark.parametrize("photographic", [False, True])
def test_what_is_sent_while_it_moves_is_the_picture(photographic):
    scene = Moving(photographic=photographic)
    scene.update(1)
    image = scene.image()
    shown = Image.open(io.BytesIO(scene.live()))
    assert (shown.format.lower(), shown.size) == (scene.format, image.size)
    away = np.subtract(shown.convert("RGB"), image, dtype=float)
    assert np.abs(away).mean() < 3


def test_saved_pictures_hold_what_moves_as_well(tmp_path):
    scene = Moving()
    scene.update((0, 0))
    scene.save(tmp_path / "scene.svg")
    assert palette.KERNEL.lower() in (tmp_path / "scene.svg").read_text()
    assert colour_at(scene, 10, 10) == rgb(palette.KERNEL)


def test_writing_is_ink_where_the_letters_are():
    scene = Moving()
    scene.update((0, 0))
    scene.text().set_path(text_path(["■■"], np.array([[100.0, 20.0]]), 20.0))
    assert colour_at(scene, 95, 20) == rgb(palette.INK)


@pytest.mark.parametrize(
    "extent",
    [
        (10, 50, 20, 60),
        (10, 43, 20, 77),
        (10.3, 52.9, 20.2, 61.4),
        (0, 120, 0, 80),
        (90, 130, 5, 9),
    ],
    ids=["enlarged", "by halves", "between pixels", "the whole scene", "over the edge"],
)
@pytest.mark.parametrize("kind", ["RGBA", "RGB", "numbers", "reduced"])
def test_pixels_lie_where_matplotlib_would_draw_them(extent, kind, monkeypatch):
    chance = np.random.default_rng(1)
    shape = {"RGBA": (7, 11, 4), "RGB": (7, 11, 3), "numbers": (7, 11)}.get(kind, (300, 400, 3))
    data = chance.integers(0, 256, shape).astype(np.uint8)
    if kind == "numbers":
        data = data / 255
    if kind == "reduced":
        data[:] = np.linspace(0, 255, 400)[:, None]
    pictures = []
    for draw in (PixelImage.draw, AxesImage.draw):
        monkeypatch.setattr(PixelImage, "draw", draw)
        scene = Moving()
        scene.update((0, 0))
        image = scene.pixels(moving=True)
        image.set_data(data)
        image.set_extent(extent)
        pictures.append(np.asarray(scene.image()).astype(int))
    assert abs(pictures[1] - 255).max() > 100, "nothing was drawn"
    differs = abs(pictures[0] - pictures[1]).max(axis=2) > 2
    assert differs.mean() < 0.001


def test_pixels_that_are_hidden_are_not_drawn():
    scene = Moving()
    scene.update((0, 0))
    image = scene.pixels(moving=True)
    image.set_data(np.zeros((2, 2, 3), np.uint8))
    image.set_extent((40, 60, 40, 60))
    assert colour_at(scene, 50, 50) == (0, 0, 0)
    image.set_visible(False)
    assert colour_at(scene, 50, 50) == rgb(palette.INPUT)


def test_grid_lines_are_one_more_than_cells_on_each_axis():
    lines = grid_lines(2, 3)
    assert lines.shape == (3 + 4, 2, 2)
    assert lines[:3, :, 0].tolist() == [[0, 0], [1, 1], [2, 2]]
    assert lines[3:, 1].tolist() == [[2, 0], [2, 1], [2, 2], [2, 3]]
