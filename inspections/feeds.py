"""A person's own calendar of visits, behind a private address that can be ended and made anew.

Only the hash of the address is kept. What it holds is asked at each call, so it ends with the person's rights.
"""

from datetime import datetime, timedelta

from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _

from accounts import links
from accounts.choices import STAFF_ROLES, Role
from accounts.models import LinkToken, User
from cases.choices import Audience
from cases.models import Case
from contractors.appointments import sites_of
from homeowners.tenures import homes_of
from inspections import entries
from inspections.models import Visit
from inspections.querysets import VisitQuerySet

FEED = "visit-feed"
LIVES = timedelta(days=3650)
BACK, AHEAD = timedelta(days=90), timedelta(days=400)
MOST = 1000
AUDIENCES = {Role.HOMEOWNER: Audience.HOMEOWNER, Role.CONTRACTOR: Audience.CONTRACTOR}


def make(user: User, *, at: datetime) -> str:
    """A new address; the old one ends. Answers the raw token, which nobody can read again."""
    end(user, at=at)
    return links.mint(
        FEED,
        subject=_subject(user),
        audience=user.email,
        expires_at=at + LIVES,
        single_use=False,
        at=at,
        facts={"user": user.pk},
    )


def end(user: User, *, at: datetime) -> int:
    """The address is dead from now on."""
    return links.revoke(purpose=FEED, subject=_subject(user), at=at)


def is_made(user: User, at: datetime) -> bool:
    """Whether an address lives."""
    return LinkToken.objects.alive(at).filter(purpose=FEED, subject=_subject(user)).exists()


def owner_of(raw: str, at: datetime) -> User | None:
    """Whose feed it is; nobody when it ended, the account is disabled, or the person has no home or work left."""
    token = links.find(raw, FEED, at)
    user = User.objects.filter(pk=token.facts["user"], is_active=True).first() if token else None
    if user is None or not _has_rights(user, at):
        return None
    return user


def _has_rights(user: User, at: datetime) -> bool:
    if user.role == Role.HOMEOWNER:
        return bool(homes_of(user, at))
    if user.role == Role.CONTRACTOR:
        return bool(sites_of(user, at))
    return user.role in STAFF_ROLES


def visits_of(user: User, at: datetime) -> VisitQuerySet:
    """The person's own: staff those they come to or whose cases are theirs; all others what they may see."""
    rows = Visit.objects.visible_to(user).taking_time().between(at - BACK, at + AHEAD).for_page()
    if user.role in STAFF_ROLES:
        rows = rows.filter(Q(parties__user=user) | Q(cases__officer=user)).distinct()
    shown = Case.objects.visible_to(user) if user.role == Role.HOMEOWNER else Case.objects.all()
    return rows.prefetch_related(Prefetch("cases", shown.select_related("location").order_by("pk"), to_attr="shown"))


def text(user: User, *, at: datetime) -> str:
    """The calendar as it goes out."""
    audience = AUDIENCES.get(Role(user.role), Audience.STAFF)
    found = []
    for visit in visits_of(user, at)[:MOST]:
        cases: list[Case] = visit.shown  # type: ignore[attr-defined]
        what = "; ".join(f"{case.title} ({case.reference})" for case in cases)
        found.append(entries.entry(visit, audience=audience, what=what, at=at))
    return entries.text(found, method=entries.PUBLISH, name=_("Visits"))


def _subject(user: User) -> str:
    return f"user:{user.pk}"
