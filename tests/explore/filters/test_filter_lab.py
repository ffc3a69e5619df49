"""The filter lab under a hand: kernels, fields, buttons, clicks, and files of every kind."""

import io
import re
import struct
import tracemalloc
import zlib

import ipywidgets as widgets
import numpy as np
import pytest
from PIL import Image

from convlab import conv2d, flip
from convlab.convolution import conv2d_loops
from convlab.explore import FilterLab
from convlab.explore.filters.filter_pictures import LARGEST_SIDE, OWN_PICTURE, PICTURES
from convlab.explore.filters.filter_scene import LEFT, FilterScene
from convlab.explore.filters.kernel_names import OWN_KERNEL, name_of, whole
from convlab.explore.filters.uploads import MOST, SHELF
from convlab.images import load, photo
from convlab.kernels import KERNELS
from convlab.widgets.controls import needed_width
from convlab.widgets.kernel_editor import KernelEditor, as_rows, resized
from tests.explore.driving import file_of, point, uploaded

RNG = np.random.default_rng(3)
GREY = RNG.integers(0, 256, (9, 7)).astype(np.uint8)
NOISE = RNG.integers(0, 256, (40, 40, 3)).astype(np.uint8)
COLOUR = RNG.integers(0, 256, (9, 7, 3)).astype(np.uint8)


@pytest.fixture(autouse=True)
def _nothing_uploaded():
    SHELF.clear()
    yield
    SHELF.clear()


def small(**settings):
    return FilterLab(GREY, **{"row": 0, "column": 0, **settings})


def offered(explorer, name):
    return [value for _, value in explorer.controls[name].options]


def words(explorer):
    return re.sub(r"<[^>]+>", "", explorer.caption.value).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("name", KERNELS)
def test_a_preset_sets_the_very_weights_of_the_kernel(name):
    explorer = small(kernel=name)
    state, kernel = explorer.state, KERNELS[name]
    np.testing.assert_allclose(np.divide(state.weights, state.divisor), kernel.weights)
    assert np.array_equal(state.weights, np.rint(state.weights))
    assert explorer.controls["size"].value == len(kernel.weights)
    assert kernel.effect in words(explorer)
    assert name_of(state.weights, state.divisor) == name


def test_the_pixel_in_the_caption_is_the_one_of_plain_loops():
    explorer = small(kernel="emboss", row=4, column=2)
    y = conv2d_loops(GREY, KERNELS["emboss"].weights, padding=1)
    assert f"pixel (4, 2) = {y[4, 2]:.0f}".replace("-", "−") in words(explorer)
    share = 100 * (y < 0).mean(), 100 * (y > 255).mean()
    assert f"{share[0]:.1f} % of it lies below 0, {share[1]:.1f} % above" in words(explorer)


def test_colour_filters_every_channel_by_the_same_kernel():
    explorer = FilterLab(colour=True, channel=2, kernel="Gaussian 3x3", row=9, column=5)
    y = conv2d(photo(color=True)[2], KERNELS["Gaussian 3x3"].weights, padding=1)
    assert explorer.state.window.result == pytest.approx(y[9, 5], rel=1e-6)
    assert "All three channels get the same kernel" in words(explorer)
    explorer.controls["picture"].value = "test card"
    assert [name for name, _ in explorer.controls["channel"].options] == ["grey"]
    assert not explorer.state.colour


def test_a_number_typed_into_a_field_is_a_kernel_of_ones_own():
    explorer = small(kernel="identity")
    field = explorer.controls["weights"].fields[5]
    assert field.description == "weight, row 1, column 2"
    field.value = -2.5
    assert explorer.state.weights[1] == (0, 1, -2.5)
    assert explorer.controls["kernel"].value == OWN_KERNEL
    assert "A kernel that is not in the list. Its weights sum to −1.5" in words(explorer)
    field.value = 0
    assert explorer.controls["kernel"].value == "identity"


@pytest.mark.parametrize(
    ("typed", "kept"), [(float("nan"), 0), (1e300, 9999), (float("-inf"), -9999), (-1e9, -9999)]
)
def test_what_is_no_number_or_too_large_is_replaced_in_the_field_too(typed, kept):
    explorer = small(kernel="identity")
    field = explorer.controls["weights"].fields[0]
    field.value = typed
    assert explorer.state.weights[0][0] == field.value == kept
    assert explorer.status.value == ""


@pytest.mark.parametrize(
    ("typed", "kept"), [(0, 1), (float("nan"), 1), (1e-300, 0.001), (-1e-9, -0.001), (1e9, 9999)]
)
def test_no_divisor_divides_by_nothing(typed, kept):
    explorer = small(divisor=5)
    explorer.controls["divisor"].value = typed
    assert explorer.state.divisor == explorer.controls["divisor"].value == kept


def test_nothing_is_drawn_with_a_divisor_that_is_replaced(monkeypatch):
    explorer, drawn = small(divisor=5), []
    update = explorer.scene.update
    monkeypatch.setattr(
        explorer.scene, "update", lambda state: (drawn.append(state.divisor), update(state))
    )
    explorer.controls["divisor"].value = 0
    assert set(drawn) == {1}


@pytest.mark.parametrize("divisor", [0, float("nan"), 1e9])
def test_a_start_value_that_nothing_can_be_divided_by_is_named(divisor):
    with pytest.raises(ValueError, match=f"`divisor` .*{divisor}"):
        FilterLab(GREY, divisor=divisor)


def test_a_bias_that_is_no_number_is_none():
    explorer = small(bias=3)
    explorer.controls["bias"].value = float("nan")
    assert explorer.state.bias == explorer.controls["bias"].value == 0


def test_the_size_of_a_kernel_without_kin_grows_by_zeros_and_crops_around_the_middle():
    explorer = small(kernel="sharpen")
    explorer.controls["size"].value = 5
    assert np.array_equal(np.array(explorer.state.weights)[1:-1, 1:-1], whole_of("sharpen"))
    assert np.abs(explorer.state.weights).sum() == np.abs(whole_of("sharpen")).sum()
    assert (
        "<b>sharpen has no larger form: a border of zeros was added.</b>" in explorer.caption.value
    )
    explorer.controls["bias"].value = 1
    assert "border of zeros" not in explorer.caption.value
    explorer.controls["size"].value = 3
    assert np.array_equal(explorer.state.weights, whole_of("sharpen"))
    explorer.controls["weights"].value = np.eye(6)
    assert explorer.controls["size"].value == 6


@pytest.mark.parametrize("size", [3, 4, 5, 6, 7])
def test_a_mean_stays_a_mean_and_a_gaussian_a_gaussian_in_any_size(size):
    explorer = small(kernel="smooth")
    explorer.controls["size"].value = size
    assert np.array_equal(explorer.state.weights, np.ones((size, size)))
    assert explorer.state.divisor == size**2
    explorer = small(kernel="Gaussian 5x5")
    explorer.controls["size"].value = size
    rows = np.array([1.0])
    for _ in range(size - 1):
        rows = np.convolve(rows, [1, 1])
    assert np.array_equal(explorer.state.weights, np.outer(rows, rows))
    assert explorer.state.divisor == 4 ** (size - 1)
    assert "border of zeros" not in explorer.caption.value


def test_sum_to_1_says_why_it_cannot_where_the_sum_is_0():
    explorer = small(kernel="vertical gradient")
    explorer.normalise.click()
    assert explorer.state.divisor == 3
    assert "no divisor makes that 1: now the positive ones, 3 in all" in explorer.caption.value
    explorer.controls["stride"].value = 2
    assert "no divisor" not in explorer.caption.value
    explorer = small(kernel="sharpen")
    explorer.normalise.click()
    assert "no divisor" not in explorer.caption.value
    explorer = small(weights=np.zeros((3, 3)))
    explorer.normalise.click()
    assert "sum to 0, and no divisor makes that 1.<" in explorer.caption.value


def test_pictures_are_taken_as_every_imaging_library_gives_them(tmp_path):
    channels_first = np.arange(3 * 5 * 4.0).reshape(3, 5, 4)
    one, other = FilterLab(channels_first), FilterLab(channels_first.transpose(1, 2, 0))
    assert np.array_equal(one.state.subject.pixels, other.state.subject.pixels)
    large = tmp_path / "big.png"
    Image.fromarray(np.tile(np.arange(200, dtype=np.uint8), (1500, 5))).save(large)
    explorer = FilterLab(load(large))
    assert explorer.state.geometry.input_shape == (600, 400)
    assert "is scaled down to 600 × 400 pixels" in words(explorer)
    assert "scaled down" not in words(small())
    assert explorer.status.value == ""


def test_a_small_picture_keeps_its_place_when_the_kernel_grows():
    image = np.arange(24.0).reshape(4, 6) * 10
    explorer = FilterLab(image=image)
    explorer.controls["size"].value = 7
    fresh = FilterLab(image=image, weights=np.array(explorer.state.weights))
    fresh.set_controls(row=explorer.state.row, column=explorer.state.col)
    assert np.array_equal(explorer.scene.live(), fresh.scene.live())


def whole_of(name):
    return np.array(whole(KERNELS[name])[0])


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 6, 7])
@pytest.mark.parametrize("new", [3, 4, 5, 6, 7])
def test_the_weight_that_meets_the_pixel_stays_in_the_middle(size, new):
    weights = np.zeros((size, size))
    weights[(size - 1) // 2, (size - 1) // 2] = 1
    moved = np.array(resized(weights, new))
    assert moved.shape == (new, new)
    assert np.argwhere(moved).tolist() == [[(new - 1) // 2] * 2]


@pytest.mark.parametrize(
    ("weights", "divisor"),
    [([[1, 2], [3, 4]], 10), ([[1, -1]], 1), ([[-3, 0], [0, 1]], -2), ([[0]], 1)],
)
def test_normalise_divides_by_the_sum_or_by_what_is_above_zero(weights, divisor):
    explorer = small(weights=weights, divisor=77)
    explorer.normalise.click()
    assert explorer.state.divisor == divisor


def test_rotating_makes_correlation_the_true_convolution():
    explorer = small(kernel="emboss", row=3, column=3)
    explorer.rotate.click()
    y = conv2d(GREY, flip(KERNELS["emboss"].weights), padding=1)
    assert explorer.state.window.result == y[3, 3]
    explorer.rotate.click()
    assert explorer.controls["kernel"].value == "emboss"


def test_a_click_moves_the_sliders():
    explorer = small()
    scene, state = explorer.scene, explorer.state
    x, y = scene._origin(LEFT, (9, 7), scene.scale(state))
    click(explorer, x + 2.5 * scene.scale(state), y - 6.5 * scene.scale(state))
    assert (explorer.controls["row"].value, explorer.controls["column"].value) == (6, 2)
    assert "pixel (6, 2)" in words(explorer)
    click(explorer, 0, 0)
    assert (explorer.state.row, explorer.state.col) == (6, 2)


def click(explorer, x, y):
    for kind in ("mousedown", "mouseup"):
        point(explorer, kind, (x, y), buttons=1)


def test_valid_padding_is_offered_only_where_it_leaves_something():
    explorer = FilterLab(GREY[:4, :4], padding="valid")
    assert explorer.state.geometry.output_shape == (2, 2)
    explorer.controls["size"].value = 5
    assert "valid" not in offered(explorer, "padding")
    assert explorer.state.geometry.output_shape == (4, 4)
    explorer.controls["size"].value = 3
    assert "valid" in offered(explorer, "padding")


def test_a_pixel_that_the_stride_takes_away_is_followed():
    explorer = small(row=8, column=6)
    explorer.controls["stride"].value = 4
    assert (explorer.state.row, explorer.state.col) == (2, 1)


def pictures():
    """Files of every kind with the picture that must come of each, (rows, cols[, 3])."""
    alpha = np.dstack([COLOUR, np.full((9, 7), 255, np.uint8)])
    clear, on_white = alpha.copy(), COLOUR.copy()
    clear[:4, :, 3], on_white[:4] = 0, 255
    palette = Image.fromarray(COLOUR).quantize(64)
    inks = np.zeros((9, 7, 4), np.uint8)
    inks[..., 0] = 255  # cyan
    return {
        "grey": (file_of(GREY), GREY),
        "colour": (file_of(COLOUR), COLOUR),
        "one pixel": (file_of(GREY[:1, :1]), GREY[:1, :1]),
        "one row": (file_of(GREY[:1]), GREY[:1]),
        "16 bits": (file_of(GREY.astype(np.uint16) * 257), GREY),
        "opaque": (file_of(alpha), COLOUR),
        "transparent": (file_of(clear), on_white),
        "palette": (bytes_of(palette, "GIF"), np.asarray(palette.convert("RGB"))),
        "bitmap": (file_of(COLOUR, "BMP"), COLOUR),
        "cmyk": (
            bytes_of(Image.frombytes("CMYK", (7, 9), inks.tobytes()), "TIFF"),
            np.tile(np.uint8([0, 255, 255]), (9, 7, 1)),
        ),
    }


def bytes_of(image, kind):
    buffer = io.BytesIO()
    image.save(buffer, kind)
    return buffer.getvalue()


@pytest.mark.parametrize("kind", pictures())
def test_any_common_file_becomes_the_right_picture(kind):
    content, expected = pictures()[kind]
    explorer = FilterLab(kernel="identity", size=7)
    explorer.controls["upload"].value = uploaded(content, "beach.png")
    assert explorer.status.value == ""
    assert explorer.controls["picture"].value == "beach.png"
    assert "identity on beach.png" in words(explorer).replace("your own", "identity")
    colours = expected.ndim == 3
    if colours:
        explorer.controls["colour"].value = True
    shown = np.moveaxis(expected, -1, 0) if colours else expected[None]
    np.testing.assert_allclose(explorer.state.pixels, shown, atol=1)
    for padding in offered(explorer, "padding"):
        explorer.controls["padding"].value = padding
        np.testing.assert_array_equal(
            explorer.state.filtered.result[..., :1, :1].shape[-2:], (1, 1)
        )
    assert explorer.status.value == ""


def huge(width, height):
    """Return a PNG file of a few bytes that asks for an absurd size."""

    def chunk(kind, data):
        tail = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + tail

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = (
        chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )
    return b"\x89PNG\r\n\x1a\n" + body


REFUSED = {
    "text": (b"hello, this is no picture", "The file must be a picture (PNG, JPEG"),
    "nothing": (b"", "The file must be a picture (PNG, JPEG"),
    "truncated": (file_of(NOISE)[:900], "it is damaged, cut short"),
    "bomb": (huge(20_000, 20_000), "The file must have at most 50,000,000 pixels"),
    "large": (huge(9_000, 6_000), "50,000,000 pixels, got 74 bytes with 9,000 × 6,000"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_a_bad_file_is_refused_in_words_and_the_picture_stays(kind):
    content, reason = REFUSED[kind]
    explorer = FilterLab()
    before = explorer.picture.value
    tracemalloc.start()
    explorer.controls["upload"].value = uploaded(content, "<i>odd.png")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 60e6
    assert explorer.status.value == ""
    assert "&lt;i&gt;odd.png is not shown. The file " in explorer.caption.value
    assert reason in words(explorer)
    assert "The picture stays as it was." in words(explorer)
    assert explorer.picture.value == before
    explorer.controls["picture"].value = "test card"
    assert "is not shown" not in words(explorer)


def test_the_same_file_can_be_uploaded_again():
    explorer = FilterLab()
    for _ in range(2):
        explorer.controls["upload"].value = uploaded(file_of(GREY))
        assert explorer.controls["upload"].value == ()
        assert explorer.controls["picture"].value == "picture.png"
        explorer.controls["picture"].value = "photograph"


def test_an_upload_arrives_as_the_page_sends_it():
    explorer, content = FilterLab(), file_of(GREY)
    file = {"name": "dots.png", "type": "image/png", "size": len(content), "last_modified": 0}
    explorer.controls["upload"].set_state({"value": [{**file, "content": memoryview(content)}]})
    assert "dots.png" in words(explorer)
    assert np.array_equal(explorer.state.pixels[0], GREY)


def test_large_pictures_are_scaled_down():
    explorer = FilterLab()
    explorer.controls["upload"].value = uploaded(file_of(np.zeros((300, 1800), np.uint8)))
    assert explorer.state.pixels.shape == (1, LARGEST_SIDE // 6, LARGEST_SIDE)


def test_of_a_large_picture_the_middle_is_offered_in_full():
    pixels = np.random.default_rng(2).integers(0, 256, (700, 1001), np.uint8)
    lab = FilterLab()
    lab.controls["upload"].value = uploaded(file_of(pixels), "field.png")
    assert lab.controls["picture"].value == "field.png"
    assert lab.state.pixels.shape == (1, 420, 600)
    lab.controls["picture"].value = "field.png, the middle in full"
    assert np.array_equal(lab.state.pixels[0], pixels[50:650, 200:800])
    assert "field.png, the middle in full" in lab.caption.value


def test_the_middle_of_a_photograph_is_in_full_however_large_it_is():
    pixels = np.random.default_rng(2).integers(0, 256, (3000, 4000), np.uint8)
    lab = FilterLab()
    lab.controls["upload"].value = uploaded(file_of(pixels), "field.png")
    assert "is scaled down to 450 × 600 pixels" in words(lab)
    lab.controls["picture"].value = "field.png, the middle in full"
    assert np.array_equal(lab.state.pixels[0], pixels[1200:1800, 1700:2300])
    assert "was larger" not in words(lab)


def test_every_list_is_wide_enough_for_its_longest_option():
    lab = FilterLab(COLOUR, colour=True)
    lab.controls["upload"].value = uploaded(file_of(NOISE.repeat(20, axis=0)), "w" * 55 + ".png")
    lists = {n: c for n, c in lab.controls.items() if isinstance(c, widgets.Dropdown)}
    assert len(lists) == 6
    for name, control in lists.items():
        label = int(control.style.description_width.removesuffix("px"))
        assert int(control.layout.width.removesuffix("px")) - label >= needed_width(
            control.options
        ), name
    above = [lab.controls[n] for n in ("picture", "upload", "colour", "channel", "display")]
    assert sum(int(c.layout.width.removesuffix("px")) + 4 for c in above) <= lab.scene.width


@pytest.mark.parametrize("name", ["photograph", OWN_PICTURE])
def test_an_upload_never_takes_the_name_of_another_picture(name):
    other, lab = small(), FilterLab()
    lab.controls["upload"].value = uploaded(file_of(GREY[:5]), name)
    assert lab.controls["picture"].value == f"{name} (uploaded)"
    assert lab.state.geometry.input_shape == (5, 7)
    assert FilterLab().state.geometry.input_shape == (600, 512)
    assert other.state.geometry.input_shape == (9, 7)


def test_an_upload_reaches_every_lab_by_its_name():
    one, other = FilterLab(), FilterLab(np.zeros((9, 9)))
    one.controls["upload"].value = uploaded(file_of(GREY), "beach.png")
    assert offered(other, "picture") == [*PICTURES, OWN_PICTURE, "beach.png"]
    assert other.controls["picture"].value == OWN_PICTURE
    other.controls["picture"].value = "beach.png"
    assert np.array_equal(other.state.pixels, one.state.pixels)
    one.controls["upload"].value = uploaded(file_of(255 - GREY), "beach.png")
    assert np.array_equal(other.state.pixels[0], 255 - GREY)
    assert FilterLab(picture="beach.png").state.subject is one.state.subject
    assert other.status.value == one.status.value == ""


def test_the_shelf_keeps_the_last_few_and_a_closed_lab_is_left_alone():
    lab, closed = FilterLab(), FilterLab()
    closed.close()
    for number in range(MOST + 2):
        lab.controls["upload"].value = uploaded(file_of(GREY), f"{number}.png")
    assert offered(lab, "picture")[len(PICTURES) :] == [f"{n}.png" for n in range(2, MOST + 2)]
    assert lab.controls["picture"].value == f"{MOST + 1}.png"


def test_before_and_after_can_be_compared_by_turns_where_they_have_one_size():
    lab = FilterLab(kernel="smooth", picture="test card")
    left, right = (np.array(picture.get_array()) for picture in lab.scene._pictures)
    assert not np.array_equal(left, right)
    lab.controls["before"].value = True
    left, right = (np.array(picture.get_array()) for picture in lab.scene._pictures)
    assert np.array_equal(left, right)
    lab.controls["stride"].value = 2
    assert lab.controls["before"].disabled
    left, right = (np.array(picture.get_array()) for picture in lab.scene._pictures)
    assert left.shape != right.shape


def test_the_mouse_shows_the_pixel_under_it_until_a_click():
    lab = FilterLab(picture="test card")
    scene = lab.scene

    def point_at(row, col):
        x, y = scene._origin(LEFT, lab.state.geometry.input_shape, scene.scale(lab.state))
        return x + (col + 0.5) * scene.scale(lab.state), y - (row + 0.5) * scene.scale(lab.state)

    lab._point(*point_at(30, 40))
    assert (lab.state.row, lab.state.col) == (30, 40)
    lab._pick(*point_at(50, 60))
    lab._point(*point_at(70, 80))
    assert (lab.state.row, lab.state.col) == (50, 60)
    lab._pick(2, 2)  # beside both pictures, where there is nothing to stay with
    lab._point(*point_at(80, 90))
    assert (lab.state.row, lab.state.col) == (50, 60)
    lab._pick(*point_at(90, 100))
    lab._point(*point_at(110, 120))
    assert (lab.state.row, lab.state.col) == (110, 120)


@pytest.mark.parametrize(
    ("image", "message"),
    [
        (
            np.zeros((2, 3, 4)),
            r"`image` must be \(rows, cols\), .* or \(rows, cols, 3\), got shape \(2, 3, 4\)",
        ),
        (np.full((2, 2), 256.0), "`image` must have values from 0 to 255"),
        (np.full((2, 2), np.nan), "`image` must have values from 0 to 255"),
        (np.zeros(3), "`image` must have 2 or 3 axes"),
    ],
)
def test_an_array_that_is_no_picture_is_refused(image, message):
    with pytest.raises(ValueError, match=message):
        FilterLab(image)


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        (np.ones((8, 2)), r"`weights` must have from 1 to 7 rows and columns, got shape \(8, 2\)"),
        (np.ones(3), r"`weights` must have from 1 to 7 rows and columns, got shape \(3,\)"),
        ("kernel", "`weights` must be a table of numbers, got 'kernel'"),
        ([[1], [2, 3]], "`weights` must be a table of numbers"),
    ],
)
def test_weights_that_are_no_kernel_are_refused(weights, message):
    with pytest.raises(ValueError, match=message):
        FilterLab(weights=weights)


def test_the_page_never_hears_of_a_size_between_two_sizes(monkeypatch):
    """It would show all 49 fields for a moment, and lay them out."""
    editor, heard = KernelEditor(np.ones((3, 3))), []
    editor.value = np.ones((4, 4))
    monkeypatch.setattr(editor, "_send", lambda message, **_: heard.append(message["state"]))
    editor.value = np.ones((5, 5))
    assert [classes for state in heard for classes in state.get("_dom_classes", ["none"])] == [
        *("convlab-weights", "convlab-weights-5")
    ]


def test_the_editor_keeps_its_fields_and_names_each_of_them():
    editor = KernelEditor(np.ones((3, 3)))
    first, kinds = editor.fields, set()
    assert list(editor.children) == first
    for size in (4, 7, 3, 5):
        editor.value = np.arange(size**2).reshape(size, size)
        assert [field.value for field in editor.fields] == list(range(size**2))
        assert editor.fields[size].description == "weight, row 1, column 0"
        kinds.add(editor.children)
        shown = [f"convlab-weights-{size}"] if size < 7 else []
        assert [name for name in editor._dom_classes if "weights-" in name] == shown
    assert len(kinds) == 1, "the page made fields anew"
    assert [editor.children[7 * n + m] for n in range(3) for m in range(3)] == first
    assert as_rows([[1]]) == ((0, 0, 0), (0, 1, 0), (0, 0, 0))


def test_where_there_is_one_choice_there_is_nothing_to_choose():
    lab = FilterLab()
    assert lab.controls["channel"].disabled
    assert not lab.controls["colour"].disabled
    lab.controls["colour"].value = True
    assert not lab.controls["channel"].disabled
    lab.controls["picture"].value = "test card"
    assert lab.controls["colour"].disabled


def test_a_small_picture_keeps_its_place_before_when_the_kernel_grows():
    """Around it there is room for the windows that hang over its edge: more for a larger kernel."""
    lab = FilterLab(np.arange(24.0).reshape(4, 6) * 10)
    for size in (7, 3, 5):
        lab.controls["size"].value = size
        fresh = FilterScene()
        fresh.update(lab.state)
        assert lab.picture.value == fresh.live()


def test_a_divisor_of_nothing_is_never_drawn(monkeypatch):
    lab, drawn = small(), []
    update = lab.scene.update
    monkeypatch.setattr(lab.scene, "update", lambda state: drawn.append(state) or update(state))
    lab.controls["divisor"].value = 0
    assert [state.divisor for state in drawn] in ([], [1.0])
    assert lab.controls["divisor"].value == 1


@pytest.mark.parametrize("files", [[{"name": "a.png"}], [{"content": b""}], [{"name", "content"}]])
def test_what_only_looks_like_uploaded_files_is_refused(files):
    with pytest.raises((TypeError, ValueError), match="`upload` of FilterLab cannot be"):
        FilterLab(upload=files)
