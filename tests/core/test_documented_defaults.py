"""What the core's docstrings say of defaults is so."""

from tests.defaults import modules, stated_defaults


def test_defaults_are_those_that_are_stated():
    stated = [one for module in modules("convlab") for one in stated_defaults(module)]
    assert len(stated) > 60
    assert [one for one in stated if one[1] != one[2]] == []
