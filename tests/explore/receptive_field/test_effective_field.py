"""The effective field under a hand: its numbers, and its bounds."""

import re

import pytest

from convlab import effective_receptive_field, receptive_field
from convlab.explore.receptive_field.effective_field import EffectiveField
from convlab.explore.receptive_field.effective_field_numbers import LARGEST_SIZE


def text(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html)).strip()


@pytest.mark.parametrize("settings", [{}, {"kernel": 5, "layers": 6}, {"pools": 2, "layers": 7}])
def test_the_caption_tells_the_share_that_the_core_computes(settings):
    """The numbers in the caption, from the field itself."""
    explorer = EffectiveField(**settings)
    field = effective_receptive_field(explorer.state.stack, weights="uniform")
    words = text(explorer.caption.value)
    size = receptive_field(explorer.state.stack).size[0]
    assert f"see {size} × {size} cells" in words
    inner, percent = re.search(r"middle (\d+) × \d+: (\d+) % of the square", words).groups()
    margin = (size - int(inner)) // 2
    assert field[margin : size - margin, margin : size - margin].sum() >= 0.9
    assert int(percent) == round(100 * int(inner) ** 2 / size**2)


def test_deeper_stacks_have_a_relatively_smaller_effective_field():
    """The share of the square that holds 90 % falls as layers are added."""
    shares = []
    for layers in (2, 5, 10, 20):
        state = EffectiveField(layers=layers).state
        shares.append(state.inner**2 / len(state.field) ** 2)
    assert shares == sorted(shares, reverse=True)
    assert shares[-1] < 0.15


def test_the_field_never_outgrows_what_can_be_computed_at_a_glance():
    """Layers and poolings yield to kernel and dilation."""
    explorer = EffectiveField()
    for kernel in range(2, 8):
        for dilation in range(1, 4):
            explorer.controls["kernel"].value = kernel
            explorer.controls["dilation"].value = dilation
            explorer.controls["pools"].value = 3
            explorer.controls["layers"].value = 20
            assert len(explorer.state.field) <= LARGEST_SIZE
            assert explorer.state.layers > explorer.state.pools


def test_skipped_cells_are_counted():
    """Three layers with dilation 2: 169 cells seen, 49 read."""
    assert "13 × 13 cells, 120 of which they skip" in text(
        EffectiveField(layers=3, dilation=2).caption.value
    )
    assert "1 layer of 3 × 3 sees 5 × 5 cells, 16 of which it skips" in text(
        EffectiveField(layers=1, dilation=2).caption.value
    )


@pytest.mark.parametrize("name", ["kernel", "dilation", "layers", "percent", "pools"])
@pytest.mark.parametrize("value", [-1, 1000])
def test_start_values_beyond_a_range_are_refused(name, value):
    """Each with its range."""
    with pytest.raises(ValueError, match=f"`{name}` .* must be from .* here, got {value}"):
        EffectiveField(**{name: value})


def test_layers_that_would_make_the_field_too_large_are_refused():
    """Kernels of 7: 1 + 6·13 = 79 cells on a side, and 85 with one layer more."""
    assert len(EffectiveField(kernel=7, layers=13).state.field) == 79
    with pytest.raises(ValueError, match=r"`layers` .* must be from 1 to 13 here, got 14"):
        EffectiveField(kernel=7, layers=14)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"layers": 1}, "1 layer of 3 × 3 sees 3 × 3 cells."),
        ({"layers": 2}, "2 layers of 3 × 3 see 5 × 5 cells."),
        ({"layers": 2, "pools": 1}, "2 layers of 3 × 3 with 1 pooling see 8 × 8 cells."),
        ({"layers": 3, "pools": 2}, "3 layers of 3 × 3 with 2 poolings see 18 × 18 cells."),
    ],
)
def test_one_and_several_are_told_apart(settings, words):
    """By hand: 3, then 1 + 2 + 2, with poolings 3 + 1 + 4 and 3 + 1 + 4 + 2 + 8."""
    assert words in text(EffectiveField(**settings).caption.value)
