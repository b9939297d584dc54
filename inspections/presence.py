"""People on site tick themselves and each other in; a wrong tick is taken back while the visit lasts."""

from django.db import transaction
from django.utils.translation import gettext as _

from cases.evidence import MoveRefused
from inspections import attendance
from inspections.choices import Attendance, PartyKind, VisitState
from inspections.findings import Act
from inspections.models import VisitParty
from ledger import audit


@transaction.atomic
def say(party: VisitParty, *, is_here: bool, act: Act, name: str = "") -> None:
    """This party is here, or was ticked by mistake. `name`: who came of a company that had named nobody."""
    if is_here:
        attendance.arrived(party, by=act.by, at=act.made_at)
    else:
        _take_back(party)
    written = name.strip()[:120]
    if written and party.kind == PartyKind.COMPANY and party.contact_id is None and party.company:
        party.name = f"{written} ({party.company.short_name})"[:120]
        VisitParty.objects.filter(pk=party.pk).update(name=party.name)
    audit.record(
        "visit.attendance",
        by=act.by,
        at=act.at,
        about="visit",
        about_id=party.visit_id,
        reference=party.visit.reference,
        new={"party": party.pk, "here": is_here, "name": party.name},
    )


def _take_back(party: VisitParty) -> None:
    if party.visit.state != VisitState.BOOKED:
        raise MoveRefused(_("This visit is answered for already."))
    VisitParty.objects.filter(pk=party.pk).update(attendance=Attendance.UNKNOWN, attended_at=None)
    party.refresh_from_db(fields=["attendance", "attended_at"])
