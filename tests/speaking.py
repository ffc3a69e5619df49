"""What is said in another language, and what of it no catalog holds."""

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager

from convlab import formatting
from convlab.language import language, translated, translated_number, use_language
from tools.words import catalogs, read

HAN = "\u4e00-\u9fff"
WORD = re.compile(r"[A-Za-z]{3,}")
NAMES = {
    *("ReLU", "LeNet", "AlexNet", "VGG", "ResNet", "MobileNet", "PyTorch", "TensorFlow", "Keras"),
    *("JAX", "torchvision", "numpy", "NaN", "softmax", "Sobel", "Prewitt", "Scharr", "MATLAB"),
    *("fspecial", "prewitt", "same", "valid", "full", "ceil", "mode", "cos", "mod", "None"),
    *("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP", "PPM"),
    *("conv", "pool", "max", "weight", "grad", "output", "picture", "png"),
}
"""Names and code, which are the same in every language."""
CLOSE = re.compile(rf"[{HAN}][A-Za-z0-9]|[A-Za-z0-9][{HAN}]")
"""A Chinese character beside a Latin letter or a digit, without a space."""
APART = re.compile(rf"[{HAN}] +[{HAN}]|[，。；、] ")
"""A space between two Chinese characters."""
ASCII_STOP = re.compile(rf"[{HAN}][,;:?!]|[,;:?!][{HAN}]")
"""Latin punctuation at Chinese text."""


BLOCK = r"</?(?:div|p|table|tr|td|th|tbody|thead|caption|h2|br|li|ul|figure|span)\b[^>]*>"
"""What parts one text from the next."""


@contextmanager
def speaking(name: str) -> Iterator[set[str]]:
    """Speak a language for a while; yields the texts that were said and are not in its catalog."""
    (catalog,) = (read(path) for path in catalogs() if path.parts[-3] == name)
    known = {key for entry in catalog for key in (entry.id if entry.pluralizable else [entry.id])}
    unknown: set[str] = set()
    before = language()

    def one(text: str) -> str:
        if text not in known and foreign(text) and not re.search(f"[{HAN}]", text):
            unknown.add(text)
        return translated(text)

    def many(single: str, plural: str, number: int) -> str:
        unknown.update({single, plural} - known)
        return translated_number(single, plural, number)

    use_language(name)
    formatting.translated, formatting.translated_number = one, many
    try:
        yield unknown
    finally:
        formatting.translated, formatting.translated_number = translated, translated_number
        use_language(before)


def shown(page: str) -> str:
    """Return the words of a piece of HTML, without its tags, code and formulas."""
    code = r"<(code|style|script|svg)\b.*?</\1>|\\\[.*?\\\]|\\\(.*?\\\)"
    page = re.sub(code, "x", page, flags=re.S)
    return html.unescape(re.sub(r"<[^>]+>", "", re.sub(BLOCK, "\n", page)))


def foreign(text: str) -> list[str]:
    """Return the words of a text that are neither Chinese nor names."""
    return [word for word in WORD.findall(re.sub(r"\w*[_\d]\w*", "", text)) if word not in NAMES]


def faults(text: str) -> list[str]:
    """Return what is wrong with the spaces and stops of a Chinese text."""
    text = re.sub(r"`[^`]*`", "x", text)
    rules = (CLOSE, APART, ASCII_STOP)
    return [f"{found[0]!r} in {text!r}" for rule in rules for found in rule.finditer(text)]
