"""Films, where ffmpeg is installed: an MP4 that any player shows."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from convlab.formatting import say

SIDES = "pad=ceil(iw/2)*2:ceil(ih/2)*2:color=white"
"""The usual coding of an MP4 wants an even number of pixels on both sides."""
RATE = 25
"""Pictures a second in the file, each step many times: some players refuse very few."""


def program() -> str:
    """Return the path of ffmpeg.

    Raises
    ------
    FileNotFoundError
        If it is not installed.
    """
    found = shutil.which("ffmpeg")
    if found is None:
        raise FileNotFoundError(
            say(
                "an .mp4 is made by ffmpeg, which is not installed here, or not on the path: "
                "install it (https://ffmpeg.org), or save a .gif or an .html"
            )
        )
    return found


def save(path: str | Path, frames: Sequence[Image.Image], interval: int) -> None:
    """Save frames as a film, `interval` milliseconds each.

    Raises
    ------
    FileNotFoundError
        If there is no ffmpeg.
    RuntimeError
        If ffmpeg fails; the message has its words.
    """
    width, height = frames[0].size
    raw = ["-f", "rawvideo", "-pixel_format", "rgb24", "-video_size", f"{width}x{height}"]
    steps = ["-framerate", f"1000/{interval}", "-i", "pipe:"]
    coding = ["-vf", SIDES, "-r", str(RATE), "-pix_fmt", "yuv420p", "-movflags", "+faststart"]
    # "file:" keeps a name with a colon from being read as an address.
    target = [*("-f", "mp4", "-y"), f"file:{path}"]
    run = subprocess.run(
        [program(), "-loglevel", "error", *raw, *steps, *coding, *target],
        input=b"".join(frame.convert("RGB").tobytes() for frame in frames),
        capture_output=True,
        check=False,
    )
    if run.returncode:
        words = run.stderr.decode(errors="replace").strip()
        raise RuntimeError(say("ffmpeg could not save {path}: {words}", path=path, words=words))
