"""Every explorer can be imported from `convlab.explore`, and is loaded no sooner."""

import subprocess
import sys
from importlib import import_module
from pkgutil import walk_packages

import pytest

from convlab import explore
from convlab.widgets.explorer import Explorer


def test_every_explorer_that_there_is_has_a_home():
    names = {}
    for found in walk_packages(explore.__path__, f"{explore.__name__}."):
        module = import_module(found.name)
        for name, kind in vars(module).items():
            if (
                isinstance(kind, type)
                and issubclass(kind, Explorer)
                and kind.__module__ == module.__name__
                and not name.startswith("_")
            ):
                names[name] = found.name.removeprefix("convlab.explore.")
    assert names == explore.HOMES
    assert sorted(names) == explore.__all__


@pytest.mark.parametrize("name", [*explore.__all__, "drill"])
def test_it_is_found_by_its_name(name):
    found = getattr(explore, name)
    assert found.__name__ == name
    assert name in dir(explore)


def test_there_is_no_other():
    with pytest.raises(AttributeError, match=r"`convlab\.explore` has no explorer 'Sweeep'"):
        _ = explore.Sweeep
    with pytest.raises(ImportError, match="Sweeep"):
        exec("from convlab.explore import Sweeep")


def test_what_is_not_asked_for_is_not_loaded():
    code = (
        "import sys\nfrom convlab.explore import Sweep\n"
        "print(*(name for name in sys.modules if name.startswith('convlab.explore.')))"
    )
    command = [sys.executable, "-c", code]
    loaded = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    topics = {name.split(".")[2] for name in loaded.split()}
    assert "sweep" in topics
    assert topics.isdisjoint({"backprop", "matrix", "network", "receptive_field", "drilling"})
