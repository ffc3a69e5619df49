"""A hand for plain tests: what a control can be set to."""

import io
import linecache
import sys
from datetime import UTC, datetime

import ipywidgets as widgets
import numpy as np
from hypothesis import strategies as st
from matplotlib.patches import PathPatch
from PIL import Image

from convlab.widgets.compound import Pair
from convlab.widgets.controls import clamp
from convlab.widgets.kernel_editor import KernelEditor


def extremes(control):
    """Return values over a control's whole range: for long ranges the ends and some between."""
    match control:
        case Pair():
            low, high = control.min, control.max
            mixed = [(low[0], high[1]), (high[0], low[1])]
            alike = [clamp((n, n), low, high) for n in _between(min(low), max(high))]
            return [low, high, *mixed, *alike]
        case (
            widgets.Dropdown()
            | widgets.ToggleButtons()
            | widgets.Select()
            | widgets.SelectionSlider()
        ):
            return [
                option[1] if isinstance(option, tuple) else option for option in control.options
            ]
        case widgets.Checkbox() | widgets.ToggleButton():
            return [True, False]
        case KernelEditor():
            ramp = np.arange(49.0).reshape(7, 7)
            return [ramp[:3, :3], ramp[:4, :4] - 7, 9999 * (1 - ramp % 3), np.zeros((3, 3))]
        case widgets.FileUpload():
            pixels = np.arange(24, dtype=np.uint8).reshape(4, 6) * 10
            files = [file_of(pixels), file_of(pixels.reshape(4, 2, 3)), b"no picture", None]
            return [uploaded(file) for file in files]
        case widgets.FloatSlider() | widgets.BoundedFloatText():
            inside = min((control.min + control.max) / 2 + 1.5, control.max)
            return [control.min, control.max, inside]
        case widgets.Text() | widgets.FloatText():
            return [control.value]
        case _ if hasattr(control, "min"):
            return _between(control.min, control.max)
    return []


def file_of(pixels, kind="PNG", **options):
    """Return the bytes of a picture file."""
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, kind, **options)
    return buffer.getvalue()


def uploaded(content, name="picture.png"):
    """Return the value that the page gives to a FileUpload; no content means no file."""
    if content is None:
        return ()
    file = {"name": name, "type": "image/png", "size": len(content), "content": memoryview(content)}
    return ({**file, "last_modified": datetime(2024, 1, 1, tzinfo=UTC)},)


def _between(low, high):
    """Return all whole numbers of a short range, and of a long one at most ten, with its ends."""
    return sorted({high, *range(low, high + 1, max(1, -(-(high - low) // 9)))})


def moves(explorer):
    """Return the strategy of one move of a hand: a control's name, and how far along its range."""
    return st.tuples(st.sampled_from(list(explorer.controls)), st.floats(0, 1))


def move(explorer, name, how_far):
    """Set a control to a value that lies so far along what it can be set to now."""
    values = extremes(explorer.controls[name])
    if values:
        explorer.controls[name].value = values[round(how_far * (len(values) - 1))]


def move_somewhere(explorer, chance):
    """Move one control to another value than it has."""
    name = chance.choice([n for n, c in explorer.controls.items() if not is_fixed(c)])
    control = explorer.controls[name]
    control.value = chance.choice([v for v in extremes(control) if not same(v, control.value)])


def move_to_another_end(explorer, name):
    """Move a control to the end of its range; to the beginning, where it is at the end."""
    control, values = explorer.controls[name], extremes(explorer.controls[name])
    for value in (*values[-1:], *values[:1]):
        if not same(value, control.value):
            control.value = value
            return


def is_fixed(control):
    return getattr(control, "disabled", False) or not [
        value for value in extremes(control) if not same(value, control.value)
    ]


def texts_of(scene):
    """Return the artists that write the texts of a picture, those without a text left out.

    ``figure.findobj`` finds them, too, and spends most of its time on the ticks of hidden axes.
    """
    patches = (patch for axes in scene.figure.axes for patch in axes.patches)
    return [one for one in patches if isinstance(one, PathPatch) and len(one.get_path()) > 1]


def same(one, other):
    return np.array_equal(one, other) if isinstance(one, np.ndarray) else one == other


def assert_true_to_its_state(explorer):
    """Assert that what is on screen is what would be shown of the same state afresh."""
    assert explorer.status.value == ""
    fresh = type(explorer.scene)()
    fresh.update(explorer.state)
    assert explorer.picture.value == fresh.live()
    assert explorer.state == explorer.read(values_of(explorer))
    assert type(explorer).describe(explorer.state) in explorer.caption.value
    assert explorer.details.value == explorer.explain(explorer.state)


def mouse(kind, place, size, *, buttons=0, at=0, shrink=1.0):
    """Return what the page sends when the mouse is at a place, counted from the lower left.

    The picture is shown so many times as large as it was drawn; `at` is in milliseconds.
    """
    (x, y), (width, height) = place, size
    return {
        "type": kind,
        "relativeX": x * shrink,
        "relativeY": (height - y) * shrink,
        "boundingRectWidth": width * shrink,
        "boundingRectHeight": height * shrink,
        "buttons": buttons,
        "timeStamp": at,
    }


def point(explorer, kind, place, **further):
    """Send an explorer what `mouse` returns for its picture."""
    size = explorer.scene.width, explorer.scene.height
    explorer._pointer(mouse(kind, place, size, **further))


def values_of(explorer):
    return {name: control.value for name, control in explorer.controls.items()}


class Interrupt:
    """A context in which the stop button is pressed once so many lines of convlab have run."""

    def __init__(self, after):
        self._left, self.came = after, False

    def __enter__(self):
        self._before = sys.gettrace()
        sys.settrace(self._call)
        return self

    def __exit__(self, kind, error, traceback):
        sys.settrace(self._before)
        return kind is KeyboardInterrupt

    def _call(self, frame, _event, _argument):
        return self._line if "/convlab/" in frame.f_code.co_filename else None

    def _line(self, frame, event, _argument):
        if event == "line":
            self._left -= 1
            # On these lines no real interrupt can come: the end of a `with`, which is traced as its
            # first line, and a `try`, which runs nothing.
            source = linecache.getline(frame.f_code.co_filename, frame.f_lineno).strip()
            if self._left <= 0 and not source.startswith(("with ", "try:")):
                sys.settrace(None)
                self.came = True
                raise KeyboardInterrupt
        return self._line
