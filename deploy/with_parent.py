"""Run a command that ends when the process that started it does: ``with_parent.py COMMAND ...``.

The hub's services would outlive a hub that was killed, and the next one starts its own.
On Linux; elsewhere the command is run as it is. Standard library only.

Source: https://man7.org/linux/man-pages/man2/PR_SET_PDEATHSIG.2const.html
"""

import ctypes
import os
import signal
import sys

PARENT_DEATH = 1


def end_with_the_parent() -> None:
    """Have this process told to end when its parent is gone."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PARENT_DEATH, signal.SIGTERM, 0, 0, 0)


if __name__ == "__main__":
    end_with_the_parent()
    os.execvp(sys.argv[1], sys.argv[1:])
