"""The one table of terms, which stands in the Chinese lesson 00, and what follows from it."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from tools.editions import FOLDER, TERMS, cells_of, original, source_of

LESSON = FOLDER / "zh" / "00_start_here.ipynb"
Terms = Mapping[str, tuple[str, ...]]
"""What each English term is called; the first is what it is called as a rule."""

SHORT = {
    "cell": "格",
    "depthwise convolution": "深度",
    "edge": "边",
    "equivariance": "等变",
    "feature map": "图",
    "filter": "滤波",
    "grey": "灰",
    "groups": "组",
    "held-out set": "留出",
    "invariance": "不变",
    "kernel": "核",
    "patch": "块",
}
"""The part of a term that may stand for it."""
SPELT = {
    "depthwise": "depthwise convolution",
    "equivariant": "equivariance",
    "held out": "held-out set",
    "held-out": "held-out set",
    "invariant": "invariance",
}
"""Other forms of an English term."""
EVERYDAY = {"border", "mirrored", "play", "question", "rotated by 180°", "shift", "step"}
EVERYDAY |= {"stack of layers"}
"""Terms that are everyday words as well, as in "a staircase without steps"."""
IMPLIED = {"weight": "八个 −1"}
"""What says a term without its name."""

VARIANTS = {
    "accuracy": ("正确率", "准确度"),
    "back-propagation": ("反向传递", "后向传播", "逆传播"),
    "backward pass": ("后向计算",),
    "batch": ("批次",),
    "chain rule": ("链式规则", "连锁法则"),
    "channel": ("频道", "信道"),
    "confusion table": ("混淆表",),
    "cross-correlation": ("交叉相关",),
    "dense layer": ("稠密层", "密集层"),
    "depthwise convolution": ("逐深度",),
    "dilated convolution": ("扩张卷积",),
    "dilation": ("扩张率", "空洞率"),
    "explorer": ("探索器", "交互图", "互动图形"),
    "feature map": ("特征映射", "特征图谱"),
    "filter": ("过滤器", "滤镜"),
    "flatten": ("拉平", "扁平化"),
    "forward pass": ("正向传播",),
    "kernel": ("内核", "核函数"),
    "learning rate": ("学习速率", "学习步长"),
    "loss": ("损耗",),
    "notebook": ("记事本",),
    "overfitting": ("过度拟合",),
    "padding": ("填补", "衬垫", "补边"),
    "patch": ("补丁",),
    "pixel": ("象素",),
    "pooling": ("汇聚",),
    "receptive field": ("感知野", "感受域", "接受域"),
    "reset": ("复位",),
    "slider": ("滑动条", "滑条"),
    "stride": ("步幅", "步进"),
    "tie": ("平局",),
    "transposed convolution": ("反卷积", "逆卷积"),
    "weight": ("权值",),
    "window": ("视窗",),
    "wrap around": ("环绕",),
}
"""What a term is called elsewhere."""
OTHERWISE = ("README.zh.md", "内核")
"""Where a word means something else: what Jupyter runs, and lessons do not."""


def table_of(text: str) -> Terms:
    """Return the terms of a text that holds the table, two to a row."""
    (found,) = TERMS.findall(text)
    rows = [[part.strip() for part in line.split("|")[1:-1]] for line in found.splitlines()]
    pairs = [pair for row in rows if len(row) == 4 for pair in (row[:2], row[2:])]
    return {
        english.strip(): tuple(re.findall(r"[^（）]+", chinese))
        for chinese, terms in pairs
        if "中文" not in chinese and "---" not in chinese
        for english in terms.split(",")
    }


def terms() -> Terms:
    """Return the terms of the table in lesson 00."""
    return table_of("\n".join(map(source_of, cells_of(LESSON))))


def both_editions(path: Path) -> Iterator[tuple[str, str]]:
    """Yield each text of a Chinese lesson, and the English that it was translated from."""
    editions = (map(source_of, cells_of(one)) for one in (original(path), path))
    for english, chinese in zip(*editions, strict=True):
        if chinese != english:
            yield english, TERMS.sub("", chinese)


def lost(english: str, chinese: str, known: Terms) -> Iterator[str]:
    """Yield the terms of an English text that its translation calls something else.

    A translation may keep a term in English, as the title of a paper does.
    """
    code = r"`[^`]*`|<code>.*?</code>|\$[^$]*\$|\{[^}]*\}|\]\([^)]*\)|\w+_\w+"
    words = re.sub(code, "", english).lower()
    for spelt, term in {**dict(zip(known, known, strict=True)), **SPELT}.items():
        is_said = re.search(rf"(?<![\w-]){re.escape(spelt)}s?(?![\w-])", words)
        if not is_said or term in EVERYDAY:
            continue
        others = (more[term] for more in (SHORT, IMPLIED) if term in more)
        if not any(word in chinese.lower() for word in (*known[term], *others, spelt)):
            yield spelt


def variants(chinese: str, known: Terms) -> Iterator[str]:
    """Yield words for which the table has another; one in quotation marks is only mentioned."""
    chinese = re.sub(r"“[^”]*”", "", chinese)
    for term, words in VARIANTS.items():
        yield from (word for word in words if word in chinese and word not in known[term])
