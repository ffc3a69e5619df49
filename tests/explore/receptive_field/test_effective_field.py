"""The effective field under a hand: its numbers, and its bounds."""

import re

import pytest

from convlab import effective_receptive_field, receptive_field
from convlab.explore.receptive_field.effective_field import EffectiveField
from convlab.explore.receptive_field.effective_field_scene import LARGEST_SIZE


def text(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html)).strip()


@pytest.mark.parametrize("settings", [{}, {"kernel": 5, "layers": 6}, {"pools": 2, "layers": 7}])
def test_the_caption_tells_the_share_that_the_core_computes(settings):
    """The numbers in the caption, from the field itself."""
    explorer = EffectiveField(**settings)
    field = effective_receptive_field(explorer.state.layers, weights="uniform")
    words = text(explorer.caption.value)
    size = receptive_field(explorer.state.layers).size[0]
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
    explorer = EffectiveField(layers=20, pools=3)
    for kernel in range(2, 8):
        for dilation in range(1, 4):
            explorer.controls["kernel"].value = kernel
            explorer.controls["dilation"].value = dilation
            explorer.controls["pools"].value = 3
            explorer.controls["layers"].value = 20
            assert len(explorer.state.field) <= LARGEST_SIZE
            assert explorer.state.count > explorer.state.pools


def test_skipped_cells_are_counted():
    """Three layers with dilation 2: 169 cells seen, 49 read."""
    assert "13 × 13 cells, 120 of which they skip" in text(
        EffectiveField(layers=3, dilation=2).caption.value
    )
    assert "1 layer of 3 × 3 sees 5 × 5 cells, 16 of which it skips" in text(
        EffectiveField(layers=1, dilation=2).caption.value
    )


@pytest.mark.parametrize("name", ["kernel", "dilation", "layers", "percent", "pools"])
@pytest.mark.parametrize("value", [0, 1000])
def test_start_values_beyond_a_range_are_moved_into_it(name, value):
    """However large a value is asked for, the field stays small and the caption true."""
    explorer = EffectiveField(**{name: value})
    assert explorer.controls[name].min <= explorer.controls[name].value <= 100
    assert len(explorer.state.field) <= LARGEST_SIZE
