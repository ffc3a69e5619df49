"""The order of tests: random, by pytest-randomly, but for cells, and where a page or hub is shared.

Its seed stands in the first lines of a run; ``--randomly-seed=...`` repeats it, ``-p no:randomly``
keeps the order in which tests are written.
"""

from itertools import count
from pathlib import Path

import pytest

TESTS = Path(__file__).parent / "tests"
SHARED = TESTS / "browser", TESTS / "deploy"
"""Folders whose tests share what each leaves as it is: an open lesson, a hub that was killed."""
WRITTEN = pytest.StashKey[int]()
numbers = count()


def pytest_itemcollected(item):
    """Remember in which order tests are written."""
    item.stash[WRITTEN] = next(numbers)


def rank(item):
    """Return what an item is ordered by, those that are equal staying as they were shuffled.

    The cells of a notebook, each of which needs the last. Then what shares one browser, or one hub,
    which would otherwise be started anew for each file.
    """
    if hasattr(item, "cell_num"):
        return 0, item.path, item.cell_num
    if any(folder in item.path.parents for folder in SHARED):
        lesson = item.callspec.params.get("lesson", "") if hasattr(item, "callspec") else ""
        return 1, item.path, str(lesson), item.stash[WRITTEN]
    return (2,)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Order what must be in order."""
    items.sort(key=rank)
