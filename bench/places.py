"""Where measurements keep what they make, and the few figures that all of them share."""

import os
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
STATE = Path(os.environ.get("BENCH_STATE", HERE / "state"))
RESULTS = STATE / "results"
TABLES = STATE / "tables"
NODE = STATE / "node"
POSTGRES = STATE / "postgres"
LOAD = STATE / "load"
DOCS = ROOT / "docs"
# Real corpora, beside the checkout: they are no part of the project.
CORPORA = ROOT.parent / "shared" / "corpora"

HOST = "127.0.0.1"
# Byline, the peers and whatever else is started each get a port from here on.
FIRST_PORT = int(os.environ.get("BENCH_PORT", "18400"))

PAPERS, AUTHORS = 100_000, 60_000
SEED = 20
# How many variable sets each query has; the load generator goes through them in turn.
ASKED = 200
QUERIES = ("Q1", "Q2", "Q3", "Q4", "Q5", "Q6")


def there(path: Path) -> Path:
    """A file or a folder of the corpora. Leaves with a line where it is not there."""
    if not path.exists():
        raise SystemExit(
            f"python -m bench: {path} is not there: this is measured on real corpora, which are no part of the project"
        )
    return path
