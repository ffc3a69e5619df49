"""The table of `make stress` says what was measured."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("aiohttp", reason="the extra `class` is not installed")

from tools.classroom import processes
from tools.classroom.measure import HEAD, Row, percentile

WAITS = [0.05] * 94 + [0.2] * 5 + [0.9]
ROW = Row("2", 12.0, {"": 2**29, "ada": 2**28, "grace": 2**28 + 2**21}, WAITS)


@pytest.mark.parametrize(("percent", "value"), [(50, 2), (51, 3), (75, 3), (95, 4), (100, 4)])
def test_a_percentile_is_one_of_the_values(percent, value):
    assert percentile([3, 1, 4, 2], percent) == value


def test_a_line_has_all_that_its_head_promises():
    assert str(ROW).split() == ["2", "12", "257", "1.00", "100", "50", "200", "900"]
    assert len(str(ROW)) == len(HEAD)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_memory_is_counted_for_each_student(tmp_path):
    source = "kept = b'x' * (60 * 2**20); print('there', flush=True); input()"
    environment = {**os.environ, processes.MARK: str(tmp_path), "JUPYTERHUB_USER": "ada"}
    one = subprocess.Popen(
        [sys.executable, "-c", source],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with one:
        one.stdout.readline()
        memory = processes.memory_by_student(tmp_path)
        elsewhere = processes.memory_by_student(Path("/nowhere"))
        processes.end_all(tmp_path)
    assert memory.keys() == {"ada"}
    assert 60 * 2**20 < memory["ada"] < 100 * 2**20
    assert elsewhere == {}
    assert one.returncode == -9
