"""Which language readers are spoken to in: English, or another that has a catalog of words.

The English sentences of the code are the keys. `convlab.formatting.say` looks each of them up here,
when it is said and not when it is written, so that tables of sentences may be made at import.

What a reader meets on the page is said in this language, and so is what an explorer, an exercise or
the file of a picture is refused for. Names of arguments and values stay as they are in code, and
errors of the mathematics, also about the arrays and numbers that it takes, stay English, as those
of Python and numpy do.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Callable
from pathlib import Path

FOLDER = Path(__file__).with_name("locale")
"""Holds ``LANGUAGE/LC_MESSAGES/convlab.po``, and compiled beside it ``convlab.mo``."""
DOMAIN = "convlab"
ENGLISH = "en"
VARIABLE = "CONVLAB_LANGUAGE"
"""The variable of the environment that chooses the language at the start."""


def languages() -> tuple[str, ...]:
    """Return the names of the languages that there are words in.

    Examples
    --------
    >>> languages()
    ('en', 'zh')
    """
    made = FOLDER.glob(f"*/LC_MESSAGES/{DOMAIN}.mo")
    return ENGLISH, *sorted(path.parent.parent.name for path in made)


def use_language(name: str) -> None:
    """Speak to readers in another language from now on, in this whole process.

    Call it before the first explorer is made, as the first cell of a lesson does. What one that is
    on the page already has written for good stays: the labels of its controls, and some titles in
    its picture; its caption follows at the next move. Names of exercises, controls and their values
    are the same in every language.

    Where convlab's explorers are in use, ``"zh"`` also adds a font with Chinese characters at the
    end of matplotlib's ``rcParams["font.family"]``, so that figures of your own may have Chinese
    titles; another language takes it away again.

    Parameters
    ----------
    name : str
        ``"en"``, or a language that has a catalog: ``"zh"``.

    Raises
    ------
    TypeError
        If `name` is no str.
    ValueError
        If there are no words in that language.

    Examples
    --------
    >>> use_language("zh"); print(translated("reset"))
    重置
    >>> use_language("en"); print(translated("reset"))
    reset
    """
    global _catalog, _name
    _catalog, _name = _found("`name`", name), name
    for follow in _followers:
        follow(name)


def when_chosen(follow: Callable[[str], None]) -> None:
    """Call a function with the name of each language that is chosen from now on.

    If it is not English now, that is called for at once.
    """
    _followers.append(follow)
    if _name != ENGLISH:
        follow(_name)


def language() -> str:
    """Return the name of the language that readers are spoken to in."""
    return _name


def translated(text: str) -> str:
    """Return a sentence in the reader's language; one that is in no catalog stays as it is."""
    return _catalog.gettext(text) if text else text


def translated_number(one: str, many: str, number: int) -> str:
    """Return the sentence for so many in the reader's language, by its own rules for plurals."""
    return _catalog.ngettext(one, many, number)


def _found(argument: str, name: str) -> gettext.NullTranslations:
    if not isinstance(name, str):
        raise TypeError(f"{argument} must be a str, such as 'zh', got {name!r}")
    if name not in languages():
        raise ValueError(f"{argument} must be one of {', '.join(languages())}, got {name!r}")
    if name == ENGLISH:
        return gettext.NullTranslations()
    return gettext.translation(DOMAIN, FOLDER, [name])


_followers: list[Callable[[str], None]] = []
_name = os.environ.get(VARIABLE) or ENGLISH
_catalog = _found(f"`{VARIABLE}`", _name)
