"""The gallery has every explorer, once, in the order of the lessons."""

import pytest

from convlab import explore
from tools.gallery import gallery, lessons
from tools.handouts import speaking


def headings(notebook):
    cells = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    return [source.splitlines()[0] for source in cells]


def test_every_explorer_stands_below_its_name():
    every = [name for names in lessons().values() for name in names]
    assert sorted(every) == explore.__all__
    made = gallery()
    assert [line[4:] for line in headings(made) if line.startswith("### ")] == every
    code = [cell.source for cell in made.cells if cell.cell_type == "code"]
    assert code[0] == "from convlab.explore import Sweep\nSweep()"
    assert len(code) == len(every)


def test_some_are_chosen_by_name():
    chosen = headings(gallery(["Pooling", "Sweep"]))
    assert [line.count("#") for line in chosen] == [1, 2, 3, 2, 3]
    assert (chosen[2], chosen[4]) == ("### Sweep", "### Pooling")
    with pytest.raises(ValueError, match="there is no explorer 'Sweeep'; there are: Backprop"):
        gallery(["Sweeep"])


def test_titles_are_in_the_language_that_is_spoken():
    with speaking("zh"):
        made = gallery(["Pooling"])
    assert headings(made) == ["# convlab：看见卷积", "## 8 · 池化", "### Pooling"]
    assert made.cells[2].source == "### Pooling"  # what it is, is said in English only
