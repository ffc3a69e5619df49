"""`make lab LANGUAGE=zh` opens the Chinese lessons in a JupyterLab that speaks Chinese."""

import json
from pathlib import Path

import pytest

from tools import lab, notebooks


def option(chosen, name):
    (value,) = [one.partition("=")[2] for one in chosen if one.startswith(f"{name}=")]
    return value


def test_english_is_opened_with_the_settings_as_they_are(tmp_path):
    chosen = lab.arguments(tmp_path)
    assert option(chosen, "--LabApp.default_url") == "/lab/tree/notebooks/00_start_here.ipynb"
    assert Path(option(chosen, "--LabApp.app_settings_dir")) == lab.SETTINGS
    assert list(tmp_path.iterdir()) == []


def test_chinese_is_opened_with_the_same_settings_and_its_language(tmp_path):
    chosen = lab.arguments(tmp_path, "zh")
    assert option(chosen, "--LabApp.default_url") == "/lab/tree/notebooks/zh/00_start_here.ipynb"
    folder = Path(option(chosen, "--LabApp.app_settings_dir"))
    made = json.loads(folder.joinpath("overrides.json").read_text("utf-8"))
    assert made.pop("@jupyterlab/translation-extension:plugin") == {"locale": "zh_CN"}
    assert made == json.loads(lab.SETTINGS.joinpath("overrides.json").read_text("utf-8"))


def test_a_language_without_lessons_is_refused(tmp_path):
    with pytest.raises(ValueError, match="`language` must be one of en, zh, got 'xx'"):
        lab.arguments(tmp_path, "xx")


@pytest.mark.parametrize(
    ("names", "found"),
    [
        ((), ["01_a", "02_b", "zh/01_a", "zh/02_b"]),
        (("01",), ["01_a"]),
        (("zh/01",), ["zh/01_a"]),
        (("zh/", "02"), ["02_b", "zh/01_a", "zh/02_b"]),
        (("zh",), ["zh/01_a", "zh/02_b"]),
        (("notebooks/zh/02_b.ipynb",), ["zh/02_b"]),
    ],
)
def test_notebooks_of_both_editions_are_found_by_name(tmp_path, monkeypatch, names, found):
    monkeypatch.setattr(notebooks, "FOLDER", tmp_path)
    for name in ("01_a", "02_b", "zh/01_a", "zh/02_b"):
        path = tmp_path / f"{name}.ipynb"
        path.parent.mkdir(exist_ok=True)
        path.write_text("{}")
    paths = notebooks.find(names)
    assert [path.relative_to(tmp_path).with_suffix("").as_posix() for path in paths] == found
    with pytest.raises(ValueError, match="no notebook begins with 'zh/03'"):
        notebooks.find(["zh/03"])
