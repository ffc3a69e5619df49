"""What each test of the exercises begins with: a reader who has done nothing yet."""

import pytest

from convlab.exercises.marking import calling
from convlab.exercises.record import RECORD


@pytest.fixture(autouse=True)
def fresh_record():
    RECORD.clear()
    yield
    RECORD.clear()


@pytest.fixture
def impatient(monkeypatch):
    """Stop functions early; for tests that wait for it."""
    monkeypatch.setattr(calling, "SECONDS", 0.2)
