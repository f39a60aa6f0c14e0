"""What the packages' files import, read from their source."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("motp_protocol", "motp_desktop", "motp_verifier", "examples")


@dataclass(frozen=True, slots=True)
class Import:
    """One imported name: `from a.b import c` is `a.b.c`, in `module`, at `line` of `path`."""

    module: str
    name: str
    path: Path
    line: int

    @property
    def place(self) -> str:
        """Where it stands, as editors take it."""
        return f"{self.path.relative_to(ROOT)}:{self.line}"


def source_files(package: str) -> list[Path]:
    """A package's Python files."""
    return sorted((ROOT / package).rglob("*.py"))


def module_name(path: Path) -> str:
    """The dotted name of a file."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def all_imports() -> tuple[Import, ...]:
    """Every import of every package, at whatever depth it stands."""
    return tuple(
        found for package in PACKAGES for path in source_files(package) for found in _in_file(path)
    )


def _in_file(path: Path) -> Iterator[Import]:
    module = module_name(path)
    is_package = path.name == "__init__.py"
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(module, alias.name, path, node.lineno)
        elif isinstance(node, ast.ImportFrom):
            source = _absolute(node, module, is_package=is_package)
            for alias in node.names:
                yield Import(module, f"{source}.{alias.name}", path, node.lineno)


def _absolute(node: ast.ImportFrom, module: str, *, is_package: bool) -> str:
    if not node.level:
        return node.module or ""
    parts = module.split(".")
    keep = len(parts) - node.level + is_package
    return ".".join([*parts[:keep], *([node.module] if node.module else [])])


def lies_in(name: str, prefix: str) -> bool:
    """Whether a dotted name is `prefix` or inside it."""
    return name == prefix or name.startswith(f"{prefix}.")
