"""The frame of every page: icons, brand, theme, language, the desk's rail.

Reads settings and the request, never the database.
Works without a request too, so that the error pages can use it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from accounts.choices import DESK_ROLES, STAFF_ROLES, Role
from defects_portal.theme import chosen_theme

register = template.Library()

FALLBACK_ICON = "circle-help"
DARK_MEDIA = {"auto": "screen and (prefers-color-scheme: dark)", "dark": "screen", "light": "not all"}


@register.simple_tag
def asset(path: str) -> str:
    """The address of a static file; also when the hashed manifest is missing, so that an error page keeps its looks."""
    try:
        return static(path)
    except ValueError:
        return f"{settings.STATIC_URL}{path}"


@register.simple_tag
def icon(name: str, size: str = "", extra: str = "") -> SafeString:
    """An icon of static/icons.svg, hidden from screen readers: put words beside it. `size`: "sm", "lg" or nothing."""
    classes = " ".join(filter(None, ["i", f"i-{size}" if size else "", extra]))
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#i-{}"></use></svg>',
        classes,
        asset("icons.svg"),
        name or FALLBACK_ICON,
    )


@register.simple_tag
def product_name() -> str:
    """The name of this installation (setting PRODUCT_NAME)."""
    return str(settings.PRODUCT_NAME)


@register.simple_tag
def brand_mark() -> SafeString:
    """The installation's logo (setting LOGO), else the house drawn in the accent colour. The name stands beside it."""
    if settings.LOGO:
        return format_html('<img class="brand-logo" src="{}" alt="" width="64" height="32">', asset(settings.LOGO))
    return SafeString(
        '<svg class="brand-mark" viewBox="0 0 28 28" aria-hidden="true"><rect width="28" height="28" rx="7"/>'
        '<path d="M8 20V9l6-3.5L20 9v11M11.5 20v-5.5h5V20"/></svg>'
    )


@register.simple_tag(takes_context=True)
def html_attributes(context: Context) -> SafeString:
    """For <html>: the installation's accent and the visitor's theme."""
    return format_html('class="accent-{}" data-bs-theme="{}"', settings.ACCENT, theme(context))


@register.simple_tag(takes_context=True)
def theme(context: Context) -> str:
    """The visitor's choice: auto (follows the system), light or dark."""
    return chosen_theme(context.get("request"))


@register.simple_tag(takes_context=True)
def dark_sheet(context: Context) -> SafeString:
    """The link to the dark values, switched by its media: no flash, no script, never in print."""
    return format_html(
        '<link rel="stylesheet" href="{}" media="{}" data-dark-sheet>',
        asset("css/dark.css"),
        DARK_MEDIA[theme(context)],
    )


@register.simple_tag
def languages() -> list[dict[str, Any]]:
    """The languages to choose from; empty unless the installation lists a few (setting LANGUAGES)."""
    codes = [code for code, _name in settings.LANGUAGES]
    if not 1 < len(codes) <= 12:
        return []
    return [{**get_language_info(code), "is_current": code == get_language()} for code in codes]


@dataclass(frozen=True)
class RailItem:
    """One entry of the desk's rail: the page, its word and icon, and who sees it."""

    url: str
    label: Any
    icon: str
    section: str = ""
    roles: Iterable[Role] = STAFF_ROLES


RAIL = (
    RailItem("/dashboard/", _("Dashboard"), "chart", roles=(Role.MANAGER,)),
    RailItem("/my-day/", _("My day"), "sunrise", roles=DESK_ROLES),
    RailItem("/cases/", _("Cases"), "cases"),
    RailItem("/intake/", _("Reports in"), "inbox"),
    RailItem("/inspections/", _("Inspections"), "calendar"),
    RailItem("/defect-lists/", _("Defect lists"), "list"),
    RailItem("/decisions/", _("Decisions"), "decide"),
    RailItem("/outgoing/", _("Outgoing"), "outgoing"),
    RailItem("/reports/", _("Reports"), "report"),
    RailItem("/units/", _("Homes"), "home", section="registers"),
    RailItem("/homeowners/", _("Homeowners"), "people", section="registers"),
    RailItem("/contractors/", _("Contractors"), "tools", section="registers"),
    RailItem("/settings/", _("Settings"), "gear", section="office", roles=(Role.ADMINISTRATOR,)),
)
RAIL_FOOT = (RailItem("/help/", _("Help"), "ask"),)
"""Stands at the rail's foot."""

RAIL_SECTIONS = {"registers": _("Registers"), "office": _("Administration")}


@register.simple_tag(takes_context=True)
def rail_items(context: Context) -> list[dict[str, Any]]:
    """The rail for this person. Counts come from the context's `rail`: dicts with `url` and `count`."""
    request = context.get("request")
    role = getattr(getattr(request, "user", None), "role", None)
    counts = {row["url"]: row.get("count") for row in context.get("rail") or []}
    here = current_page(request, [item.url for item in (*RAIL, *RAIL_FOOT)])
    items, section = [], ""
    for item in (*RAIL, *RAIL_FOOT):
        if role not in tuple(item.roles):
            continue
        heading = RAIL_SECTIONS.get(item.section, "") if item.section != section else ""
        section = item.section
        items.append(
            {
                "url": item.url,
                "label": item.label,
                "icon": item.icon,
                "heading": heading,
                "count": counts.get(item.url),
                "is_current": item.url == here,
                "is_foot": item in RAIL_FOOT,
            }
        )
    return items


HELP = (
    (r"/my-day/", "my-day"),
    (r"/cases/log/", "log-a-call"),
    (r"/cases/triage/", "triage"),
    (r"/cases/[^/]+/moves/close-out-of-scope/", "not-covered"),
    (r"/cases/[^/]+/moves/", "moves"),
    (r"/cases/[^/]+/(hold|resume|dates)/", "hold-or-ask"),
    (r"/cases/[^/]+/(messages|calls|photo-link|files)/", "updates"),
    (r"/cases/[^/]+/", "accept-and-send"),
    (r"/(cases|find)/", "keyboard"),
    (r"/intake/", "intake"),
    (r"/inspections/", "visits"),
    (r"/(decisions|escalations)/", "decisions"),
    (r"/outgoing/", "outgoing"),
    (r"/units/.+/link/", "report-links"),
    (r"/(units|homeowners)/", "resale"),
)
"""Which how-to belongs to which pages; the first that begins the address answers."""


@register.simple_tag(takes_context=True)
def help_url(context: Context) -> str:
    """Where the question mark of this page leads: to its own how-to, else to all of them."""
    path = getattr(context.get("request"), "path", "")
    return next((f"/help/{slug}/" for pattern, slug in HELP if re.match(pattern, path)), "/help/")


def current_page(request: HttpRequest | None, urls: list[str]) -> str:
    """The one of `urls` that the shown page lies under, or ""."""
    path = getattr(request, "path", "")
    return max((url for url in urls if path.startswith(url)), key=len, default="")
