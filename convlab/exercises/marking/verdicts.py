"""What a check says of an answer: in a line, in a few lines of text, and as a small page."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from convlab.exercises.marking.case_text import as_text
from convlab.exercises.marking.cases import Case
from convlab.formatting import in_a_row, say

MARKS = {None: "○ Not answered yet", True: "✓ Right", False: "✗ Not yet"}
"""How a verdict begins."""


@dataclass(frozen=True)
class Verdict:
    """What a check says; `right` is None where nothing was answered.

    Parameters
    ----------
    right : bool or None
    told : str
        Why it is right, or what is wrong with it.
    mistake : str, optional
        The name of the mistake that comes out the same, one of
        `convlab.exercises.marking.mistakes.MISTAKES`; None if none does.
    hints : tuple of str
        The hints that were earned so far.
    of : int
        How many hints there are.
    notes : tuple of str
        What else is worth a word: an argument that was changed, what was printed.
    case : Case, optional
        The smallest case in which a function fails.
    key : str
        The same for the same answer, where it was an honest try; empty otherwise.

    Examples
    --------
    >>> Verdict(False, "The kernel was rotated by 180°.", "kernel flipped")
    ✗ Not yet: kernel flipped. The kernel was rotated by 180°.
    """

    right: bool | None
    told: str = ""
    mistake: str | None = None
    hints: tuple[str, ...] = ()
    of: int = 0
    notes: tuple[str, ...] = ()
    case: Case | None = field(default=None, repr=False, compare=False)
    key: str = field(default="", repr=False, compare=False)

    @property
    def words(self) -> str:
        """What is said, in one line: what was found, and the hints."""
        return in_a_row(self.told, *map(say, self.hints))

    def with_hints(self, hints: tuple[str, ...], count: int) -> Verdict:
        """Return the verdict with so many of a question's hints."""
        return replace(self, hints=hints[:count], of=len(hints))

    def hint_lines(self) -> list[str]:
        """Return the hints, each with its number where there are several."""
        if self.of < 2:
            return [say(hint) for hint in self.hints]
        return [
            say("Hint {number} of {all}: {hint}", number=number, all=self.of, hint=say(hint))
            for number, hint in enumerate(self.hints, start=1)
        ]

    def opening(self) -> str:
        """Return how it begins: the mark, and the name of the mistake."""
        if self.mistake is None:
            return say("{mark}.", mark=say(MARKS[self.right]))
        return say("{mark}: {mistake}.", mark=say(MARKS[self.right]), mistake=say(self.mistake))

    def lines(self) -> list[str]:
        """Return what is said, line by line; the first follows the opening."""
        lines = [self.told, *self.hint_lines(), *self.notes]
        return lines[1:] if not self.told and len(lines) > 1 else lines

    def __repr__(self) -> str:
        lines = self.lines()
        lines[0] = in_a_row(self.opening(), lines[0])
        return "\n".join([*lines, *([as_text(self.case)] if self.case else [])])

    def _repr_html_(self) -> str | None:
        """Return the page of a verdict; what is not answered yet is a line of text."""
        if self.right is None:
            return None
        from convlab.exercises.marking.verdict_page import page

        return page(self)
