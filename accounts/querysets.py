"""Rows of this room in the words of the trade."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from accounts.choices import STAFF_ROLES, Outcome, Role

if TYPE_CHECKING:
    from accounts.models import LinkToken, SignInAttempt, SignInCode, User  # noqa: F401 - in quoted arguments

MOST_TRIES = 3  # of one code


class UserQuerySet(models.QuerySet["User"]):
    """People."""

    def enabled(self) -> "UserQuerySet":
        """May sign in."""
        return self.filter(is_active=True)

    def office(self) -> "UserQuerySet":
        """The developer's own people."""
        return self.filter(role__in=STAFF_ROLES)

    def visible_to(self, user: Any) -> "UserQuerySet":
        """The administrator sees everybody; any other person only themselves."""
        if getattr(user, "role", "") == Role.ADMINISTRATOR:
            return self.all()
        return self.filter(pk=user.pk) if user.pk else self.none()

    def searched(self, words: str) -> "UserQuerySet":
        """Whose name, address or phone holds each word."""
        found = self
        for word in words.split()[:8]:
            found = found.filter(Q(name__icontains=word) | Q(email__icontains=word) | Q(phone__icontains=word))
        return found


class LinkTokenQuerySet(models.QuerySet["LinkToken"]):
    """Mailed links."""

    def alive(self, at: datetime) -> "LinkTokenQuerySet":
        """Neither too old, nor revoked, nor a single-use one that was used."""
        return self.filter(Q(single_use=False) | Q(used_at=None), revoked_at=None, expires_at__gt=at)


class SignInAttemptQuerySet(models.QuerySet["SignInAttempt"]):
    """Tries to sign in."""

    def counted(self, since: datetime) -> "SignInAttemptQuerySet":
        """What fills a throttle: tries that were or may yet be wrong, not those that the throttle itself stopped."""
        return self.filter(at__gt=since, outcome__in=[Outcome.OPEN, Outcome.REFUSED])


class SignInCodeQuerySet(models.QuerySet["SignInCode"]):
    """Requests for a code."""

    def alive(self, at: datetime) -> "SignInCodeQuerySet":
        """May still be tried."""
        return self.filter(used_at=None, expires_at__gt=at, tries__lt=MOST_TRIES)
