"""Addresses of the table with other filters, for the parts of its page that lead to them."""

from typing import Any

from django.utils.translation import gettext as _

from cases.forms.search import EVERYBODY, MINE, SORTS, CaseSearchForm
from units.pages import Page

Row = dict[str, Any]


def link(form: CaseSearchForm, **changes: Any) -> str:
    """The table with these filters changed. Asking for nothing at all is said in so many words: *Clear*."""
    query = form.query(**changes)
    return f"?{query}" if query else "?clear"


def whose(form: CaseSearchForm, *, here: str, other: str) -> list[Row]:
    """The switch Mine/All with the numbers of both sides."""
    mine, everybody = (here, other) if form.is_mine else (other, here)
    return [
        {"words": _("Mine"), "n": mine, "url": link(form, mine=MINE), "is_current": form.is_mine},
        {"words": _("All"), "n": everybody, "url": link(form, mine=EVERYBODY), "is_current": not form.is_mine},
    ]


def views(form: CaseSearchForm) -> list[Row]:
    """The person's saved views."""
    here = form.query()
    return [
        {
            "name": option.label,
            "url": f"?{option.row}",
            "is_current": option.row == here,
            "is_default": option.note.casefold() in {"1", "true"},
        }
        for option in form.options.get("view", [])
    ]


def sorts(form: CaseSearchForm) -> dict[str, Row]:
    """The columns that the list can be sorted by."""
    now = form.cleaned_data["sort"] or "clock"
    return {
        name: {"url": link(form, sort=name if name != "clock" else None), "is_current": name == now} for name in SORTS
    }


def neighbours(form: CaseSearchForm, page: Page) -> Row:
    """The pages before and after this one."""
    kept = form.query()
    start = f"?{kept}&" if kept else "?"
    return {
        "previous": f"{start}before={page.previous}" if page.previous else "",
        "next": f"{start}after={page.next}" if page.next else "",
    }
