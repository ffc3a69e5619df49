"""How numbers and words are written for readers: in pictures, captions and tables alike."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from functools import reduce

from convlab.language import translated, translated_number


def plain(value: float) -> str:
    """Write a number as a reader would: short, with a true minus sign.

    Examples
    --------
    >>> plain(-2.0), plain(0.111111), plain(-1234.56), plain(1234567.0), plain(-0.0)
    ('−2', '0.11', '−1234.6', '1.2e6', '0')
    """
    value = float(value)
    if value == 0:
        return "0"
    if 100 <= abs(value) < 1e6:
        text = f"{value:.1f}"
    else:
        text = f"{value:.2f}" if 0.01 <= abs(value) < 100 else f"{value:.2g}"
    if "." in text and "e" not in text:
        text = text.rstrip("0").rstrip(".")
    return re.sub(r"e([-+])0*", r"e\1", text).replace("+", "").replace("-", "−")


def percent(share: float, digits: int = 0) -> str:
    """Write a share of a whole in percent.

    Examples
    --------
    >>> percent(0.5), percent(0.98765, 1)
    ('50 %', '98.8 %')
    """
    return say("{percent} %", percent=f"{100 * share:.{digits}f}")


def say(sentence: str, /, **values: object) -> str:
    """Return a sentence with its named placeholders filled in: the one door for readers' words.

    Every text that a reader sees comes through here, whole, and is looked up in the catalog of the
    reader's language; tables made at import hold English, and are said when they are shown.

    Examples
    --------
    >>> say("{count} cells of {size} × {size}", count=9, size=3)
    '9 cells of 3 × 3'
    """
    sentence = translated(sentence)
    return sentence.format_map(values) if values else sentence


def say_number(number: int, one: str, many: str, /, **values: object) -> str:
    """Return the sentence for one, or the one for any other number; both may name ``{number}``.

    Examples
    --------
    >>> [say_number(n, "{number} window", "{number} windows") for n in (1, 2)]
    ['1 window', '2 windows']
    """
    return translated_number(one, many, number).format(number=number, **values)


def as_html(text: str) -> str:
    """Return a text as HTML: what stands between backquotes is code, and lines stay lines.

    Examples
    --------
    >>> as_html("Use `+=`: 1 < 2")
    'Use <code>+=</code>: 1 &lt; 2'
    >>> as_html("a lonely ` stays")
    'a lonely ` stays'
    """
    pieces = html.escape(text).split("`")
    if len(pieces) % 2 == 0:  # a backquote of the reader's own: no pairs
        return "<br>".join(html.escape(text).splitlines())
    marked = (f"<code>{p}</code>" if odd % 2 else p for odd, p in enumerate(pieces))
    return "<br>".join("".join(marked).splitlines())


def listed(items: Sequence[object]) -> str:
    """Return a list in words.

    Examples
    --------
    >>> listed([1]), listed([1, 2]), listed([1, 2, 3]), listed([])
    ('1', '1 and 2', '1, 2 and 3', '')
    """
    words = [str(item) for item in items]
    if len(words) < 2:
        return "".join(words)
    return say("{some} and {last}", some=say(", ").join(words[:-1]), last=words[-1])


def not_among(argument: str, known: Iterable[object], value: object) -> str:
    """Return what is wrong with an argument that is none of those that are known.

    Examples
    --------
    >>> not_among("path", (".png", ".svg"), "sweep.jpeg")
    "`path` must be one of .png, .svg, got 'sweep.jpeg'"
    """
    return say(
        "`{argument}` must be one of {known}, got {value}",
        argument=argument,
        known=", ".join(map(str, known)),
        value=repr(value),
    )


def in_a_row(*sentences: str) -> str:
    """Return sentences one after the other, without those that are empty.

    Examples
    --------
    >>> in_a_row("It grew.", "", "It fell.")
    'It grew. It fell.'
    """
    said = [sentence for sentence in sentences if sentence]
    return reduce(lambda one, after: say("{one} {next}", one=one, next=after), said or [""])
