"""What all tests share."""

from pathlib import Path

import pytest

try:
    from ipywidgets.widgets import widget as registry
except ImportError:  # the core is tested without it, too
    registry = None

BROWSER = Path(__file__).parent / "browser"


def pytest_collection_modifyitems(items):
    """Keep cells of a notebook together, and browser tests, where there are several processes."""
    for item in items:
        if item.path.suffix == ".ipynb":
            item.add_marker(pytest.mark.xdist_group(item.path.stem))
        elif BROWSER in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(autouse=True)
def no_widget_outlives_its_test():
    """Close what a test has left open: ipywidgets keeps every widget, and an explorer a figure."""
    if registry is None:
        yield
        return
    before = set(registry._instances)
    yield
    for name in set(registry._instances) - before:
        if one := registry._instances.get(name):
            one.close()
