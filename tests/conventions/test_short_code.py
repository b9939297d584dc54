"""Tail limits of the style guide; what is aimed at is much shorter."""

import ast

import pytest

from tests.conventions.sources import ROOMS, ROOT, name, python_files, tree

LONGEST_FUNCTION = 60
LONGEST_FILE = 400
LONGEST_TEMPLATE = 160

# Tables of words and numbers, as long as their subject is.
DATA_FOLDERS = {"default_data", "demo"}


def is_data(path):
    return bool(DATA_FOLDERS & set(path.parts))


def length(node):
    """The lines of a function without its docstring."""
    docstring = node.body[0] if ast.get_docstring(node) is not None else None
    words = docstring.end_lineno - docstring.lineno + 1 if docstring else 0
    return node.end_lineno - node.lineno + 1 - words


@pytest.mark.parametrize("room", ROOMS)
def test_functions_are_short(room):
    too_long = [
        f"{name(path)}:{node.lineno} {node.name} has {length(node)} lines"
        for path in python_files(room)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and length(node) > LONGEST_FUNCTION
    ]

    assert too_long == []


@pytest.mark.parametrize("room", ROOMS)
def test_files_are_short(room):
    lengths = {name(path): len(path.read_text().splitlines()) for path in python_files(room) if not is_data(path)}

    assert {path: lines for path, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_templates_are_short():
    lengths = {name(path): len(path.read_text().splitlines()) for path in (ROOT / "templates").rglob("*.html")}

    assert {path: lines for path, lines in lengths.items() if lines > LONGEST_TEMPLATE} == {}
