"""A reader's own picture, from the file on the reader's disk to the screen."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from tools.browser import ExplorerOnScreen

NOTEBOOK = "05_filter_images.ipynb"


def upload(explorer: ExplorerOnScreen, name: str, content: bytes) -> None:
    """Choose a file as a reader does, by the button; it stands among the controls of *more*."""
    explorer.show_all()
    with explorer.lab.page.expect_file_chooser() as chooser:
        explorer.control("upload").click()
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    chooser.value.set_files([file])


def says(explorer: ExplorerOnScreen, text: str) -> None:
    """Wait until the caption says so."""
    explorer.root.locator(".convlab-caption", has_text=text).wait_for()


def test_a_picture_is_filtered_and_what_is_none_is_refused(
    explorer: ExplorerOnScreen,
) -> None:
    buffer = io.BytesIO()
    Image.fromarray(np.random.default_rng(0).integers(0, 256, (40, 60), np.uint8)).save(
        buffer, "PNG"
    )
    before = explorer.digest()
    upload(explorer, "dots.png", buffer.getvalue())
    assert explorer.changes_from(before)
    says(explorer, "on dots.png")
    own = explorer.digest()
    for name, content in (("notes.txt", b"hello"), ("cut.png", buffer.getvalue()[:300])):
        upload(explorer, name, content)
        says(explorer, f"{name} is not shown")
    assert explorer.digest() == own
    upload(explorer, "dots.png", buffer.getvalue())
    explorer.root.locator(".convlab-caption", has_not_text="not shown").wait_for()
    assert explorer.status == ""
    assert explorer.lab.error_outputs() == []


def test_a_weight_is_typed_and_counted_with_the_arrow_keys(
    explorer: ExplorerOnScreen,
) -> None:
    field = explorer.root.get_by_label("weight, row 0, column 1")
    before = explorer.digest()
    field.fill("5")
    field.press("Tab")
    assert explorer.changes_from(before)
    says(explorer, "not in the list")
    before = explorer.digest()
    explorer.root.get_by_label("weight, row 0, column 2").press("ArrowUp")
    assert explorer.changes_from(before)
    assert explorer.root.get_by_label("weight, row 0, column 2").input_value() == "2"
    assert explorer.status == ""


def test_a_click_on_the_picture_moves_the_sliders(explorer: ExplorerOnScreen) -> None:
    before = explorer.digest()
    explorer.picture.click(position={"x": 80, "y": 170})
    assert explorer.changes_from(before)
    assert explorer.status == ""


def test_a_photograph_as_large_as_a_camera_makes_them_arrives(
    explorer: ExplorerOnScreen,
) -> None:
    """A file of 15 MB: more than Jupyter lets through unless told to."""
    buffer = io.BytesIO()
    noise = np.random.default_rng(0).integers(0, 256, (2000, 2500, 3), np.uint8)
    Image.fromarray(noise).save(buffer, "PNG", compress_level=0)
    assert buffer.tell() > 15e6
    upload(explorer, "large.png", buffer.getvalue())
    says(explorer, "on large.png")
    assert explorer.status == ""
