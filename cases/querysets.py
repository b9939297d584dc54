"""Which rows: the words of the trade for picking cases, events, files, reports and decisions."""

from datetime import datetime, time
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.choices import Role
from cases.choices import CLOSED_STATES, OPEN_STATES, AttachmentRole, DecisionState, ReportState, Status, WorkStage
from homeowners.choices import CONFIRMING_ROLES
from homeowners.tenures import Home, homes_of
from units.querysets import in_scope

if TYPE_CHECKING:
    from accounts.models import User
    from cases.models import Case

AGE_BANDS = ((0, 1), (2, 7), (8, 14), (15, 28), (29, None))
"""Days since received, both ends included (workflow.md section 2)."""

DEFECT_ROLES = (AttachmentRole.BEFORE, AttachmentRole.CAUSE, AttachmentRole.AFTER)
"""Pictures of the defect itself: what a contractor may see."""

SENT_STATES = (Status.WITH_CONTRACTOR, Status.TO_CHECK, Status.AWAITING_HOMEOWNER)
"""States in which a contractor still sees its case."""


OF_THIS_HOME = Q(case__home_since__isnull=True) | Q(added_at__gte=F("case__home_since")) | Q(report_item__isnull=False)
"""Files that did not come to a case while it stood at another home; those of the report itself stay the reporter's."""


def since(home: Home) -> datetime:
    """When this person's tenure began at the home: nothing older of the home is theirs to read."""
    return datetime.combine(home.tenure.from_on, time(), home.unit.development.tz)


def read_since(case: "Case", home: Home) -> datetime:
    """Since when this person may read of a case: the own tenure, without what was said while it stood elsewhere."""
    own = since(home)
    return max(own, case.home_since or own)


def over_time(at: datetime) -> Q:
    """The rule behind "over time" in tables, tiles and queues."""
    late = Q(rectify_due_at__lt=at, is_paused=False) | Q(statutory_due_at__lt=at)
    return late & Q(status__in=[state for state in OPEN_STATES if state != Status.AWAITING_HOMEOWNER])


class CaseQuerySet(models.QuerySet):
    """Cases."""

    def visible_to(self, user: "User") -> Self:
        """What this person may see now; an unknown role sees nothing."""
        if user.role in (Role.OFFICER, Role.MANAGER, Role.ADMINISTRATOR):
            return self.filter(in_scope(user, "development"))
        if user.role == Role.HOMEOWNER:
            return self.filter(self._of_homes(user), is_visible=True).distinct()
        if user.role == Role.CONTRACTOR:
            return self.filter(pk__in=self._with_orders_of(user), status__in=SENT_STATES)
        return self.none()

    def _of_homes(self, user: "User") -> Q:
        """An owner: the home's open cases and those closed in the own tenure; a tenant: those the tenant reported."""
        wanted = Q(pk__in=[])
        for home in homes_of(user, timezone.now()):
            here = Q(unit_id=home.unit.pk)
            if home.role in CONFIRMING_ROLES:
                wanted |= here & (Q(status__in=OPEN_STATES) | Q(closed_at__gte=since(home)))
            else:
                wanted |= here & Q(
                    parties__homeowner_id__in=home.homeowner_ids,
                    parties__until__isnull=True,
                    received_at__gte=since(home),
                )
        return wanted

    def _with_orders_of(self, user: "User") -> models.QuerySet:
        """A contractor: the cases of the work orders that this person sees; the room of orders says which those are."""
        orders = self.model._meta.get_field("work_orders").related_model
        return orders.objects.visible_to(user).order_by().values("case_id")

    def for_page(self) -> Self:
        """With everything that a list row or a headline names."""
        return self.select_related(
            "development",
            "unit",
            "unit__block",
            "location",
            "trade",
            "priority",
            "officer",
            "work_company",
            "defect_type",
        )

    def open(self) -> Self:
        """Not closed."""
        return self.filter(status__in=OPEN_STATES)

    def closed(self) -> Self:
        """Closed, however."""
        return self.filter(status__in=CLOSED_STATES)

    def mine(self, user: "User") -> Self:
        """Cases of this officer."""
        return self.filter(officer=user)

    def overdue(self, at: datetime) -> Self:
        """Open, not paused and past the repair target, or past the statutory date; not while the homeowner decides."""
        return self.filter(over_time(at))

    def news_due(self, at: datetime) -> Self:
        """Open and the promised next news is due."""
        return self.open().filter(update_due_at__lte=at)

    def contractor_late(self, at: datetime) -> Self:
        """With a contractor past the date given to it, or a work order past its date or promise; none in dispute."""
        orders = self.model._meta.get_field("work_orders").related_model
        late = orders.objects.overdue(at).order_by().values("case_id")
        sent = self.filter(Q(work_due_at__lt=at) | Q(pk__in=late), status=Status.WITH_CONTRACTOR)
        return sent.exclude(work_stage=WorkStage.DISPUTED)

    def awaiting_homeowner(self) -> Self:
        """Waiting for the homeowner's confirmation."""
        return self.filter(status=Status.AWAITING_HOMEOWNER)

    def new_defects(self) -> Self:
        """Defects of the building: without the damage that a repair did."""
        return self.filter(damage_of__isnull=True)

    def rework(self) -> Self:
        """Work that a repair made necessary: it was sent back, or it damaged something (workflow.md section 2)."""
        from cases.models import CaseEvent

        sent_back = CaseEvent.objects.moves().filter(case=models.OuterRef("pk"), move="send-back")
        return self.filter(models.Exists(sent_back) | Q(damage_of__isnull=False))


class CaseEventQuerySet(models.QuerySet):
    """Diary rows."""

    def moves(self) -> Self:
        """Status changes, newest last, without those that were corrected."""
        return self.exclude(move="").filter(corrected_by__isnull=True)

    def for_homeowner(self, since: datetime) -> Self:
        """What a homeowner may read: visible rows of the own tenure."""
        return self.filter(is_visible=True, at__gte=since)


class AttachmentQuerySet(models.QuerySet):
    """Evidence files."""

    def visible_to(self, user: "User") -> Self:
        """Files whose case (or unverified report) this person may see; homeowners the visible ones of their tenure."""
        from cases.models import Case

        cases = Case.objects.visible_to(user)
        if user.role in (Role.OFFICER, Role.MANAGER, Role.ADMINISTRATOR):
            scope = in_scope(user, "report_item__report__development")
            return self.filter(Q(case__in=cases) | Q(case__isnull=True) & scope)
        if user.role == Role.CONTRACTOR:
            return self.filter(case__in=cases, file__kind="image", role__in=DEFECT_ROLES)
        if user.role == Role.HOMEOWNER:
            return self.filter(self._of_tenures(user), case__in=cases)
        return self.none()

    def _of_tenures(self, user: "User") -> Q:
        wanted = Q(pk__in=[])
        for home in homes_of(user, timezone.now()):
            wanted |= Q(case__unit_id=home.unit.pk, is_visible=True, added_at__gte=since(home))
        return wanted & OF_THIS_HOME

    def pictures(self) -> Self:
        """Photos."""
        return self.filter(file__kind="image")


class ReportQuerySet(models.QuerySet):
    """Reports."""

    def visible_to(self, user: "User") -> Self:
        """Staff by scope; a homeowner the own reports of homes still held."""
        if user.role in (Role.OFFICER, Role.MANAGER, Role.ADMINISTRATOR):
            return self.filter(in_scope(user, "development"))
        if user.role == Role.HOMEOWNER:
            wanted = Q(pk__in=[])
            for home in homes_of(user, timezone.now()):
                wanted |= Q(unit_id=home.unit.pk, reporter_id__in=home.homeowner_ids, received_at__gte=since(home))
            return self.filter(wanted)
        return self.none()

    def to_verify(self) -> Self:
        """Nobody established yet who reported."""
        return self.filter(state=ReportState.UNVERIFIED)


class SignOffQuerySet(models.QuerySet):
    """Signatures."""

    def visible_to(self, user: "User") -> Self:
        """Staff by scope; of a home whoever may speak for it and held it on that day."""
        if user.role in (Role.OFFICER, Role.MANAGER, Role.ADMINISTRATOR):
            return self.filter(in_scope(user, "unit__development"))
        wanted = Q(pk__in=[])
        if user.role == Role.HOMEOWNER:
            for home in homes_of(user, timezone.now()):
                if home.role in CONFIRMING_ROLES:
                    wanted |= Q(unit_id=home.unit.pk, at__gte=since(home))
        return self.filter(wanted)


class DecisionQuerySet(models.QuerySet):
    """Requests for a manager's decision."""

    def visible_to(self, user: "User") -> Self:
        """Staff by scope."""
        if user.role in (Role.OFFICER, Role.MANAGER, Role.ADMINISTRATOR):
            return self.filter(in_scope(user, "case__development"))
        return self.none()

    def waiting(self) -> Self:
        """Not answered yet, oldest first."""
        return self.filter(state=DecisionState.WAITING).order_by(F("due_at").asc(nulls_last=True), "pk")

    def answered(self) -> Self:
        """Answered by a manager; not those that ended with their case."""
        return self.exclude(state__in=[DecisionState.WAITING, DecisionState.ENDED])
