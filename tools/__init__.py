"""For the Makefile and the tests: JupyterLab as a reader meets it, and a hand to drive it."""
