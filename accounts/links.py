"""Links with a secret in them: only the hash of a token is kept, and each ends by itself."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from accounts.models import LinkToken


def mint(
    purpose: str,
    *,
    subject: str,
    audience: str,
    expires_at: datetime,
    single_use: bool,
    at: datetime,
    facts: Mapping[str, Any] | None = None,
) -> str:
    """Makes a token and returns its raw text, which nobody can read again.

    `subject` names whose it is ("user:12", "homeowner:3"), `audience` the e-mail address it goes to, `facts` what the
    page needs to know. Call it while the mail is sent, never earlier.
    """
    raw = secrets.token_urlsafe(32)
    LinkToken.objects.create(
        digest=digest_of(raw),
        purpose=purpose,
        subject=subject,
        audience=audience.strip().lower(),
        expires_at=expires_at,
        single_use=single_use,
        created_at=at,
        facts=dict(facts or {}),
    )
    return raw


def find(raw: str, purpose: str, at: datetime) -> LinkToken | None:
    """The living token behind `raw`, or None when it is unknown, of another purpose, used, revoked or too old."""
    return LinkToken.objects.alive(at).filter(digest=digest_of(raw), purpose=purpose).first()


def use(token: LinkToken, at: datetime) -> bool:
    """Claims the token by compare-and-set: of two simultaneous presses of a single-use link one gets True."""
    return bool(LinkToken.objects.alive(at).filter(pk=token.pk).update(used_at=at))


def revoke(*, at: datetime, purpose: str | None = None, subject: str | None = None, audience: str | None = None) -> int:
    """Ends the living tokens that match everything given (at least one) and returns how many they were."""
    wanted = {"purpose": purpose, "subject": subject, "audience": audience and audience.strip().lower()}
    named = {name: value for name, value in wanted.items() if value is not None}
    if not named:
        raise ValueError("revoke() would end every link: name a purpose, a subject or an audience.")
    return LinkToken.objects.filter(revoked_at=None, **named).update(revoked_at=at)


def digest_of(raw: str) -> str:
    """What is kept of a token: 256 random bits need no salt and no slow hash."""
    return hashlib.sha256(raw.encode()).hexdigest()
