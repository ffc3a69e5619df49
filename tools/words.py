"""Keep the catalogs of readers' words: ``python -m tools.words``, or ``make words``.

This finds the sentences in the source (`tools.said`), brings each catalog up to date with them, and
compiles it. Entries that are new come without a translation, for a translator to fill in; those
that are no longer said go. The compiled catalog is committed beside its source, so that it is there
however convlab is installed, and neither Babel nor a build is needed to read it; a test holds the
two together. ``--check`` only tells what is wrong.

To begin a new language: ``python -m tools.words --new de``.
"""

from __future__ import annotations

import argparse
import gettext
import io
import re
import string
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tools.said import Source, Text

PROJECT = Path(__file__).resolve().parent.parent
PACKAGE = PROJECT / "convlab"
ALSO = [PROJECT / "tools" / f"{name}.py" for name in ("gallery", "handouts", "slide_pages")]
"""What else speaks to readers."""
LOCALE = PACKAGE / "locale"
SINCE = datetime(2026, 1, 1, tzinfo=UTC)
"""The date in the headers: a date that changes would change the files."""
KEPT_TAGS = re.compile(r"</?(\w+)[^>]*>")


def catalogs() -> list[Path]:
    """Return the catalogs of all languages."""
    return sorted(LOCALE.glob("*/LC_MESSAGES/convlab.po"))


def template() -> Catalog:
    """Return a catalog of all that can be said, without translations."""
    modules = [*sorted(PACKAGE.rglob("*.py")), *ALSO]
    source = Source({p.relative_to(PROJECT).as_posix(): p.read_text("utf-8") for p in modules})
    plurals = {one.text: many.text for one, many in source.plurals.items()}
    found: dict[str, list[Text]] = {}
    for text in sorted({*source.singles, *source.plurals}, key=lambda t: (t.path, t.line, t.text)):
        found.setdefault(text.text, []).append(text)
    made = Catalog(project="convlab", creation_date=SINCE)
    for text, places in found.items():
        key = (text, plurals[text]) if text in plurals else text
        made.add(key, locations=[(path, 0) for path in dict.fromkeys(p.path for p in places)])
    return made


def read(path: Path) -> Catalog:
    """Return a catalog; its language is the name of its folder."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name)


def updated(catalog: Catalog, said: Catalog) -> Catalog:
    """Return a catalog of what is said now, with the translations that it has already."""
    made = Catalog(locale=catalog.locale, project="convlab", creation_date=SINCE)
    made.revision_date, made.last_translator, made.language_team = SINCE, "convlab", "convlab"
    made.copyright_holder, made.fuzzy = "The convlab authors", False
    for message in said:
        if not message.id:
            continue
        key = message.id if isinstance(message.id, str) else message.id[0]
        before = catalog.get(key)
        text = _forms(before) if before else [""]
        size = 1 if isinstance(message.id, str) else made.num_plurals
        forms = (text * size)[:size] if len(text) != size else text
        made.add(
            message.id,
            forms[0] if isinstance(message.id, str) else tuple(forms),
            locations=message.locations,
            user_comments=before.user_comments if before else (),
        )
    return made


def as_po(catalog: Catalog) -> bytes:
    """Return the text of a catalog's file; it names modules, not lines, which move too often."""
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=100, include_lineno=False)
    return re.sub(rb'"Generated-By:[^\n]*\n', b"", buffer.getvalue())  # which version, that is


def as_mo(catalog: Catalog) -> bytes:
    """Return the compiled catalog."""
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def faults(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a catalog: the sentence, and why."""
    for message in catalog:
        if not message.id:
            continue
        key = message.id if isinstance(message.id, str) else message.id[-1]
        if message.fuzzy:
            yield key, "is fuzzy"
        for text in _forms(message):
            if not text:
                yield key, "has no translation"
                continue
            try:
                if fields(text) != fields(key):
                    yield key, f"has other placeholders: {text}"
            except ValueError as error:
                yield key, f"cannot be filled in: {error}"
            if sorted(KEPT_TAGS.findall(text)) != sorted(KEPT_TAGS.findall(key)):
                yield key, f"has other tags: {text}"


def fields(sentence: str) -> set[str]:
    """Return the placeholders of a sentence, with how they are written.

    Examples
    --------
    >>> sorted(fields("{share:.0f} % of {cells[0]}"))
    ['cells[0]:', 'share:.0f']
    """
    return {
        f"{name}:{how}"
        for _, name, how, _ in string.Formatter().parse(sentence)
        if name is not None
    }


def letters(catalog: Catalog) -> set[str]:
    """Return the characters that the translations use."""
    return {
        letter for message in catalog if message.id for text in _forms(message) for letter in text
    }


def _alike(one: bytes, other: bytes) -> bool:
    """Say whether two files hold the same entries; the header of a compiled one may differ."""
    if one == other:
        return True
    try:
        first, second = (gettext.GNUTranslations(io.BytesIO(each)) for each in (one, other))
    except OSError:  # a catalog that is not compiled
        return False
    entries = (vars(catalog)["_catalog"] | {"": ""} for catalog in (first, second))
    return next(entries) == next(entries)


def _forms(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def main(arguments: Sequence[str] | None = None) -> int:
    """Bring the catalogs up to date, or check them; returns how many faults there are."""
    parser = argparse.ArgumentParser(prog="tools.words", description=__doc__)
    parser.add_argument("--check", action="store_true", help="only tell what is wrong")
    parser.add_argument("--new", metavar="LANGUAGE", help="begin a catalog")
    given = parser.parse_args(arguments)
    said, count = template(), 0
    paths = catalogs()
    if given.new:
        paths.append(LOCALE / given.new / "LC_MESSAGES" / "convlab.po")
        paths[-1].parent.mkdir(parents=True)
        paths[-1].write_bytes(as_po(Catalog(locale=given.new)))
    for path in paths:
        catalog = updated(read(path), said)
        wrong = list(faults(catalog))
        count += len(wrong)
        for text, why in wrong:
            print(f"{path.parent.parent.name}: {text!r} {why}")
        files = {path: as_po(catalog), path.with_suffix(".mo"): as_mo(catalog)}
        for file, content in files.items():
            if given.check and not (file.exists() and _alike(file.read_bytes(), content)):
                count += 1
                print(f"{file.relative_to(PROJECT)} is not up to date: run make words")
            elif not given.check:
                file.write_bytes(content)
    print(f"{len(said)} sentences, {count} faults")
    return count


if __name__ == "__main__":
    sys.exit(bool(main()))
