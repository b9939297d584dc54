"""The link of a home (letter, QR code) through which a defect is reported without an account.

Signed unit and link version: printable again at any time, worthless once the version was raised. It carries no right
to read anything.
"""

from datetime import datetime

from django.core import signing
from django.db import transaction
from django.db.models import F

from ledger import audit
from ledger.actors import Actor
from units.models import Development, Unit

SALT = "units.report-link"


def token(unit: Unit) -> str:
    """What stands in `/report/<token>/`: the same text each time until the link is revoked."""
    return _signer().sign(f"{signing.b62_encode(unit.pk)}.{signing.b62_encode(unit.link_version)}")


def unit_of(raw: str) -> Unit | None:
    """The home a token was made for, with its development; None when it was forged or revoked."""
    try:
        key, version = _signer().unsign(raw).split(".")
        found = Unit.objects.filter(pk=signing.b62_decode(key), link_version=signing.b62_decode(version))
    except (signing.BadSignature, ValueError):
        return None
    return found.select_related("development__calendar", "block").first()


def development_of(raw: str) -> Development | None:
    """Where the home of a token stands, also once the token was revoked: whom its holder may call. None when forged."""
    try:
        key, _version = _signer().unsign(raw).split(".")
        found = Development.objects.filter(units=signing.b62_decode(key))
    except (signing.BadSignature, ValueError):
        return None
    return found.select_related("calendar").first()


@transaction.atomic
def revoke(unit: Unit, *, by: Actor, at: datetime, reason: str = "") -> None:
    """Ends every link given out for this home; `token` makes the next one."""
    Unit.objects.filter(pk=unit.pk).update(link_version=F("link_version") + 1)
    old = unit.link_version
    unit.refresh_from_db(fields=["link_version"])
    audit.record(
        "unit.link-revoked",
        by=by,
        at=at,
        about="unit",
        about_id=unit.pk,
        reference=unit.number,
        old={"link_version": old},
        new={"link_version": unit.link_version},
        reason=reason,
    )


def _signer() -> signing.Signer:
    return signing.Signer(salt=SALT, sep=".")
