"""Checks for the readers' answers: every lesson ends with questions that this module can mark.

>>> check("1.1 output size", ...)
○ Not answered yet. Replace the three dots with your answer.
"""

from convlab.exercises.marking import EXERCISES, PREDICTIONS, check, predict

__all__ = ["EXERCISES", "PREDICTIONS", "check", "predict"]
