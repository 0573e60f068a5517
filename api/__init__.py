"""HTTP and the command line: the composition root, the only folder that picks a store."""

import sys
from importlib.util import find_spec
from pathlib import Path


def _first_on_the_path(root: Path) -> None:
    """Put our own folder first where another `data`, `graph` or `schema` stands before it.

    The names are plain words: a script folder on PYTHONPATH that has a data.py would otherwise be taken for ours.
    """
    for name in ("data", "graph", "schema"):
        spec = find_spec(name)
        if spec is None or spec.origin != str(root / name / "__init__.py"):
            sys.path.insert(0, str(root))
            return


_first_on_the_path(Path(__file__).resolve().parents[1])
