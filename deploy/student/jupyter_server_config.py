"""Each student's JupyterLab; the folder of this file stands in JUPYTER_CONFIG_PATH.

The same on one server, on Kubernetes and on Binder.
"""

from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]

c = get_config()  # noqa: F821

# No question about news, and every cell stays attached to the page: as in `make lab`.
c.LabApp.app_settings_dir = str(PROJECT / "tools" / "lab_settings")
c.LabApp.default_url = "/lab/tree/notebooks/00_start_here.ipynb"
c.LabApp.extension_manager = "readonly"

# What is not part of the course costs each student 10 MB and a start.
c.ServerApp.terminals_enabled = False

# A lesson that was closed gives its memory back after a quarter of an hour; one that is open in a
# page stays, however long its student listens.
c.MappingKernelManager.cull_idle_timeout = 15 * 60
c.MappingKernelManager.cull_interval = 60
c.MappingKernelManager.cull_connected = False
