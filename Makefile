# The project's commands. `make lab` is for readers, `make test` for everyone who changes something.
#
#   make lab                                      open JupyterLab on the first lesson
#   make lab LANGUAGE=zh                          the Chinese lessons, in JupyterLab in Chinese
#   make lab LAB_ARGS="--no-browser --ip=0.0.0.0" the same, in a container
#   make present LESSON=07                        a lesson as slides, run, with live sliders
#   make test                                     unit tests, doctests, notebooks, browser tests
#   make test PYTEST_ARGS="-k padding"            some of them
#   make lint                                     ruff and mypy
#   make notebooks [NAMES="01 zh/05"]             execute the notebooks afresh
#   make words                                    bring the catalogs of words up to date
#   make screenshots [NAMES="01 05"]              pictures of every explorer, into screenshots/
#   make pictures [NAMES="Sweep Padding"]         accept how explorers look now: new baselines
#   make handouts [NAMES="01 05"]                 each lesson as one HTML page, into handouts/
#   make slides [NAMES="01 05"]                   slides as HTML pages, into handouts/slides/
#   make class [NAMES="--minutes 60"]             JupyterHub for a class, on this machine, for a try
#   make gallery [NAMES="Sweep Padding"]         all explorers on one page, for a hall or a kiosk
#   make bench [NAMES="core"]                     measure the speeds that the project promises
#   make versions [NAMES="oldest"]                test with the oldest and the newest versions
#   make mutants [NAMES="core --count 200"]       plant small faults: do the tests find them?
#   make stress [NAMES="--moves 500"]             10,000 random moves by two hands at once, and
#               [STUDENTS="--students 1 10 30"]   a class of thirty: memory, and waits for a picture
#   make clean                                    remove what these commands made, .venv included
#
# Written for GNU make 3.81 (macOS) and later. Another Python: make lab PYTHON=python3.12

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
PIP := $(RUN) -m pip --disable-pip-version-check install -qq --editable

# A kernel that the reader installed for another project may bear the same name, `python3`.
export JUPYTER_PREFER_ENV_PATH := 1

.PHONY: help lab present test lint notebooks words screenshots pictures handouts slides gallery class bench versions mutants stress clean

help:
	@sed -n '2,/^$$/s/^# \{0,1\}//p' Makefile

# Stamps, so that each command installs only after pyproject.toml has changed.
READER := $(VENV)/.installed-for-readers
WORKER := $(VENV)/.installed-for-work

$(RUN):
	@command -v "$(PYTHON)" >/dev/null || { \
	  echo "There is no $(PYTHON) here. Install Python 3.11 or later (https://www.python.org),"; \
	  echo "or name yours: make $(MAKECMDGOALS) PYTHON=/path/to/python3"; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "convlab needs Python 3.11 or later; $(PYTHON) is `"$(PYTHON)" --version 2>&1`."; \
	  echo "Name a newer one: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@"$(PYTHON)" -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "$(PYTHON) cannot make a virtual environment (on Debian and Ubuntu: apt install python3-venv)."; \
	  exit 1; }

$(READER): $(RUN) pyproject.toml
	@echo "Installing convlab and JupyterLab into $(VENV); the first time this takes a minute or two."
	@$(PIP) ".[lab,present]"
	@touch $@

$(WORKER): $(READER)
	@echo "Installing what the tests need into $(VENV)."
	@$(PIP) ".[lab,present,handouts,gallery,class,zh,test,browser,lint]"
	@touch $@

# Only where it is said on the command line: many systems set a variable of this name.
EDITION := $(if $(findstring command,$(origin LANGUAGE)),$(LANGUAGE))

$(VENV)/.installed-for-edition-%: $(READER)
	@$(PIP) ".[lab,present,$*]"
	@touch $@

lab: $(READER) $(if $(EDITION),$(VENV)/.installed-for-edition-$(EDITION))
	@$(RUN) -m tools.lab $(if $(EDITION),--language=$(EDITION)) $(LAB_ARGS)

present: $(READER)
	@$(RUN) -m tools.present $(or $(LESSON),01) $(LAB_ARGS)

# One run over everything, so that one line at the end says how all of it went: in two processes,
# each file in one of them, those of the browser in the first as long as they last (conftest.py),
# with one thread for numpy's products in each; some sixty kernels read convlab's compiled modules.
test: $(WORKER)
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 PYTHONDONTWRITEBYTECODE= $(RUN) -m pytest -n 2 --dist loadfile --nbval --nbval-current-env --nbval-cell-timeout=120 tests convlab notebooks $(PYTEST_ARGS)

lint: $(WORKER)
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check .
	@$(RUN) -m mypy

notebooks: $(WORKER)
	@$(RUN) -m tools.notebooks $(NAMES)

words: $(WORKER)
	@$(RUN) -m tools.words

handouts: $(WORKER)
	@$(RUN) -m tools.handouts $(NAMES)

gallery: $(WORKER)
	@$(RUN) -m tools.gallery $(NAMES)

slides: $(WORKER)
	@$(RUN) -m tools.slide_pages $(NAMES)

screenshots: $(WORKER)
	@$(RUN) -m tools.screenshots $(NAMES)

pictures: $(WORKER)
	@$(RUN) -m tools.pictures $(NAMES)

class: $(WORKER)
	@$(RUN) -m tools.classroom $(NAMES)

# What is compared with, where it can be installed; what cannot is left out of the plot.
bench: $(WORKER)
	@$(PIP) ".[benchmark]" || echo "OpenCV and JAX are left out."
	@$(RUN) -m benchmarks $(NAMES)

versions: $(WORKER)
	@$(PIP) ".[versions]"
	@$(RUN) -m tools.versions $(NAMES)

mutants: $(WORKER)
	@$(RUN) -m tools.mutants $(NAMES)

stress: $(WORKER)
	@$(RUN) -m tools.monkeys $(NAMES)
	@$(RUN) -m tools.classroom.measure $(STUDENTS)

clean:
	rm -rf $(VENV) .jupyter-run .mutants .versions screenshots handouts .pictures-failed dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find . -name .ipynb_checkpoints -type d -prune -exec rm -rf {} +
