"""The order of tests: random, by pytest-randomly, but for cells, and where a page or hub is shared.

Where several processes run them, each takes whole files, and the first those of the browser.

Its seed stands in the first lines of a run; ``--randomly-seed=...`` repeats it, ``-p no:randomly``
keeps the order in which tests are written.
"""

from itertools import count
from pathlib import Path

import pytest

TESTS = Path(__file__).parent / "tests"
SHARED = TESTS / "browser", TESTS / "deploy"
"""Folders whose tests share what each leaves as it is: an open lesson, a hub that was killed."""
BROWSER = "tests/browser/"
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


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Let one process of ``--dist loadfile`` have the browser to itself as long as it can.

    Its files then follow each other and share one server and one Chromium, which are never started
    twice, nor slowed down by others: the rest of the processes begins with what needs none.
    """
    if config.getvalue("dist") != "loadfile":
        return None
    from xdist.scheduler import LoadFileScheduling

    class OneBrowser(LoadFileScheduling):
        def _assign_work_unit(self, node):
            is_first = node is self.nodes[0]
            files = (file for file in self.workqueue if file.startswith(BROWSER) == is_first)
            if file := next(files, None):
                self.workqueue.move_to_end(file, last=False)
            super()._assign_work_unit(node)

    return OneBrowser(config, log)
