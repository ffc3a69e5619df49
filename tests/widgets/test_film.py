"""Films: made by ffmpeg where it is installed, and a clear message where it is not."""

import shutil
import subprocess

import ipywidgets as widgets
import pytest
from PIL import Image

from convlab.explore import Rings, Sweep
from convlab.widgets import film, progress

needs_ffmpeg = pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed")


@needs_ffmpeg
def test_a_film_shows_each_step_as_long_as_was_asked_for(tmp_path):
    explorer = Sweep()
    explorer.save(tmp_path / "sweep: all.mp4", interval=200)
    film_file = tmp_path / "sweep: all.mp4"
    asked = ["-show_entries", "format=duration:stream=width,height,codec_name", "-of", "csv=p=0"]
    told = subprocess.run(
        ["ffprobe", "-v", "error", *asked, film_file], capture_output=True, text=True, check=True
    )
    (codec, width, height), (duration,) = (line.split(",") for line in told.stdout.split())
    assert codec in ("h264", "mpeg4")
    shown = explorer.scene.image()
    assert (int(width), int(height)) == tuple(side + side % 2 for side in shown.size)
    steps = explorer.controls["step"].max + 1
    assert float(duration) == pytest.approx(0.2 * steps, abs=0.1)


@needs_ffmpeg
def test_what_ffmpeg_cannot_do_is_told_in_its_words(tmp_path):
    with pytest.raises(RuntimeError, match=r"ffmpeg could not save .*No such file"):
        film.save(tmp_path / "nowhere" / "a.mp4", [Image.new("RGB", (4, 4))], 100)


def test_without_ffmpeg_the_message_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    explorer = Rings()
    with pytest.raises(FileNotFoundError, match=r"ffmpeg, which is not installed .* save a \.gif"):
        explorer.save(tmp_path / "rings.mp4")
    assert not (tmp_path / "rings.mp4").exists()


def test_what_ffmpeg_is_given(tmp_path, monkeypatch):
    """Also where there is none: a program of that name keeps what it gets."""
    fake = tmp_path / "ffmpeg"
    fake.write_text('#!/bin/sh\nprintf "%s\\n" "$@" > "$0.said"; cat > "$0.read"\n')
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    film.save("x.mp4", [Image.new("RGB", (3, 2), colour) for colour in ("red", "blue")], 250)
    said = (tmp_path / "ffmpeg.said").read_text().split()
    assert ("3x2" in said, "1000/250" in said, said[-1]) == (True, True, "file:x.mp4")
    assert (tmp_path / "ffmpeg.read").read_bytes() == b"\xff\0\0" * 6 + b"\0\0\xff" * 6


@pytest.mark.parametrize("patience", [-1, 60])
def test_what_takes_long_shows_how_far_it_is(monkeypatch, patience):
    shown = []
    monkeypatch.setattr(progress, "PATIENCE", patience)
    monkeypatch.setattr(progress, "display", shown.append)
    monkeypatch.setattr(progress.jupyter, "shell", lambda: "a notebook")
    seen = [(part, [bar.value for bar in shown]) for part in progress.watched("abc", 3, "saving")]
    if patience == 60:
        assert seen == [("a", []), ("b", []), ("c", [])]
        return
    assert seen == [("a", [0]), ("b", [1]), ("c", [2])]
    (bar,) = shown
    assert isinstance(bar, widgets.IntProgress)
    assert (bar.max, bar.description, bar.comm) == (3, "saving", None)
