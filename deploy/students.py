"""Who is in the class: a file with one name a line.

    # names as they are typed at the login
    ada
    grace
    maria teacher

Teachers are what JupyterHub calls admins: they see who is there, start and stop servers, and can
open a student's server to help. Students see nothing of each other.
"""

from __future__ import annotations

import re
from pathlib import Path

# A name becomes a folder and a part of addresses.
NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{0,30}")


def read(file: Path) -> tuple[set[str], set[str]]:
    """Return the names of students, and those of teachers.

    Parameters
    ----------
    file : Path

    Returns
    -------
    (set of str, set of str)
        In small letters, as the hub has them.
    """
    students: set[str] = set()
    teachers: set[str] = set()
    for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1):
        words = line.partition("#")[0].lower().split()
        if not words:
            continue
        name, role = words[0], words[1:]
        if not NAME.fullmatch(name) or role not in ([], ["teacher"]):
            raise ValueError(
                f"{file}, line {number}: must be a name of letters, digits, '-', '_' and '.', "
                f"and perhaps the word teacher; got {line!r}"
            )
        (teachers if role else students).add(name)
    if not students | teachers:
        raise ValueError(f"{file} must name at least one student")
    return students, teachers
