"""Moving pictures that need no kernel: a looping GIF, or one HTML page with a player."""

from __future__ import annotations

import base64
import html
import json
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from convlab.draw.scene import SWATCHES


@dataclass(frozen=True)
class Page:
    """One step of a player: a PNG picture, its caption and what stands beside it, as HTML."""

    picture: bytes
    caption: str
    details: str = ""


def save_gif(path: str | Path, frames: list[Image.Image], interval: int) -> None:
    """Save frames as a looping GIF, `interval` milliseconds each."""
    small = [frame.quantize(palette=SWATCHES, dither=Image.Dither.NONE) for frame in frames]
    small[0].save(
        path,
        "GIF",
        save_all=True,
        append_images=small[1:],
        duration=interval,
        loop=0,
        optimize=True,
    )


def save_html(
    path: str | Path, title: str, pages: list[Page], interval: int, style: str = ""
) -> None:
    """Save steps as one self-contained page: buttons, a slider, arrow keys, and captions."""
    data = [
        {
            "picture": "data:image/png;base64," + base64.b64encode(page.picture).decode(),
            "caption": page.caption,
            "details": page.details,
        }
        for page in pages
    ]
    filled = (
        _PLAYER.replace("$TITLE", html.escape(title))
        .replace("$STYLE", style)
        .replace("$INTERVAL", str(interval))
        .replace("$LAST", str(len(pages) - 1))
        .replace("$PAGES", json.dumps(data).replace("</", "<\\/"))
    )
    Path(path).write_text(filled, encoding="utf-8")


_PLAYER = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>$TITLE</title>
<meta name="viewport" content="width=device-width">
$STYLE
<style>
body { font: 16px/1.4 system-ui, sans-serif; max-width: 900px; margin: 16px auto; padding: 0 12px;
  color: #1F2933; background: #FFF; }
main { display: flex; flex-wrap: wrap; }
main img { width: 540px; max-width: 100%; height: auto; }
nav { display: flex; gap: 8px; align-items: center; margin: 8px 0; }
nav input { flex: 1; max-width: 400px; }
button { font: inherit; min-width: 44px; min-height: 36px; }
</style></head>
<body>
<nav>
<button id="back" aria-label="one step back">&#9664;</button>
<button id="play" aria-label="play">&#9654;&#65038; play</button>
<button id="next" aria-label="one step on">&#9654;</button>
<input id="step" type="range" min="0" max="$LAST" value="0" aria-label="step">
<output id="count"></output>
</nav>
<main><img id="picture" alt=""><div id="details" class="convlab-details"></div></main>
<p id="caption" role="status" aria-live="polite"></p>
<script>
const pages = $PAGES;
const get = id => document.getElementById(id);
let timer = null;
function show(step) {
  step = (step + pages.length) % pages.length;
  get("step").value = step;
  get("count").textContent = `${step + 1} / ${pages.length}`;
  get("picture").src = pages[step].picture;
  get("caption").innerHTML = pages[step].caption;
  get("details").innerHTML = pages[step].details;
  get("picture").alt = get("caption").textContent;
}
const now = () => Number(get("step").value);
function stop() {
  clearInterval(timer); timer = null;
  get("play").innerHTML = "&#9654;&#65038; play";
}
get("step").oninput = () => show(now());
get("back").onclick = () => { stop(); show(now() - 1); };
get("next").onclick = () => { stop(); show(now() + 1); };
get("play").onclick = () => {
  if (timer) return stop();
  get("play").innerHTML = "&#10074;&#10074; pause";
  timer = setInterval(() => show(now() + 1), $INTERVAL);
};
document.onkeydown = event => {
  if (event.target.id === "step") return;
  if (event.key === "ArrowRight") get("next").onclick();
  if (event.key === "ArrowLeft") get("back").onclick();
};
show(0);
</script>
</body></html>
"""
