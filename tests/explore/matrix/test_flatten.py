"""`Flatten`: its formula and its words, and what is refused."""

import re

import pytest

from convlab.explore import Flatten


def _text(part):
    return re.sub(r"<[^>]+>", " ", part.value)


def test_the_index_formula_is_true_at_every_step():
    for order, channels in (("rows", 1), ("rows", 2), ("columns", 1), ("columns", 2)):
        flat = Flatten(shape=(3, 4), channels=channels, order=order)
        for step in range(flat.controls["step"].max + 1):
            flat.controls["step"].value = step
            text = _text(flat.details)
            formula = re.search(r"= ([(\d ·+)]+) =\s+(\d+)", text)
            assert eval(formula[1].replace("·", "*")) == int(formula[2]) == flat.state.followed
            dividend, divisor, line, place = re.search(
                r"divmod\((\d+), (\d+)\)\s+= (\d+), (\d+)", text
            ).groups()
            assert divmod(int(dividend), int(divisor)) == (int(line), int(place))


@pytest.mark.parametrize(
    ("order", "channels", "formula", "back", "code"),
    [
        ("rows", 1, "row · columns + column", "row, column", "x.ravel()"),
        ("rows", 2, "(channel · rows + row) · columns + column", "row, column", "x.ravel()"),
        ("columns", 1, "column · rows + row", "column, row", "x.T.ravel()"),
        (
            "columns",
            2,
            "(channel · columns + column) · rows + row",
            "column, row",
            "x.swapaxes(1, 2).ravel()",
        ),
    ],
)
def test_the_formula_is_written_for_each_order(order, channels, formula, back, code):
    text = _text(Flatten(shape=(2, 3), channels=channels, order=order).details)
    assert f"index = {formula} =" in text
    assert f"{back} = divmod(" in text
    assert f" {code} " in text


def test_the_caption_says_which_cell_flies_and_which_has_landed():
    flat = Flatten(shape=(2, 3), channels=2, step=0)
    assert (
        "0 of 12 cells are in the column.  x 1  from channel 0, row 0, column 0  flies to index 0"
        in (_text(flat.caption))
    )
    flat.controls["step"].value = 10
    assert (
        "7 of 12 cells are in the column.  x 7  from channel 1, row 0, column 0  has landed at"
        in (_text(flat.caption))
    )


@pytest.mark.parametrize("channels", [3, 10**9])
def test_more_channels_than_there_is_room_for_are_refused(channels):
    with pytest.raises(ValueError, match=rf"`channels` .* from 1 to 2 here, got {channels}"):
        Flatten(channels=channels)
