"""The editions of a lesson stay together: the same cells, code, formulas and links."""

import copy

import pytest

from tools import editions
from tools.editions import check, differences, fingerprint, original, translations

LESSONS = translations()


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_translation_has_what_the_english_lesson_has(path):
    """A cell whose English has changed since is named."""
    assert original(path).exists()
    assert check(path) == []


@pytest.mark.skipif(not LESSONS, reason="no edition but the English one")
def test_every_lesson_is_translated():
    wanted = {path.name for path in editions.FOLDER.glob("*.ipynb")}
    for folder in {path.parent for path in LESSONS}:
        assert {path.name for path in folder.glob("*.ipynb")} == wanted


def cell(kind, source, **metadata):
    return {"cell_type": kind, "source": source, "metadata": metadata}


ENGLISH = [
    cell("markdown", "# Title\n\nA formula $x_1$, a [link](02_pad.ipynb).\n\n- one\n- two"),
    cell(
        "code", "from convlab import conv2d\nx = 1  # a comment", slideshow={"slide_type": "skip"}
    ),
    cell("code", 'check("1.1 size", x)\nprint("the size", f"{x} cells")'),
]


def chinese():
    made = [
        cell("markdown", "# 标题\n\n公式 $x_1$，[链接](02_pad.ipynb)。\n\n- 一\n- 二"),
        cell(
            "code",
            'import convlab\nfrom convlab import conv2d\nconvlab.use_language("zh")\nx = 1  # 注释',
            slideshow={"slide_type": "skip"},
        ),
        cell("code", 'check("1.1 size", x)\nprint("大小", f"共 {x} 格")'),
    ]
    for one, two in zip(ENGLISH, made, strict=True):
        two["metadata"]["translated_from"] = fingerprint(one["source"])
    return made


def found(change):
    made = chinese()
    change(made)
    return list(differences(ENGLISH, made, "zh"))


def replaced(number, before, after):
    def change(cells):
        assert before in cells[number]["source"]
        cells[number]["source"] = cells[number]["source"].replace(before, after)

    return change


def test_a_true_translation_has_no_fault():
    assert found(lambda _: None) == []


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda cells: cells.pop(), "2 cells for 3"),
        (lambda cells: cells[0].update(cell_type="code"), "cell 0 is code, not markdown"),
        (replaced(0, "$x_1$", "$x_2$"), r"cell 0 has another formula: lost ['$x_1$']"),
        (replaced(0, "$x_1$", ""), "cell 0 has another formula"),
        (replaced(0, "02_pad", "03_pad"), "cell 0 has another link"),
        (replaced(0, "# 标", "## 标"), "cell 0 has 0 × heading 1 for 1"),
        (replaced(0, "- 二", "二"), "cell 0 has 1 × item for 2"),
        (replaced(0, "公式", "*公式*"), "cell 0 slants 公式"),
        (replaced(1, "x = 1", "x = 2"), "cell 1 is other code"),
        (replaced(1, 'convlab.use_language("zh")\n', ""), "cell 1 does not say"),
        (replaced(2, "{x}", "{y}"), "cell 2 is other code"),
        (replaced(2, "1.1 size", "1.2 size"), "cell 2 has the string '1.2 size' for '1.1 size'"),
        (replaced(2, "print", "print("), "cell 2 is no Python"),
        (lambda cells: cells[1]["metadata"].update(slideshow={}), "cell 1 has other slideshow"),
        (lambda cells: cells[0]["metadata"].pop("translated_from"), "cell 0 does not say what"),
    ],
)
def test_what_differs_is_named(change, why):
    assert any(one.startswith(why) for one in found(change)), found(change)


@pytest.mark.parametrize(
    "text", ["**公式**", "*n* 个，**二**", "`*公式*`", "*Deep Learning*（《深度学习》）"]
)
def test_bold_chinese_and_slanted_latin_are_no_fault(text):
    assert found(replaced(0, "公式", text)) == []


def test_an_english_cell_that_has_changed_is_named():
    later = copy.deepcopy(ENGLISH)
    later[0]["source"] += " More."
    (why,) = differences(later, chinese(), "zh")
    now = fingerprint(later[0]["source"])
    assert why.startswith("cell 0 was translated from ")
    assert f"the English is {now} now: '# Title" in why


def test_words_in_formulas_and_the_table_of_terms_belong_to_an_edition():
    one = [cell("markdown", r"$a \text{ if } b$")]
    terms = "<details><summary>术语：中文 · English</summary>\n\n| 核 | kernel |\n\n</details>"
    text = "$a \\text{ 若 } b$\n\n" + terms
    two = [cell("markdown", text, translated_from=fingerprint(one[0]["source"]))]
    assert list(differences(one, two, "zh")) == []
