"""What all tests share."""

import pytest

try:
    from ipywidgets.widgets import widget as registry
except ImportError:  # the core is tested without it, too
    registry = None


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
