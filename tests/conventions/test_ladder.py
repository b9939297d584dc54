"""Imports only go down: between rooms, and inside a room from views towards choices."""

from functools import cache

import pytest

from tests.conventions.sources import LADDER, ROOMS, ROOT, floor_of, imports, name, python_files

# Inside a room a module may not import one that stands later here. A module that is not named is "words" when it
# knows no model (plain rules over values, which models may use), else it holds verbs.
ORDER = ["choices", "words", "models", "verbs", "tasks", "forms", "views"]
PAGE_ROOMS = {
    "desk",
    "portal",
    "reporting",
    "defects_portal",
}  # no verbs of their own: what pages are cut into has no rank
KIND_OF_MODULE = {
    "choices": "choices",
    "querysets": "models",
    "models": "models",
    "tasks": "tasks",
    "forms": "forms",
    "views": "views",
    "urls": "views",
    "admin": "views",
    "templatetags": "views",
    "management": "views",
}


def room_of(module):
    """The room that a dotted module belongs to, or empty."""
    first = module.split(".")[0]
    return first if first in ROOMS else ""


def wrong_ends(room, path):
    """Imports of a neighbour or of a floor above."""
    for line, module, _ in imports(path):
        other = room_of(module)
        if other and other != room and floor_of(other) >= floor_of(room):
            yield f"{name(path)}:{line} ({room}) imports {module}, which is not below it"


def target(module, imported):
    """The file an import reaches: `from cases import views` and `from cases.views import x` both cases/views.py."""
    for dotted in (f"{module}.{imported}", module):
        base = ROOT.joinpath(*dotted.split("."))
        for path in (base.with_suffix(".py"), base / "__init__.py"):
            if path.exists():
                return path
    return ROOT / module.split(".")[0] / "__init__.py"


def kind_of(path):
    """What a module inside a room is."""
    if path.relative_to(ROOT).parts[0] in PAGE_ROOMS:
        return kind_of_name(path)
    return kind_of_name(path) or ("verbs" if knows_models(path) else "words")


@cache
def knows_models(path):
    """Whether a module imports rows of any room, itself or through another module of its room."""
    for _, module, imported in imports(path, runtime_only=True):
        if not room_of(module):
            continue
        other = target(module, imported)
        if kind_of_name(other) in {"models", "forms", "views", "tasks"}:
            return True
        if room_of(module) == path.relative_to(ROOT).parts[0] and other != path and knows_models(other):
            return True
    return False


def kind_of_name(path):
    """What a module is by its name alone; empty when the name does not say."""
    parts = [*path.relative_to(ROOT).parts[1:-1], path.stem]
    return next((KIND_OF_MODULE[part] for part in parts if part in KIND_OF_MODULE), "")


def test_every_room_stands_on_the_ladder():
    made = {path.parent.name for path in ROOT.glob("*/apps.py")}

    assert made - {room for floor in LADDER for room in floor} == set()


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_lower_floors(room):
    assert [end for path in python_files(room) for end in wrong_ends(room, path)] == []


@pytest.mark.parametrize("room", ROOMS)
def test_inside_a_room_imports_go_down_too(room):
    wrong = []
    for path in python_files(room):
        kind = kind_of(path)
        for line, module, imported in imports(path, runtime_only=True):
            other = kind_of(target(module, imported)) if room_of(module) == room else ""
            if kind and other and ORDER.index(other) > ORDER.index(kind) and path.name != "apps.py":
                wrong.append(f"{name(path)}:{line} ({kind}) imports {module} {imported} ({other})")

    assert wrong == []


def test_a_wrong_import_is_named_with_both_ends(tmp_path):
    wrong = tmp_path / "audit.py"
    wrong.write_text("def late():\n    from cases.models import Case\n")

    (end,) = wrong_ends("ledger", wrong)

    assert end == "audit.py:2 (ledger) imports cases.models, which is not below it"
