"""A reader's own picture, from the file on the reader's disk to the screen."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tools.browser import ExplorerOnScreen, Server


@pytest.fixture(scope="module")
def filters(browser: Browser, server: Server) -> Iterator[ExplorerOnScreen]:
    """The first explorer of the lesson on filters, live."""
    from tools.browser import Lab

    lab = Lab(browser, server)
    try:
        lab.open("05_filter_images.ipynb")
        lab.run_all()
        explorer = lab.explorers()[0]
        explorer.scroll_to_top()
        yield explorer
    finally:
        lab.close()


def upload(explorer: ExplorerOnScreen, name: str, content: bytes) -> None:
    """Choose a file as a reader does, by the button."""
    with explorer.lab.page.expect_file_chooser() as chooser:
        explorer.control("upload").click()
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    chooser.value.set_files([file])


def says(explorer: ExplorerOnScreen, text: str) -> None:
    """Wait until the caption says so."""
    explorer.root.locator(".convlab-caption", has_text=text).wait_for()


def test_a_picture_is_filtered_and_what_is_none_is_refused(filters: ExplorerOnScreen) -> None:
    buffer = io.BytesIO()
    Image.fromarray(np.random.default_rng(0).integers(0, 256, (40, 60), np.uint8)).save(
        buffer, "PNG"
    )
    before = filters.digest()
    upload(filters, "dots.png", buffer.getvalue())
    assert filters.changes_from(before)
    says(filters, "on dots.png")
    own = filters.digest()
    for name, content in (("notes.txt", b"hello"), ("cut.png", buffer.getvalue()[:300])):
        upload(filters, name, content)
        says(filters, f"{name} is not shown")
    assert filters.digest() == own
    upload(filters, "dots.png", buffer.getvalue())
    filters.root.locator(".convlab-caption", has_not_text="not shown").wait_for()
    assert filters.status == ""
    assert filters.lab.error_outputs() == []


def test_a_weight_is_typed_and_counted_with_the_arrow_keys(filters: ExplorerOnScreen) -> None:
    field = filters.root.get_by_label("weight, row 0, column 1")
    before = filters.digest()
    field.fill("5")
    field.press("Tab")
    assert filters.changes_from(before)
    says(filters, "not in the list")
    before = filters.digest()
    filters.root.get_by_label("weight, row 0, column 2").press("ArrowUp")
    assert filters.changes_from(before)
    assert filters.root.get_by_label("weight, row 0, column 2").input_value() == "2"
    assert filters.status == ""


def test_a_click_on_the_picture_moves_the_sliders(filters: ExplorerOnScreen) -> None:
    before = filters.digest()
    filters.picture.click(position={"x": 80, "y": 170})
    assert filters.changes_from(before)
    assert filters.status == ""


def test_a_photograph_as_large_as_a_camera_makes_them_arrives(filters: ExplorerOnScreen) -> None:
    """A file of 15 MB: more than Jupyter lets through unless told to."""
    buffer = io.BytesIO()
    noise = np.random.default_rng(0).integers(0, 256, (2000, 2500, 3), np.uint8)
    Image.fromarray(noise).save(buffer, "PNG", compress_level=0)
    assert buffer.tell() > 15e6
    upload(filters, "large.png", buffer.getvalue())
    says(filters, "on large.png")
    assert filters.status == ""
