"""The code of the project, as the convention tests walk it."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# Each line is a floor; a room may import every lower floor, never a neighbour, never above.
LADDER = [
    ["ledger"],
    ["documents"],
    ["outbox"],
    ["accounts"],
    ["catalogue"],
    ["units"],
    ["homeowners", "contractors"],
    ["cases"],
    ["works"],
    ["inspections"],
    ["correspondence"],
    ["portal", "desk", "reporting"],
    ["defects_portal"],
]
ROOMS = [room for floor in LADDER for room in floor if (ROOT / room / "__init__.py").exists()]


def floor_of(room):
    """How high a room stands."""
    return next(height for height, floor in enumerate(LADDER) if room in floor)


@cache
def python_files(room):
    """The Python files of one room, without its migrations."""
    return sorted(path for path in (ROOT / room).rglob("*.py") if "migrations" not in path.parts)


@cache
def tree(path):
    """The syntax tree of one file."""
    return ast.parse(path.read_text(), str(path))


def name(path):
    """The path as a person writes it."""
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else path.name


def imports(path, *, runtime_only=False):
    """(line, module, imported name) for every import of a file, also those inside functions."""
    passed_over = only_for_types(path) if runtime_only else set()
    for node in ast.walk(tree(path)):
        if node in passed_over:
            continue
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, node.module, alias.name) for alias in node.names)


def only_for_types(path):
    """The nodes under `if TYPE_CHECKING:`."""
    blocks = [node for node in ast.walk(tree(path)) if isinstance(node, ast.If) and is_type_checking(node.test)]
    return {inner for block in blocks for inner in ast.walk(block)}


def is_type_checking(test):
    return isinstance(test, ast.Name) and test.id == "TYPE_CHECKING"


def committed_files():
    """Every file that is or would be committed."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, check=False
    )
    if listed.returncode:  # a copy without its history: all but what is never committed
        return [path for path in ROOT.rglob("*") if path.is_file() and not is_by_product(path.relative_to(ROOT))]
    return [ROOT / line for line in listed.stdout.decode().splitlines() if (ROOT / line).is_file()]


def is_by_product(path):
    """Caches, the virtual environment and the data folder."""
    hidden = path.parts[0].startswith(".") and path.parts[0] not in {".ci", ".env.example", ".gitignore"}
    return hidden or path.parts[0] == "var" or "__pycache__" in path.parts
