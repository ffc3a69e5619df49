"""What all tests of explorers share."""

import pytest

from convlab.explore.network import training_run


@pytest.fixture(autouse=True)
def short_training(monkeypatch):
    """Let trainings have few steps: a test goes through many of them, and there is one path."""
    monkeypatch.setattr(training_run, "LAST", 24)
    monkeypatch.setattr(training_run, "START", 12)
