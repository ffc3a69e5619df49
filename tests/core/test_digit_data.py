"""The digits are those of the source, every one, and the split is fixed."""

import hashlib
from importlib.resources import files

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from convlab.digit_data import digits, split_digits

FILE = "24ce533ed1b8fbc910f64f3d6a3a571411f6b536ac884c6d9866fa93e5ce8933"
VALUES = "87ff0c9e40dc7e2c0e34e7257799c2e3f3aec1a016363bb11cad869ec428a826"
PER_CLASS = [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]  # as the source counts them


def test_the_file_is_the_one_that_was_checked():
    content = files("convlab").joinpath("data/digits.npz").read_bytes()
    assert hashlib.sha256(content).hexdigest() == FILE
    assert len(content) < 50_000


def test_every_value_is_the_sources():
    pictures, labels = digits()
    raw = (pictures * 16).astype(np.uint8).tobytes() + labels.astype(np.uint8).tobytes()
    assert hashlib.sha256(raw).hexdigest() == VALUES
    assert np.bincount(labels).tolist() == PER_CLASS


def test_source_and_licence_are_told():
    text = files("convlab").joinpath("data/README.md").read_text("utf-8")
    assert "10.24432/C50P49" in text
    assert "CC BY 4.0" in text
    assert "E. Alpaydin and C. Kaynak" in text.replace("\n  ", " ")


def test_pictures_go_from_0_to_1_and_are_fresh_each_time():
    pictures, labels = digits()
    assert pictures.shape == (1797, 8, 8)
    assert pictures.dtype == np.float64
    assert labels.dtype == np.intp
    assert (pictures.min(), pictures.max()) == (0, 1)
    pictures[:] = labels[:] = 7
    assert digits().pictures.max() == 1


def test_the_split_parts_all_digits_and_repeats_itself():
    train, held_out = split_digits()
    assert len(held_out.labels) == 360
    both = np.concatenate([train.pictures, held_out.pictures])
    everything = digits().pictures
    assert_array_equal(
        np.sort(both.reshape(-1, 64), axis=0), np.sort(everything.reshape(-1, 64), axis=0)
    )
    assert_array_equal(split_digits().held_out.labels, held_out.labels)
    assert (split_digits(seed=1).held_out.labels != held_out.labels).any()
    assert np.bincount(held_out.labels).min() >= 20


def test_each_picture_keeps_its_label():
    pictures, labels = digits()
    known = {picture.tobytes(): label for picture, label in zip(pictures, labels, strict=True)}
    for part in split_digits(seed=5):
        for picture, label in zip(part.pictures, part.labels, strict=True):
            assert known[picture.tobytes()] == label


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"held_out": 0}, ValueError, "`held_out` must be at least 1, got 0"),
        ({"held_out": 1797}, ValueError, "`held_out` must leave digits .* of 1797, got 1797"),
        ({"held_out": 0.2}, TypeError, "`held_out` must be an int, got 0.2"),
        ({"seed": -1}, ValueError, "`seed` must be at least 0, got -1"),
    ],
)
def test_a_bad_argument_is_named(arguments, error, message):
    with pytest.raises(error, match=message):
        split_digits(**arguments)
