"""Let two hands loose on every explorer: ``python -m tools.monkeys``, or ``make stress``.

Sliders, clicks, drags, pointing, files and buttons on two threads at once, with the stop button at
random lines. After every few moves the screen has to be true to the state, no error may stand on
it, and the memory has to stay flat from one pass over the explorers to the next.

The seed decides what each hand does. When one thread makes way for the other it cannot decide, so
what went wrong once need not go wrong again; the last moves are told.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from convlab import explore
from convlab.explore.filters.uploads import SHELF
from tests.explore.monkeys import Monkeys

PASSES = 5
SLACK = 40 * 2**20
"""Bytes by which the memory may grow after the first two passes, which fill the caches."""


def main(given: Sequence[str]) -> int:
    """Do the moves; 1 if something went wrong."""
    reader = argparse.ArgumentParser(prog="python -m tools.monkeys", description=__doc__)
    reader.add_argument("--moves", type=int, default=10_000)
    reader.add_argument("--seed", type=int, default=0)
    reader.add_argument("--only", nargs="*", default=explore.__all__, help="names of explorers")
    options = reader.parse_args(given)
    each = max(1, -(-options.moves // (PASSES * len(options.only))))
    sys.setswitchinterval(1e-4)
    faults, done, memory = [], 0, []
    for number in range(PASSES):
        began = time.monotonic()
        for name in options.only:
            explorer = getattr(explore, name)()
            monkeys = Monkeys(explorer, seed=f"{options.seed} {number} {name}")
            try:
                monkeys.play(each)
            except AssertionError as error:
                faults.append(str(error))
                print(f"FAULT {error}", flush=True)
            done += len(monkeys.moves)
            explorer.close()
        SHELF.clear()
        gc.collect()
        memory.append(resident())
        seconds = time.monotonic() - began
        print(f"{done} moves, {memory[-1] / 2**20:.0f} MiB, {seconds:.0f} s", flush=True)
    if memory[-1] - memory[1] > SLACK:
        faults.append(f"the memory grew from {memory[1]:,} to {memory[-1]:,} bytes")
        print(f"FAULT {faults[-1]}")
    print(f"{done} moves, {len(faults)} faults")
    return int(bool(faults))


def resident() -> int:
    """Return the bytes of memory that the process holds now; 0 where there is no /proc."""
    status = Path("/proc/self/status")
    lines = status.read_text("utf-8").splitlines() if status.exists() else []
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS:"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
