"""The house as it stands, as Markdown: sizes, the longest files and functions, who imports whom. `python -m bench.house`."""

import ast
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# A module belongs to the longest of these that it lies in.
PACKAGES = (
    "api", "schema", "data", "byline.data.sources", "byline.data.identify",
    "graph", "byline.graph.query", "byline.graph.nx", "byline.graph.store", "byline.graph.store.columnar", "byline.graph.metrics",
)  # fmt: skip
SHORT = 30
LONGEST = 8


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
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
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
        yield from (name for name in names if name.split(".")[0] in {package.split(".")[0] for package in PACKAGES})


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
    name, found = group
    functions = [function for module in found for function in module.functions]
    short = sum(function.lines < SHORT for function in functions)
    share = f"{100 * short / len(functions):.1f} %" if functions else "-"
    lengths = [module.lines for module in found]
    return [f"`{name}`" if name in PACKAGES else name, len(found), sum(lengths), max(lengths, default=0), len(functions), share]


def longest(ours: Sequence[Module]) -> str:
    """The longest files and the longest function bodies."""
    files = sorted(ours, key=lambda module: (-module.lines, module.name))[:LONGEST]
    functions = sorted((f for module in ours for f in module.functions), key=lambda f: (-f.lines, f.name))[:LONGEST]
    return "\n\n".join(
        (
            table(["longest files", "lines"], [(f"`{module.name}`", module.lines) for module in files]),
            table(["longest function bodies", "lines"], [(f"`{function.name}`", function.lines) for function in functions]),
        )
    )


def matrix(ours: Sequence[Module]) -> str:
    """How many modules of the package in a row import something of the package in a column."""
    seen: Counter[tuple[str, str]] = Counter()
    for module in ours:
        seen.update({(module.package, package_of(name)) for name in module.imports} - {(module.package, module.package)})
    rows = [
        [f"`{importer}`", *("·" if importer == imported else seen[importer, imported] or "" for imported in PACKAGES)]
        for importer in PACKAGES
    ]
    return table(["imports", *(f"`{package}`" for package in PACKAGES)], rows)


def report() -> str:
    """The whole report."""
    ours = [module for folder in ("api", "schema", "data", "graph") for module in modules(folder)]
    beside = [*modules("tests"), *modules("bench")]
    return "\n\n".join((sizes(ours, beside), longest(ours), matrix(ours)))


if __name__ == "__main__":
    print(report())
