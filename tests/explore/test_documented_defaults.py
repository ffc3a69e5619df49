"""What the docstrings of the kits and the explorers say of defaults is so."""

from tests.defaults import modules, stated_defaults

FOLDERS = ("convlab/draw", "convlab/widgets", "convlab/explore", "convlab/explore/*")


def test_defaults_are_those_that_are_stated():
    stated = [one for module in modules(*FOLDERS) for one in stated_defaults(module)]
    assert len(stated) > 40
    assert [one for one in stated if one[1] != one[2]] == []
