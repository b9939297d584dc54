"""The filters as chips: those in use with a way to take them off, the frequent others as menus."""

from collections.abc import Collection
from typing import Any

from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases import patterns
from cases.forms import spans
from cases.forms.search import SPANS, CaseSearchForm
from desk.table.links import link

MENUS = ("development", "state", "trade", "priority", "contractor", "ball")
"""Filters that have a menu of their own beside *More filters*."""

TICKED = ("safety", "vulnerable", "reopened", "replies", "contractor_late")
NAMED_AT_MOST = 2

Row = dict[str, Any]


def in_use(form: CaseSearchForm) -> list[Row]:
    """Each filter that narrows the list: its words, and the address without it."""
    asked = form.cleaned_data
    found = [_search(form)] if asked["q"] else []
    for name in form.fields:
        if name not in {"q", "mine", "sort"} and asked[name]:
            label = str(form.fields[name].label)
            words = label if asked[name] is True else _words(form, name)
            found.append({"words": words, "label": f"{label}: {words}", "url": link(form, **{name: None})})
    return found


def _words(form: CaseSearchForm, name: str) -> str:
    if name == "like":
        return patterns.words(form.cleaned_data[name])
    if name in SPANS:
        return f"{form.fields[name].label} {spans.words(form.cleaned_data[name])}"
    return _chosen(form, name)


def _search(form: CaseSearchForm) -> Row:
    words = f"“{form.cleaned_data['q']}”"
    return {"words": words, "label": _("Search: %(words)s") % {"words": words}, "url": link(form, q=None)}


def _chosen(form: CaseSearchForm, name: str) -> str:
    value = form.cleaned_data[name]
    chosen = [value] if isinstance(value, str) else value
    labels = [str(label) for key, label in form.fields[name].choices if key in chosen]  # type: ignore[attr-defined]
    more = len(labels) - NAMED_AT_MOST
    if more > 0:
        labels = [*labels[:NAMED_AT_MOST], ngettext("%(n)d more", "%(n)d more", more) % {"n": more}]
    return ", ".join(labels)


def menus(form: CaseSearchForm) -> list[Row]:
    """Filters not in use that have a menu, each with what else is asked for, to be sent along."""
    asked = form.cleaned_data
    free = [name for name in MENUS if not asked[name] and _is_choice(form, name)]
    return [{"name": name, "field": form[name], "kept": kept(form, but=(name,))} for name in free]


def _is_choice(form: CaseSearchForm, name: str) -> bool:
    return len(form.fields[name].choices) > 1  # type: ignore[attr-defined]


def kept(form: CaseSearchForm, *, but: Collection[str]) -> list[tuple[str, str]]:
    """What is asked for beside these fields, as hidden inputs."""
    found: list[tuple[str, str]] = []
    for name in form.fields:
        value = form.cleaned_data[name]
        if name not in but and value:
            several = value if isinstance(value, list) else [value]
            found += [(name, "1" if one is True else str(one)) for one in several]
    return found


def groups(form: CaseSearchForm) -> dict[str, list[BoundField]]:
    """The fields of the panel *All filters*, as it shows them."""
    several = ("state", "priority", "age", "ball", "development", "block", "trade", "contractor", "officer")
    return {
        "several": [form[name] for name in several if _is_choice(form, name)],
        "one": [form[name] for name in ("clock", "cover", "photo", "video")],
        "ticks": [form[name] for name in TICKED],
    }
