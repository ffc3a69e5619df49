"""The recipes for Kubernetes, Binder and a server name what is there, and agree with each other."""

import json
import os
import re
import subprocess
from pathlib import Path

import pytest
import yaml

PROJECT = Path(__file__).parents[2]
DEPLOY = PROJECT / "deploy"
CONFIGURATION = (DEPLOY / "jupyterhub_config.py").read_text("utf-8")
PAGE = (DEPLOY / "README.md").read_text("utf-8")
RECIPES = ("Dockerfile", "values.yaml", "convlab-class.service", "README.md")


@pytest.fixture(scope="module")
def values():
    return yaml.safe_load((DEPLOY / "values.yaml").read_text("utf-8"))


@pytest.mark.parametrize("name", RECIPES)
def test_what_a_recipe_names_in_the_project_is_there(name):
    text = (DEPLOY / name).read_text("utf-8")
    named = set(re.findall(r"/opt/convlab/((?:deploy|tools|notebooks|convlab)[\w./-]*)", text))
    named |= set(re.findall(r"(?<![\w/])(deploy/[\w./-]+\w)", text))
    assert named, name
    assert [one for one in sorted(named) if not (PROJECT / one).exists()] == []


def test_the_page_s_links_lead_somewhere():
    links = [link for link in re.findall(r"\]\(([^)]+)\)", PAGE) if "://" not in link]
    assert links
    assert [link for link in links if not (DEPLOY / link).exists()] == []


def test_the_image_sets_what_the_hub_sets():
    image = (DEPLOY / "Dockerfile").read_text("utf-8")
    there = dict(re.findall(r"(?:ENV | {4})([A-Z_]+)=(\S+)", image))
    here = dict(re.findall(r'^    "([A-Z_]+)": "([^"]*)",$', CONFIGURATION, re.M))
    assert len(here) >= 6
    assert {name: there.get(name) for name in here} == here


def test_kubernetes_opens_the_same_lesson_and_waits_as_long(values):
    assert values["singleuser"]["defaultUrl"] in CONFIGURATION
    idle = re.search(r'setting\("IDLE", "(\d+)"\)', CONFIGURATION)
    assert values["cull"]["timeout"] == int(idle[1])


def test_on_kubernetes_a_process_gets_less_than_its_student(values):
    command = values["singleuser"]["cmd"]
    of_a_process = next(int(one.split("=")[1]) for one in command if one.startswith("--memory="))
    limit = values["singleuser"]["memory"]["limit"]
    assert of_a_process * 2**20 < int(limit.removesuffix("M")) * 10**6


def test_binder_gets_the_settings_of_make_lab(tmp_path):
    run = PROJECT / ".binder" / "postBuild"
    assert os.access(run, os.X_OK)
    environment = {**os.environ, "NB_PYTHON_PREFIX": str(tmp_path)}
    subprocess.run([run], cwd=PROJECT, env=environment, check=True)
    settings = tmp_path / "share" / "jupyter" / "lab" / "settings" / "overrides.json"
    wanted = (PROJECT / "tools" / "lab_settings" / "overrides.json").read_text("utf-8")
    assert json.loads(settings.read_text("utf-8")) == json.loads(wanted)


def test_binder_installs_the_extras_that_make_lab_installs():
    makefile = (PROJECT / "Makefile").read_text("utf-8")
    extras = re.search(r'\$\(READER\).*?"\.(\[[\w,]+\])"', makefile, re.S)
    lines = (PROJECT / ".binder" / "requirements.txt").read_text("utf-8").splitlines()
    assert f".{extras[1]}" in lines
