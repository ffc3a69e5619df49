"""One call makes all explorers of a notebook larger."""

import pytest

from convlab.explore import projector


def test_it_enlarges_every_explorer():
    assert projector(2).value == "<style>.convlab-explorer { zoom: 2; }</style>"


def test_it_takes_no_room():
    assert projector().layout.display == "none"


@pytest.mark.parametrize("size", [0, 0.4, 5, -1, float("nan")])
def test_an_absurd_size_is_named(size):
    with pytest.raises(ValueError, match=r"`size` must be from 0\.5 to 4, got "):
        projector(size)
