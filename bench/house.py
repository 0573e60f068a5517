"""The house as it stands, as Markdown: what a trip takes, sizes, the longest files and functions. `python -m bench.house`."""

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import networkx as nx

from bench import house_trace

ROOT = Path(__file__).resolve().parent.parent
# The folders whose files are the package `byline`.
FOLDERS = ("api", "schema", "data", "graph")
# A module belongs to the longest of these that it lies in: each folder that holds files, under its import name.
PACKAGES = tuple(
    sorted(
        "byline." + ".".join(init.parent.relative_to(ROOT).parts)
        for folder in FOLDERS
        for init in (ROOT / folder).rglob("__init__.py")
        if any(file.name != "__init__.py" for file in init.parent.glob("*.py"))
    )
)
SHORT = 30
LONGEST = 8
_POLICIES = ("access-control-allow-origin|CORSMiddleware", "compressobj|GZipMiddleware")


@dataclass(frozen=True)
class Function:
    """A function and the lines of its body, the docstring aside."""

    name: str
    lines: int


@dataclass(frozen=True)
class Module:
    """One file: its dotted name, its length, its functions, and the modules of ours that it imports."""

    name: str
    lines: int
    functions: tuple[Function, ...]
    imports: tuple[str, ...]

    @property
    def package(self) -> str:
        """The package that the module belongs to."""
        return package_of(self.name)


def package_of(name: str) -> str:
    """The longest of PACKAGES in which a dotted name lies; its first word where none fits."""
    fits = [package for package in PACKAGES if name == package or name.startswith(f"{package}.")]
    return max(fits, key=len, default=name.split(".")[0])


def modules(folder: str) -> list[Module]:
    """The modules below a folder of the checkout."""
    return [_module(path) for path in sorted((ROOT / folder).rglob("*.py")) if "state" not in path.parts]


def _module(path: Path) -> Module:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    parts = path.relative_to(ROOT).with_suffix("").parts
    name = ".".join(("byline", *parts) if parts[0] in FOLDERS else parts).removesuffix(".__init__")
    return Module(name, text.count("\n"), tuple(_functions(tree, name)), tuple(sorted(set(_imports(tree)))))


def _functions(tree: ast.Module, module: str) -> Iterator[Function]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) is not None else node.body
            lines = (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
            yield Function(f"{module}:{node.name}", lines)


def _imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            # What is imported may be a module itself; package_of takes care of names that are not.
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        yield from (name for name in names if name.startswith("byline."))


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table; all columns but the first are numbers."""
    lines = [heads, ["---", *(["---:"] * (len(heads) - 1))], *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def sizes(ours: Sequence[Module], beside: Sequence[Module]) -> str:
    """Files, lines and functions of each package, then of tests and measurements."""
    groups = [(package, [module for module in ours if module.package == package]) for package in PACKAGES]
    groups += [("all of it", list(ours))]
    groups += [(name, [module for module in beside if module.name.split(".")[0] == name]) for name in ("tests", "bench")]
    return table(["package", "files", "lines", "longest file", "functions", f"under {SHORT} lines"], map(_size, groups))


def _size(group: tuple[str, list[Module]]) -> list[object]:
    name, modules = group
    functions = [function for module in modules for function in module.functions]
    short = sum(function.lines < SHORT for function in functions)
    share = f"{100 * short / len(functions):.1f} %" if functions else "-"
    lengths = [module.lines for module in modules]
    return [
        f"`{name.removeprefix('byline.')}`" if name in PACKAGES else name,
        len(modules),
        sum(lengths),
        max(lengths, default=0),
        len(functions),
        share,
    ]


def longest(ours: Sequence[Module]) -> str:
    """The longest files and the longest function bodies."""
    files = sorted(ours, key=lambda module: (-module.lines, module.name))[:LONGEST]
    functions = sorted((f for module in ours for f in module.functions), key=lambda f: (-f.lines, f.name))[:LONGEST]
    return "\n\n".join(
        (
            table(["longest files", "lines"], [(f"`{_path(module)}.py`", module.lines) for module in files]),
            table(
                ["longest function bodies", "lines"],
                [(f"`{function.name.removeprefix('byline.')}`", function.lines) for function in functions],
            ),
        )
    )


def report() -> str:
    """The whole report."""
    ours = [module for folder in FOLDERS for module in modules(folder)]
    beside = [*modules("tests"), *modules("bench")]
    return "\n\n".join((measured(ours), sizes(ours, beside), longest(ours)))


def measured(ours: Sequence[Module]) -> str:
    """What it takes to follow a query or a record, and what ties files together, beside what it was and what it should be."""
    small, cold, page = house_trace.warm(), house_trace.cold(), house_trace.ingested()
    names = Counter(module.name.rsplit(".", 1)[1] for module in ours if not (ROOT / _path(module) / "__init__.py").exists())
    arms, files = house_trace.dispatch([path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")])
    rows = [
        ["a small query, warm: files / functions / calls", "22 / 71 / 102", " / ".join(map(str, small)), "12 / 50 / 80"],
        ["the same, cold", "36 / 241 / 1,284", " / ".join(map(str, cold)), "24 / 160 / 900"],
        ["one page of 15 papers into a snapshot: files / functions", "88 / 776", " / ".join(map(str, page[:2])), "50 / 450"],
        ["arms and isinstance over parts of plans, outside their own files", "257 in 18 files", f"{arms} in {files} files", "0"],
        ["circles of files that import each other, the types of the schema aside", "8", len(circles(ours)), "0"],
        ["files that write CORS / gzip of responses", "2 / 2", " / ".join(map(str, policies())), "1 / 1"],
        ["names that several files bear", "28", sum(count > 1 for count in names.values()), "stages only"],
    ]
    return table(["measured", "4d2a394", "now", "aim"], rows)


def policies() -> list[int]:
    """How many files of the server write each part of the HTTP policy; a middleware for it counts as one."""
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "api").rglob("*.py")]
    return [sum(bool(re.search(marks, text)) for text in texts) for marks in _POLICIES]


def _path(module: Module) -> str:
    return module.name.removeprefix("byline.").replace(".", "/")


def circles(ours: Sequence[Module]) -> list[set[str]]:
    """Files that import each other, at whatever place; the types of the schema are GraphQL's own circle."""
    graph = nx.DiGraph()
    names = {module.name for module in ours}
    for module in ours:
        for name in module.imports:
            target = name if name in names else name.rsplit(".", 1)[0]
            if target in names and not module.name.startswith("byline.schema.types."):
                graph.add_edge(module.name, target)
    return [circle for circle in nx.strongly_connected_components(graph) if len(circle) > 1]


if __name__ == "__main__":
    print(report())
