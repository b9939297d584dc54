"""Printing the report link: a letter for one home, sheets of cards for a block."""

import re
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, Q
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import SignedInRequest, allow
from accounts.choices import DESK_ROLES
from accounts.papers import ask
from homeowners.papers import CARDS, LETTER, MOST_CARDS
from homeowners.views import homes
from units.choices import UnitKind
from units.models import Block, Development

PLACE = re.compile(r"(?P<kind>block|development)-(?P<key>[0-9]{1,15})-(?P<part>[1-9][0-9]{0,3})")


@allow(*DESK_ROLES)
@require_POST
def unit_link_pdf(request: SignedInRequest, code: str, number: str) -> HttpResponseRedirect:
    """The letter of one home."""
    unit = homes.find(request, code, number)
    return ask(request, LETTER, subject="unit", subject_id=unit.pk)


@dataclass(frozen=True)
class Stack:
    """Cards that come in one PDF: the homes of a block or of a whole development, or a part of them."""

    place: str
    label: str


@allow(*DESK_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def link_cards(request: SignedInRequest) -> HttpResponse:
    """Choose a block (or a whole development) and get its cards."""
    if request.method == "POST":
        return _ask_cards(request)
    homes_in = Count("units", filter=Q(units__kind=UnitKind.HOME))
    blocks = Block.objects.annotate(homes=homes_in).order_by("name")
    developments = Development.objects.visible_to(request.user).annotate(homes=homes_in)
    context = {
        "places": [
            {"development": row, "stacks": [*stacks_of(row), *_of_blocks(row)]}
            for row in developments.prefetch_related(Prefetch("blocks", queryset=blocks))
        ],
        "title": _("Report cards"),
        "crumbs": [homes.crumb_to_homes()],
    }
    return TemplateResponse(request, "units/link_cards.html", context)


def _of_blocks(development: Development) -> list[Stack]:
    return [stack for block in development.blocks.all() for stack in stacks_of(block)]


def stacks_of(place: Any) -> list[Stack]:
    """One button for each PDF that the homes of a place need; none where there is no home."""
    kind, name = ("block", place.name) if isinstance(place, Block) else ("development", _("All homes"))
    parts = -(-place.homes // MOST_CARDS)
    return [
        Stack(f"{kind}-{place.pk}-{part}", f"{name} ({part}/{parts})" if parts > 1 else name)
        for part in range(1, parts + 1)
    ]


def _ask_cards(request: SignedInRequest) -> HttpResponseRedirect:
    found = PLACE.fullmatch(request.POST.get("place", ""))
    if found is None:
        raise Http404
    key, part = int(found["key"]), int(found["part"])
    if found["kind"] == "block":
        block = get_object_or_404(Block.objects.visible_to(request.user), pk=key)
        about = {"block": block.pk, "part": part}
        return ask(request, CARDS, subject="development", subject_id=block.development_id, parameters=about)
    development = get_object_or_404(Development.objects.visible_to(request.user), pk=key)
    return ask(request, CARDS, subject="development", subject_id=development.pk, parameters={"part": part})
