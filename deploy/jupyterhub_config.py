"""A class on one server: `make class` starts it for a try, a systemd unit for a term.

    CONVLAB_CLASS_DATA=/srv/class jupyterhub -f deploy/jupyterhub_config.py

In that folder stand ``students.txt`` and, made by the hub, its database, its secrets and one
folder for each student. Nothing needs root; `deploy/README.md` says what that means.
"""

import os
import secrets
import shlex
import sys
from pathlib import Path

DEPLOY = Path(__file__).resolve().parent
PROJECT = DEPLOY.parent
sys.path.insert(0, str(DEPLOY))

import course  # noqa: E402
import kept_proxy  # noqa: E402
import students  # noqa: E402


def setting(name: str, default: str) -> str:
    """Return what the environment says, or the default."""
    return os.environ.get(f"CONVLAB_CLASS_{name}", default)


DATA = Path(setting("DATA", "~/.local/share/convlab-class")).expanduser().resolve()
HOMES = DATA / "students"
PORT, HUB_PORT, PROXY_PORT = setting("PORTS", "8000 8081 8001").split()
MEMORY = setting("MEMORY", "1024")  # MiB, for each process of a student
SECONDS = setting("SECONDS", "3600")  # of computing, for each process
IDLE = setting("IDLE", "3600")  # seconds until the server of a student who went away is stopped

for readable in (PROJECT, Path(sys.prefix), Path(sys.base_prefix)):
    if DATA.is_relative_to(readable):
        raise ValueError(
            f"CONVLAB_CLASS_DATA must lie outside {readable}, which every student may read; "
            f"got {DATA}"
        )

DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
HOMES.mkdir(mode=0o700, exist_ok=True)
names, teachers = students.read(DATA / "students.txt")

c = get_config()  # noqa: F821

# Behind a web server that speaks HTTPS; from elsewhere nobody reaches it.
c.JupyterHub.bind_url = f"http://127.0.0.1:{PORT}"
c.JupyterHub.hub_bind_url = f"http://127.0.0.1:{HUB_PORT}"
c.JupyterHub.db_url = f"sqlite:///{DATA / 'hub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(DATA / "cookie_secret")
# A class comes all at once. That takes a minute on two cores; a limit would turn students away.
c.JupyterHub.concurrent_spawn_limit = 0

token = DATA / "proxy_token"
if not token.exists():
    token.touch(mode=0o600)
    token.write_text(secrets.token_hex(32))
c.JupyterHub.proxy_class = kept_proxy.KeptProxy
c.ConfigurableHTTPProxy.auth_token = token.read_text()
c.ConfigurableHTTPProxy.command = shlex.split(setting("PROXY", "configurable-http-proxy"))
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{PROXY_PORT}"
c.ConfigurableHTTPProxy.pid_file = str(DATA / "proxy.pid")
c.ConfigurableHTTPProxy.check_running_interval = 1  # second, at most, that a dead proxy stays dead

# Who is on the list chooses a password at the first login.
c.JupyterHub.authenticator_class = "firstuseauthenticator.FirstUseAuthenticator"
c.FirstUseAuthenticator.dbm_path = str(DATA / "passwords.dbm")
c.FirstUseAuthenticator.create_users = False
c.JupyterHub.template_vars = {
    "announcement_login": "The first time here? The password you choose now is yours from then on."
}
c.Authenticator.allowed_users = names | teachers
c.Authenticator.admin_users = teachers

c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = str(HOMES / "{username}")
c.Spawner.notebook_dir = str(HOMES / "{username}")
c.Spawner.default_url = "/lab/tree/notebooks/00_start_here.ipynb"
c.Spawner.cmd = [
    *(sys.executable, str(DEPLOY / "fence.py")),
    *("--own", ".", "--read", str(PROJECT)),
    *("--memory", MEMORY, "--seconds", SECONDS, "--"),
    *(sys.executable, str(DEPLOY / "student" / "server.py")),
]
# Fenced, root is root by name only; in a container there may be nobody else.
c.Spawner.args = ["--allow-root"] if os.geteuid() == 0 else []
c.Spawner.start_timeout = c.Spawner.http_timeout = 300  # thirty at once, on two cores
c.Spawner.environment = {
    "CONVLAB_CLASS_DATA": str(DATA),
    "JUPYTER_CONFIG_PATH": str(DEPLOY / "student"),
    "JUPYTER_PREFER_ENV_PATH": "1",
    # Thirty kernels share the cores; threads of their own would only wait for each other.
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    # Memory that is no longer used goes back; 12 MiB for each student with a lesson.
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_TRIM_THRESHOLD_": "131072",
    "MALLOC_TOP_PAD_": "65536",
    "TMPDIR": lambda spawner: str(HOMES / spawner.user.name / ".tmp"),
}


def before_start(spawner):
    """Give a student the lessons, and a place for what programs keep for a while."""
    home = HOMES / spawner.user.name
    course.hand_out(PROJECT / "notebooks", home)
    (home / ".tmp").mkdir(exist_ok=True)


c.Spawner.pre_spawn_hook = before_start

c.JupyterHub.load_roles = [
    {
        "name": "culler",
        "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
        "services": ["culler"],
    }
]
c.JupyterHub.services = [
    {
        "name": "culler",
        "command": [
            *(sys.executable, str(DEPLOY / "with_parent.py")),
            *(sys.executable, "-m", "jupyterhub_idle_culler", f"--timeout={IDLE}"),
        ],
        "environment": {"CONVLAB_CLASS_DATA": str(DATA)},
    }
]
