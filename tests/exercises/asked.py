"""The cells of the lessons that ask for a prediction."""

import re
from pathlib import Path

import nbformat

NOTEBOOKS = sorted(Path(__file__).parents[2].joinpath("notebooks").glob("*.ipynb"))
ASKED = [
    (path.stem, name, cell)
    for path in NOTEBOOKS
    for cell in nbformat.read(path, as_version=4).cells
    if cell.cell_type == "code"
    for name in re.findall(r'predict\(\s*"(\d+[a-z] [^"]+)"', cell.source)
]
"""Lesson, name of the prediction, and cell, in the order of the lessons."""
