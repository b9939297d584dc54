"""What a live session knows about its person, and how sessions end."""

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F, QuerySet

from accounts import codes
from accounts.choices import Role
from accounts.models import User

WORKING_DAY = timedelta(hours=12)
REMEMBERED_PHONE = timedelta(days=90)
FRESH = timedelta(minutes=15)

REMEMBER = "accounts.remember"
PROVED = "accounts.proved-at"
SECOND_FACTOR = "accounts.second-factor"


def lifetime(user: User, *, remembered: bool) -> timedelta:
    """How long a session may live from sign-in on: 90 days on a homeowner's remembered phone, else 12 hours."""
    return REMEMBERED_PHONE if remembered and user.role == Role.HOMEOWNER else WORKING_DAY


def prove(session: SessionBase, *, at: datetime) -> None:
    """Notes that the person has just shown who they are."""
    session[PROVED] = at.timestamp()


def is_fresh(session: SessionBase, *, at: datetime) -> bool:
    """Did the person show who they are in the last 15 minutes?"""
    return 0 <= at.timestamp() - session.get(PROVED, 0) < FRESH.total_seconds()


@transaction.atomic
def end_all(user: User, *, at: datetime) -> None:
    """Ends every session of this person on every device, and every code on its way.

    The raised epoch alone refuses the next request of each; the rows go so that no list shows them.
    """
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    user.refresh_from_db(fields=["session_epoch"])
    codes.end_all(user, at=at)
    _delete(UserSession.objects.filter(user=user))


@transaction.atomic
def end_others(user: User, *, current_key: str | None) -> None:
    """Ends every session of this person but the current one."""
    _delete(UserSession.objects.filter(user=user).exclude(session_key=current_key))


@transaction.atomic
def end_one(user: User, pk: int) -> bool:
    """Ends one session of this person; False when there is none such."""
    return _delete(UserSession.objects.filter(user=user, pk=pk))


def live(user: User, *, at: datetime) -> list[UserSession]:
    """The sessions of this person that still open pages, newest first."""
    rows = UserSession.objects.filter(user=user).order_by("-created_at")
    keys = Session.objects.filter(session_key__in=rows.values("session_key"), expire_date__gt=at)
    return list(rows.filter(session_key__in=keys.values("session_key")))


def _delete(rows: QuerySet[UserSession]) -> bool:
    Session.objects.filter(session_key__in=rows.values("session_key")).delete()
    return bool(rows.delete()[0])
