"""The order of tests: random, by pytest-randomly, but for the cells of a notebook.

Its seed stands in the first lines of a run; ``--randomly-seed=...`` repeats it, ``-p no:randomly``
keeps the order in which tests are written.
"""

from pathlib import Path

import pytest

BROWSER = Path(__file__).parent / "tests" / "browser"


def rank(item):
    """Return what an item is ordered by, those that are equal staying as they were shuffled.

    The cells of a notebook, each of which needs the last. Then what shares one browser, which
    would otherwise be started anew for each file.
    """
    if hasattr(item, "cell_num"):
        return 0, item.path, item.cell_num
    return (1,) if BROWSER in item.path.parents else (2,)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Order what must be in order."""
    items.sort(key=rank)
