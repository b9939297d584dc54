"""What the sweep clears away: tries, codes, links and sessions that have had their time."""

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from accounts.models import LinkToken, SignInAttempt, SignInCode

KEEP_ATTEMPTS = timedelta(days=30)
KEEP_ENDED = timedelta(days=90)


def sweep(at: datetime) -> None:
    """Deletes what no rule reads any more; the audit keeps who signed in and who was refused."""
    SignInAttempt.objects.filter(at__lt=at - KEEP_ATTEMPTS).delete()
    SignInCode.objects.filter(expires_at__lt=at - KEEP_ATTEMPTS).delete()
    LinkToken.objects.filter(expires_at__lt=at - KEEP_ENDED).delete()
    Session.objects.filter(expire_date__lt=at).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
