"""Pictures: what ships, what is drawn, what is read from any file, and what is shown."""

import struct
import subprocess
import sys
import warnings
import zlib
from io import BytesIO, StringIO

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose, assert_array_equal
from PIL import Image, ImageFile

from convlab.convolution import conv2d
from convlab.images import (
    DISPLAY_MODES,
    MAX_PIXELS,
    checkerboard,
    load,
    photo,
    shapes,
    to_display,
    to_gray,
)
from convlab.kernels import KERNELS
from convlab.picture_files import shrunk

RNG = np.random.default_rng(0)
COLOR = RNG.integers(0, 256, (5, 7, 3)).astype(np.uint8)  # rows, cols, channels, as Pillow wants it
GREY = RNG.integers(0, 256, (5, 7)).astype(np.uint8)
SMOOTH = np.add.outer(np.arange(48) * 3, np.arange(64) * 1.5).astype(np.uint8)


def encoded(array, kind="PNG", mode=None, **options):
    """Return the bytes of a picture file."""
    image = Image.fromarray(array) if isinstance(array, np.ndarray) else array
    stream = BytesIO()
    (image.convert(mode) if mode else image).save(stream, kind, **options)
    return stream.getvalue()


def first(channels_last):
    """Channel last to channel first."""
    return np.moveaxis(channels_last, -1, 0)


def loaded_by(code):
    """Which of the heavy packages a fresh Python has imported after `code`."""
    check = "import sys; print([m for m in ('PIL', 'matplotlib') if m in sys.modules])"
    command = [sys.executable, "-c", f"{code}; {check}"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_neither_pillow_nor_matplotlib_is_imported_before_a_picture_is_asked_for():
    assert loaded_by("import convlab, convlab.images, convlab.kernels, convlab.pooling") == "[]"
    assert loaded_by("from convlab.images import *; shapes(), checkerboard()") == "[]"
    assert loaded_by("from convlab.images import *; photo()") == "['PIL', 'matplotlib']"


# ---------------------------------------------------------------- what ships, and what is drawn


def test_the_photograph_is_the_one_in_matplotlib():
    from matplotlib.cbook import get_sample_data

    with Image.open(get_sample_data("grace_hopper.jpg", asfileobj=False)) as image:
        color, grey = np.asarray(image), np.asarray(image.convert("L"))
    assert_array_equal(photo(color=True), first(color))
    assert np.abs(photo() - grey).max() <= 1  # Pillow rounds
    assert photo().dtype == np.float64


def test_the_photograph_can_be_had_smaller():
    assert photo(max_side=150).shape == (150, 128)
    small, blocks = photo(max_side=150), photo().reshape(150, 4, 128, 4).mean((1, 3))
    assert np.abs(small - blocks).mean() < 4


@pytest.mark.parametrize("size", [64, 65, 100, 256, 333])
def test_the_test_card_is_the_same_each_time_and_uses_the_whole_range(size):
    card = shapes(size)
    assert card.shape == (size, size)
    assert card.dtype == np.float64
    assert (card.min(), card.max()) == (0, 255)
    assert_array_equal(card, shapes(size))
    card[:] = 0
    assert shapes(size).any()


@pytest.mark.parametrize(
    ("size", "total", "places"),
    [(64, 500026, 1636436), (97, 1155016, 3638784.5), (256, 8049136, 25560675)],
)
def test_the_test_card_stays_as_it_is(size, total, places):
    """Its sum, and one that knows where each value stands: exercises count on its pixels."""
    card = shapes(size)
    where = np.arange(card.size).reshape(card.shape)
    assert card.sum() == pytest.approx(total)
    assert (card * where % 1009).sum() == pytest.approx(places, abs=1)


def test_the_test_card_has_edges_in_all_directions():
    soft = KERNELS["Gaussian 5x5"].weights  # steps of whole pixels have few directions
    card = conv2d(conv2d(shapes()[:120], soft), soft)  # the disc and the star
    gy = conv2d(card, KERNELS["Sobel horizontal"].weights)
    gx = conv2d(card, KERNELS["Sobel vertical"].weights)
    strong = np.hypot(gx, gy) > 100
    counts, _ = np.histogram(np.arctan2(gy[strong], gx[strong]), bins=24, range=(-np.pi, np.pi))
    assert counts.min() > 100


def test_the_test_card_has_text_fine_lines_a_ramp_and_noise():
    card = shapes()
    text = card[122:150]
    assert set(np.unique(text)) == {0, 255}
    assert np.abs(np.diff(text[14])).sum() / 255 >= 14  # across seven letters
    assert (np.abs(np.diff(card[180, 92:109])) == 255).all()  # lines one pixel wide
    assert (np.diff(card[-1]) > 0).all()
    noise = card[165:210, 175:240]
    assert abs(np.corrcoef(noise[:, :-1].ravel(), noise[:, 1:].ravel())[0, 1]) < 0.1
    assert noise.std() > 60


def test_the_checkerboard_alternates_from_black_and_cuts_what_does_not_fit():
    board = checkerboard(5, cell=2)
    assert_array_equal(board[0], [0, 0, 255, 255, 0])
    assert_array_equal(board, board.T)
    assert_array_equal(board[2:4], 255 - board[:2])
    assert checkerboard().shape == (256, 256)
    assert checkerboard().mean() == 127.5


# ------------------------------------------------------------------------- reading a picture file


@pytest.mark.parametrize("kind", ["PNG", "BMP", "TIFF", "PPM", "WEBP"])
def test_a_file_without_loss_comes_back_exactly(kind):
    options = {"lossless": True} if kind == "WEBP" else {}
    assert_array_equal(load(encoded(COLOR, kind, **options)), first(COLOR))
    assert_array_equal(load(encoded(GREY, kind, **options)), GREY)
    assert load(encoded(GREY, kind, **options)).dtype == np.float64


def test_a_jpeg_comes_back_nearly():
    assert_allclose(load(encoded(SMOOTH, "JPEG", quality=95)), SMOOTH, atol=4)


def test_every_kind_of_source_gives_the_same_picture(tmp_path):
    data = encoded(COLOR)
    path = tmp_path / "bild ü.png"
    path.write_bytes(data)
    with path.open("rb") as stream:
        for source in (path, str(path), data, bytearray(data), memoryview(data), BytesIO(data)):
            assert_array_equal(load(source), first(COLOR))
        assert_array_equal(load(stream), first(COLOR))
        assert not stream.closed


@pytest.mark.parametrize("value", [0, 128, 255])
def test_a_colour_file_that_holds_only_greys_is_grey(value):
    assert load(encoded(np.full((2, 3, 3), value, np.uint8))).shape == (2, 3)
    assert load(encoded(np.full((2, 3), value, np.uint8), "WEBP")).shape == (2, 3)


@pytest.mark.parametrize("pixel", [(200, 100, 0), (90, 90, 90)])
def test_one_pixel_is_a_picture(pixel):
    expected = [[[v]] for v in pixel] if len(set(pixel)) > 1 else [[90]]
    assert_array_equal(load(encoded(np.array([[pixel]], np.uint8))), expected)


def test_sixteen_bits_are_scaled_not_clipped():
    deep = np.array([[0, 257, 1000, 65535]], np.uint16)
    by_hand = b"P5 4 1 65535\n" + deep.astype(">u2").tobytes()
    for data in (encoded(deep, "PNG"), encoded(deep, "TIFF"), by_hand):
        assert_allclose(load(data), deep / 257, rtol=1e-6)
    assert_allclose(load(encoded(deep.astype(np.int32), "TIFF")), deep / 257, rtol=1e-6)


def test_a_palette_gives_its_colours():
    palette = Image.fromarray(COLOR[:2, :3]).quantize(6)
    expected = first(np.asarray(palette.convert("RGB")))
    for kind in ("PNG", "GIF", "BMP", "TIFF"):
        assert_array_equal(load(encoded(palette, kind)), expected)


def test_one_bit_is_black_and_white():
    bits = np.array([[True, False, True]])
    for kind in ("PNG", "BMP", "TIFF", "PPM"):
        assert_array_equal(load(encoded(bits, kind)), [[255, 0, 255]])


def test_transparency_is_laid_on_white():
    rgba = np.array([[[200, 0, 100, 255], [200, 0, 100, 0], [200, 0, 100, 51]]], np.uint8)
    expected = [[[200, 255, 244]], [[0, 255, 204]], [[100, 255, 224]]]
    for kind in ("PNG", "TIFF"):
        assert_allclose(load(encoded(rgba, kind)), expected, atol=1e-9)
    grey = np.array([[[100, 255], [100, 0], [100, 51]]], np.uint8)
    assert_allclose(load(encoded(grey)), [[100, 255, 224]], atol=1e-9)


def test_a_transparent_colour_of_a_palette_or_of_a_grey_file_is_laid_on_white():
    palette = Image.new("P", (2, 1))
    palette.putpalette([10, 20, 30, 200, 0, 0])
    palette.putdata([0, 1])
    for kind in ("PNG", "GIF"):
        data = encoded(palette, kind, transparency=1)
        assert_array_equal(load(data), [[[10, 255]], [[20, 255]], [[30, 255]]])
    data = encoded(np.array([[7, 90]], np.uint8), transparency=90)
    assert_array_equal(load(data), [[7, 255]])


def test_a_transparent_picture_scaled_down_does_not_take_colour_from_what_cannot_be_seen():
    rgba = np.zeros((4, 4, 4), np.uint8)
    rgba[:, ::2] = (255, 0, 0, 255)  # red, between columns of invisible black
    small = load(encoded(rgba), max_side=2)
    assert_array_equal(small[0], 255)


def test_cmyk_becomes_red_green_and_blue():
    inks = np.array([[[255, 0, 0, 0], [0, 255, 0, 0], [0, 0, 255, 0], [0, 0, 0, 255]]], np.uint8)
    inks = inks.repeat(16, 0).repeat(16, 1)
    expected = np.array([[0, 255, 255], [255, 0, 255], [255, 255, 0], [0, 0, 0]]).T
    image = Image.frombytes("CMYK", (64, 16), inks.tobytes())
    for kind in ("TIFF", "JPEG"):
        assert_allclose(load(encoded(image, kind))[:, 8, 8::16], expected, atol=6)


ORIENTATIONS = {  # EXIF 2.3, tag 0x0112: what to do to the stored rows to see them upright
    1: lambda x: x,
    2: lambda x: x[:, ::-1],
    3: lambda x: x[::-1, ::-1],
    4: lambda x: x[::-1],
    5: lambda x: x.T,
    6: lambda x: np.rot90(x, -1),
    7: lambda x: x[::-1, ::-1].T,
    8: lambda x: np.rot90(x),
}


@pytest.mark.parametrize("orientation", ORIENTATIONS)
@pytest.mark.parametrize("kind", ["PNG", "TIFF", "JPEG"])
def test_a_photograph_held_sideways_is_turned_upright(kind, orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = encoded(SMOOTH, kind, exif=exif)
    assert_allclose(load(data), ORIENTATIONS[orientation](SMOOTH.astype(float)), atol=6)


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_the_middle_is_cut_out_of_the_picture_as_it_is_seen(kind):
    exif = Image.Exif()
    exif[0x0112] = 6
    upright = np.rot90(SMOOTH, -1).astype(float)
    rows, cols = upright.shape
    side = min(rows, cols) - 3
    top, left = (rows - side) // 2, (cols - side) // 2
    got = load(encoded(SMOOTH, kind, exif=exif), max_side=side, middle=True)
    assert_allclose(got, upright[top : top + side, left : left + side], atol=6)
    assert_allclose(load(encoded(SMOOTH, kind), middle=True), SMOOTH, atol=6)


def test_the_middle_of_a_large_jpeg_is_not_a_reduced_one():
    """Pillow can decode a JPEG at an eighth of its size, which is right only for scaling down."""
    rows, cols = np.mgrid[:900, :1200]
    pixels = ((rows // 3 + cols // 5) % 2 * 200 + 20).astype(np.uint8)
    got = load(encoded(pixels, "JPEG", quality=100), max_side=60, middle=True)
    assert_allclose(got, pixels[420:480, 570:630], atol=6)


def test_sixteen_bits_can_be_turned_and_scaled():
    exif = Image.Exif()
    exif[0x0112] = 6
    deep = SMOOTH.astype(np.uint16) * 257
    expected = np.rot90(SMOOTH.astype(float), -1)
    assert_allclose(load(encoded(deep, exif=exif)), expected)
    blocks = expected.reshape(32, 2, 24, 2).mean((1, 3))
    small = load(encoded(deep, exif=exif), max_side=32)
    assert_allclose(small[1:-1, 1:-1], blocks[1:-1, 1:-1], atol=2)


def test_of_an_animation_the_first_frame_is_taken():
    frames = [Image.new("RGB", (4, 3), color) for color in ("red", "lime", "blue")]
    for kind in ("GIF", "WEBP"):
        data = encoded(frames[0], kind, save_all=True, append_images=frames[1:])
        assert_allclose(load(data)[:, 1, 1], (255, 0, 0), atol=3)


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
@pytest.mark.parametrize(
    ("shape", "expected"),
    [((40, 30), (40, 30)), ((80, 60), (40, 30)), ((400, 2), (40, 1)), ((3, 500), (1, 40))],
)
def test_a_big_picture_is_scaled_down_in_proportion_and_a_small_one_is_left(kind, shape, expected):
    assert load(encoded(np.zeros(shape, np.uint8), kind), max_side=40).shape == expected


def test_scaling_down_averages_and_keeps_to_the_range():
    board = checkerboard(512, cell=1).astype(np.uint8)
    small = load(encoded(board), max_side=64)
    assert_allclose(small, 127.5, atol=2)
    edges = checkerboard(512, cell=64)
    for data in (encoded(edges.astype(np.uint8)), encoded((edges * 257).astype(np.uint16))):
        scaled = load(data, max_side=100)
        assert (scaled.min(), scaled.max()) == (0, 255)


def test_a_big_jpeg_is_decoded_small():
    sizes = []
    original = ImageFile.ImageFile.load

    def spy(image):
        sizes.append(image.size)
        return original(image)

    data = encoded(np.zeros((1600, 2400, 3), np.uint8), "JPEG")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ImageFile.ImageFile, "load", spy)
        assert load(data, max_side=100).shape == (67, 100)
    assert max(sizes) <= (300, 200)


# ---------------------------------------------------------------------- files that are no pictures


def png_header(width, height):
    """Return a PNG file of one bit per pixel that claims any size, in 69 bytes."""

    def chunk(kind, data):
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize(
    ("side", "message"),
    [(20_000, "far more"), (10_000, "10,000 × 10,000"), (7_072, "7,072 × 7,072")],
)
def test_a_picture_of_absurd_size_is_refused_before_it_is_decoded(side, message, monkeypatch):
    def explode(*_):
        raise AssertionError("decoded")

    monkeypatch.setattr(ImageFile.ImageFile, "load", explode)
    rule = rf"`source` must have at most {MAX_PIXELS:,} pixels, got 69 bytes with {message}"
    with pytest.raises(ValueError, match=rule):
        load(png_header(side, side))
    with pytest.raises(ValueError, match="decoded"):
        load(png_header(7_071, 7_071))


@pytest.mark.parametrize(
    "data", [b"", b"Dear all,\nthis is no picture.", b"%!PS-Adobe-3.0", b"\x89"]
)
def test_a_file_of_another_kind_is_refused(data):
    message = rf"`source` must be a picture \(PNG, JPEG, .*\), got {len(data)} bytes"
    with pytest.raises(ValueError, match=message):
        load(data)


@pytest.mark.parametrize("kind", ["EPS", "PCX", "ICO", "PDF"])
def test_kinds_that_pillow_knows_and_we_do_not_list_are_refused(kind):
    with pytest.raises(ValueError, match="`source` must be a picture"):
        load(encoded(COLOR, kind))


def test_the_message_names_the_file_and_not_the_folder(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("Dear all")
    with pytest.raises(ValueError, match=r"`source` must be a picture \(.*\), got 'notes.txt'$"):
        load(path)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP", "PPM"])
@pytest.mark.parametrize("share", [0.02, 0.5, 0.9])
def test_a_file_cut_short_is_refused(kind, share):
    data = encoded(np.asarray(COLOR).repeat(9, 0).repeat(9, 1), kind)
    with pytest.raises(
        ValueError, match=r"`source` (cannot be read: it is damaged|must be a pict)"
    ):
        load(data[: int(share * len(data))])


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP", "PPM"])
def test_a_damaged_file_gives_a_picture_or_a_value_error_and_nothing_else(kind):
    good = encoded(np.asarray(COLOR).repeat(5, 0).repeat(5, 1), kind)
    rng = np.random.default_rng(1)
    for _ in range(60):
        data = np.frombuffer(good, np.uint8).copy()
        places = rng.integers(0, len(data), 6)
        data[places] = rng.integers(0, 256, 6)
        try:
            assert load(data.tobytes(), max_side=64).size
        except ValueError as error:
            assert "`source` " in str(error)


def test_numbers_that_are_no_pixels_are_refused():
    with pytest.raises(ValueError, match=r"`source` cannot be read.*the pixels are fractions"):
        load(encoded(np.ones((2, 2), np.float32), "TIFF"))
    for value in (70_000, -1):
        with pytest.raises(ValueError, match="the pixels do not fit into 16 bits; save it"):
            load(encoded(np.full((2, 2), value, np.int32), "TIFF"))


def test_a_path_that_does_not_exist_or_is_a_folder_is_named(tmp_path):
    for path in (tmp_path / "missing.png", tmp_path):
        with pytest.raises(FileNotFoundError, match=f"there is none at .*{path.name}"):
            load(path)


@pytest.mark.parametrize("source", [None, 3, StringIO("text"), np.zeros((2, 2))])
def test_a_source_of_another_type_is_named(source):
    message = "`source` must be a path, bytes or a binary file, got <class"
    with pytest.raises(TypeError, match=message):
        load(source)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: load(b"", max_side=0), ValueError, "`max_side` must be at least 1, got 0"),
        (lambda: photo(max_side=2.5), TypeError, "`max_side` must be an int, got 2.5"),
        (lambda: shapes(63), ValueError, "`size` must be at least 64, got 63"),
        (lambda: checkerboard(0), ValueError, "`size` must be at least 1, got 0"),
        (lambda: checkerboard(8, cell=0), ValueError, "`cell` must be at least 1, got 0"),
        (lambda: to_gray(np.ones((4, 2, 2))), ValueError, r"`image` must have 3 channels.*4, 2, 2"),
        (lambda: to_gray(np.ones(4)), ValueError, r"`image` must have 2 or 3 axes, got shape \(4,"),
        (lambda: to_display([["a"]]), TypeError, "`image` must hold real numbers"),
        (lambda: to_display([[]]), ValueError, "`image` must not be empty"),
        (
            lambda: to_display([[1]], "clamp"),
            ValueError,
            "`mode` must be one of clip, rescale, absolute, wrap, got 'clamp'",
        ),
    ],
)
def test_a_bad_argument_is_named(call, error, message):
    with pytest.raises(error, match=message):
        call()


# --------------------------------------------------------------------------------- grey and 8 bits


def test_grey_weighs_the_channels_as_rec_601_and_pillow_do():
    red, green, blue = (load(encoded(Image.new("RGB", (1, 1), c))) for c in ("red", "lime", "blue"))
    assert_allclose([to_gray(c)[0, 0] / 255 for c in (red, green, blue)], [0.299, 0.587, 0.114])
    theirs = np.asarray(Image.fromarray(COLOR).convert("L"))
    assert_allclose(to_gray(first(COLOR)), theirs, atol=1)


def test_grey_stays_grey_as_a_copy_and_keeps_its_dtype():
    grey = GREY.astype(np.float32)
    result = to_gray(grey)
    assert_array_equal(result, grey)
    result += 1
    assert_array_equal(grey, GREY)
    assert to_gray(np.ones((3, 2, 2), np.float32)).dtype == np.float32
    assert to_gray(first(COLOR)).dtype == np.float64


def test_clip_and_absolute_stop_at_the_ends_and_round():
    values = [[-300, -10.6, -0.4, 0.4, 10.6, 254.6, 300]]
    assert_array_equal(to_display(values), [[0, 0, 0, 0, 11, 255, 255]])
    assert_array_equal(to_display(values, "absolute"), [[255, 11, 0, 0, 11, 255, 255]])


def test_rescale_stretches_over_all_channels_together():
    picture = np.array([[[-100.0, 0.0]], [[100.0, 50.0]]])
    assert_array_equal(to_display(picture, "rescale"), [[[0, 128]], [[255, 191]]])
    assert_array_equal(to_display([[1000, 1001]], "rescale"), [[0, 255]])


@pytest.mark.parametrize("mode", ["clip", "rescale", "absolute", "wrap"])
def test_short_floats_are_shown_as_exactly_as_long_ones(mode):
    picture = np.arange(-2000, 2000, 7).reshape(4, -1)[:, :140].astype(np.float16)
    assert_array_equal(to_display(picture, mode), to_display(picture.astype(np.float64), mode))


def test_a_picture_is_scaled_down_to_1024_unless_told_otherwise():
    assert load(encoded(np.zeros((1024, 3), np.uint8))).shape == (1024, 3)
    assert load(encoded(np.zeros((1100, 550), np.uint8))).shape == (1024, 512)


def test_the_pixel_limit_itself_is_allowed(monkeypatch):
    assert MAX_PIXELS == 50_000_000
    data = encoded(np.zeros((5, 7), np.uint8))
    monkeypatch.setattr("convlab.picture_files.MAX_PIXELS", 35)
    assert load(data).shape == (5, 7)
    monkeypatch.setattr("convlab.picture_files.MAX_PIXELS", 34)
    with pytest.raises(ValueError, match=r"`source` must have at most 34 pixels, .* with 7 × 5"):
        load(data)


@pytest.mark.parametrize(("value", "shown"), [(-5, 0), (0, 0), (100, 100), (300, 255)])
def test_rescale_of_a_flat_picture_clips(value, shown):
    assert_array_equal(to_display(np.full((2, 2), value), "rescale"), np.full((2, 2), shown))


def test_wrap_starts_again_at_the_other_end_and_cuts_fractions_towards_zero():
    values = [[-257, -256, -1, -0.9, 0.9, 255.9, 256, 300.7, 1000]]
    assert_array_equal(to_display(values, "wrap"), [[255, 0, 255, 0, 0, 255, 0, 44, 232]])


@given(hnp.arrays(np.float64, (3, 4), elements=st.floats(-(2.0**53), 2.0**53)))
def test_wrap_equals_a_cast_through_whole_numbers(values):
    through_integers = values.astype(np.int64).astype(np.uint8)  # both steps are well defined
    assert_array_equal(to_display(values, "wrap"), through_integers)


@given(
    hnp.arrays(np.float64, st.sampled_from([(2, 3), (3, 2, 2)]), elements=st.floats(width=32)),
    st.sampled_from(DISPLAY_MODES),
)
def test_any_numbers_at_all_can_be_shown(values, mode):
    before = values.copy()
    shown = to_display(values, mode)
    assert shown.dtype == np.uint8
    assert shown.shape == values.shape
    assert (shown[np.isnan(values)] == 0).all()
    assert_array_equal(values, before)


@pytest.mark.parametrize("kind", [np.float16, np.float32])
@pytest.mark.parametrize("mode", DISPLAY_MODES)
def test_fewer_digits_show_the_same(mode, kind):
    values = np.random.default_rng(0).uniform(-60000, 60000, (40, 40)).astype(kind)
    values[:20] /= 200
    assert_array_equal(to_display(values, mode), to_display(values.astype(float), mode))


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ("clip", [0, 0, 255, 0, 200]),
        ("absolute", [0, 255, 255, 50, 200]),
        ("rescale", [0, 0, 255, 0, 255]),
        ("wrap", [0, 0, 0, 206, 200]),
    ],
)
def test_nan_is_black_and_infinity_is_beyond_every_number(mode, expected):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        shown = to_display([[np.nan, -np.inf, np.inf, -50, 200]], mode)
    assert_array_equal(shown, [expected])
    assert_array_equal(to_display([[np.nan, np.inf]], "rescale"), [[0, 255]])


@pytest.mark.parametrize("mode", DISPLAY_MODES)
def test_what_is_in_range_already_is_shown_as_it_is(mode):
    picture = np.arange(256).reshape(16, 16)
    assert_array_equal(to_display(picture, mode), picture)
    assert_array_equal(to_display(picture.astype(np.uint8), mode), picture)


def test_a_picture_that_is_small_enough_keeps_every_digit():
    pixels = np.arange(40.0).reshape(5, 8) / 3
    kept = shrunk(pixels, 8)
    assert kept is not pixels
    assert_array_equal(kept, pixels)
    assert shrunk(pixels, 7).shape == (4, 7)
