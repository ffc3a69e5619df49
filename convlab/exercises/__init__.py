"""Checks for the readers' answers: every lesson ends with questions that this module can mark.

>>> check("1.1 output size", ...)
○ Not answered yet. Replace the three dots with your answer.
"""

from convlab.exercises.catalogue import EXERCISES, PREDICTIONS
from convlab.exercises.checking import check, predict
from convlab.exercises.progress import keep_progress, progress
from convlab.exercises.solutions import solution

__all__ = [
    "EXERCISES",
    "PREDICTIONS",
    "check",
    "keep_progress",
    "predict",
    "progress",
    "solution",
]
