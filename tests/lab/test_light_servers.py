"""Servers do not import what only takes time and memory."""

import re
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[2]
GRAMMAR = {"lark"}
"""What reads the grammar of addresses in other alphabets."""
STUDENT = """import server
server.be_light()
import jupyterhub.singleuser, jupyterlab.labapp, convlab.lab.messages, convlab.lab.stills"""


def imported(*arguments, folder=PROJECT):
    """Return the names at the top of all that Python imports when it runs something."""
    run = subprocess.run(
        [sys.executable, "-X", "importtime", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(re.findall(r"^import time:[^|]+\|[^|]+\| +(\w+)", run.stderr, re.M))


def test_jupyterlab_starts_without_the_grammar_of_addresses():
    names = imported("-m", "tools.lab", "--version")
    assert "jsonschema" in names
    assert names & GRAMMAR == set()


def test_a_student_s_server_does_without_it_and_without_numpy():
    names = imported("-c", STUDENT, folder=PROJECT / "deploy" / "student")
    assert "jsonschema" in names
    assert names & (GRAMMAR | {"numpy", "scipy"}) == set()
