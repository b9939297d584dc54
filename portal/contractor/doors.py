"""How a company comes to a defect list: with its account, or by the signed link of the list. The pages are the same.

A link is no sign-in: it opens one list, and each answer by it asks for a name. GET shows, POST acts (behaviours W2).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from accounts.access import actor_of, allow, client_address, public
from accounts.choices import Role
from documents.models import StoredFile
from ledger.actors import Actor
from works import list_links
from works.list_links import OpenedList
from works.models import DefectList, WorkOrder
from works.querysets import WorkOrderQuerySet

NAME = "your_name"
LONGEST_NAME = 80
REASON = "Signed link of a defect list: opens that list alone, for its company"

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Door:
    """One company before one of its lists."""

    defect_list: DefectList
    at: datetime
    key: str
    actor: Actor
    link: OpenedList | None = None

    @property
    def asks_name(self) -> bool:
        """A link names nobody."""
        return self.link is not None

    def by(self, name: str = "") -> Actor:
        """Who acts: the account, or whoever wrote this name on the page of the link."""
        known = name.strip()[:LONGEST_NAME]
        return replace(self.actor, name=known) if self.link and known else self.actor

    @property
    def holder(self) -> str:
        """To whom the hidden values of kept pictures are bound."""
        return f"link:{self.link.token.pk}" if self.link else f"user:{self.by().user_id}"

    def url(self, name: str, *args: Any) -> str:
        """The address of a page of this list, through this door."""
        return reverse(f"link_{name}" if self.link else name, args=[self.key, *args])

    def orders(self) -> WorkOrderQuerySet:
        """What the company may read and answer now."""
        return WorkOrder.objects.shown().filter(
            lines__list=self.defect_list, lines__until_revision__isnull=True, company=self.defect_list.company
        )

    def order(self, reference: str) -> WorkOrder:
        """One of them; 404 for every other."""
        number = reference.upper().removeprefix("WO-")
        row = self.orders().for_page().filter(number=int(number)).first() if _is_number(number) else None
        if row is None:
            raise Http404
        return row

    def kept_files(self) -> Any:
        """Files that were sent through this door and are on no case yet."""
        by = self.by()
        mine = StoredFile.objects.filter(attachments__isnull=True, stored_by_id=by.user_id)
        return mine.filter(stored_by_name=by.name) if self.link else mine


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) < 10


def by_account(view: View) -> View:
    """A person of the company, signed in, before a list of the own company where it is appointed."""

    @allow(Role.CONTRACTOR)
    @never_cache
    @wraps(view)
    def opened(request: HttpRequest, reference: str, **rest: Any) -> HttpResponseBase:
        found = find(request.user, reference)
        if found is None:
            raise Http404
        door = Door(found, timezone.now(), found.reference, actor_of(request))
        return view(request, door, **rest)

    return opened


def by_link(view: View) -> View:
    """Whoever holds the link of a list."""

    @public(reason=REASON)
    @never_cache
    @wraps(view)
    def opened(request: HttpRequest, token: str, **rest: Any) -> HttpResponseBase:
        at = timezone.now()
        link = list_links.open_link(token, at=at)
        if link is None:
            return TemplateResponse(request, "portal/contractor/link_ended.html", {}, status=404)
        company = link.actor(link.defect_list.company.short_name, address=client_address(request))
        door = Door(link.defect_list, at, token, company, link)
        return view(request, door, **rest)

    return opened


def find(user: Any, reference: str) -> DefectList | None:
    """A list that this account may see, by its reference."""
    number = reference.upper().removeprefix("DL-")
    rows = DefectList.objects.visible_to(user).for_page()
    return rows.filter(number=int(number)).first() if _is_number(number) else None
