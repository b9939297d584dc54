"""Cover of real homes: gathers the rows of one unit or many in a fixed number of queries, asks `units.liability`."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import prefetch_related_objects

from units import policies, rules
from units.calendars import WorkingWeek, local_day
from units.choices import Scope
from units.liability import CoverageFacts, Event, Extensions, Verdict, assess
from units.models import HandoverEvent, Policy, PolicyAssignment, Unit


@dataclass(frozen=True)
class UnitCover:
    """What is on file for one unit: its handover events, the policies assigned to it, its working time."""

    unit: Unit
    week: WorkingWeek
    events: Mapping[str, Event]
    assignments: Sequence[PolicyAssignment]

    def policy_on(self, day: date) -> Policy | None:
        """The policy in force on a day: the most specific assignment wins, then the latest."""
        begun = [assignment for assignment in self.assignments if assignment.from_on <= day]
        return max(begun, key=lambda assignment: assignment.rank).policy if begun else None

    def appeal_days(self, day: date) -> int:
        """Days to appeal: the policy's, else the development's."""
        return policies.appeal_days(self.policy_on(day), self.unit.development)

    def reply_days(self, day: date) -> int:
        """Days to confirm a repair before silence counts."""
        return policies.reply_days(self.policy_on(day))

    def assess(
        self,
        *,
        received_at: datetime,
        component_tags: Iterable[str] = (),
        trade_code: str = "",
        element_code: str = "",
        type_code: str = "",
        reported_at: datetime | None = None,
        apparent_on: date | None = None,
        proceedings_on: date | None = None,
        on_handover_list: bool | None = None,
        extensions: Extensions | None = None,
        claimant: str = "",
        is_first_purchaser: bool | None = None,
        is_transfer_notified: bool | None = None,
        scope: str = "",
        at: datetime | None = None,
    ) -> Verdict:
        """The verdict on one fault. Dates count in the development's zone; `received_at` decides, never the logging.

        `reported_at`: when the owner sent it. `at`: the moment from which days left are counted (default: receipt).
        Without selectors the policy's default rule answers: the general cover of the home.
        """
        zone = self.week.zone
        received_on = local_day(received_at, zone)
        facts = CoverageFacts(
            received_on=received_on,
            week=self.week,
            scope=scope or (Scope.COMMON if self.unit.is_common else Scope.UNIT),
            tags=frozenset(component_tags),
            trade=trade_code,
            element=element_code,
            type=type_code,
            events=self.events,
            sent_on=local_day(reported_at, zone) if reported_at else None,
            apparent_on=apparent_on,
            proceedings_on=proceedings_on,
            is_on_handover_list=on_handover_list,
            extensions=extensions or Extensions(),
            claimant=claimant,
            is_first_purchaser=is_first_purchaser,
            is_transfer_notified=is_transfer_notified,
        )
        policy = self.policy_on(received_on)
        return assess(facts, rules.of(policy) if policy else (), on=local_day(at, zone) if at else None)


def load(units: Iterable[Unit]) -> dict[int, UnitCover]:
    """Cover of many units by key, in at most six queries however many there are."""
    found = list(units)
    prefetch_related_objects(found, "development__calendar__holidays")
    events = _events(found)
    assignments = list(
        PolicyAssignment.objects.touching(found).select_related("policy").prefetch_related("policy__rules")
    )
    weeks = {unit.development_id: unit.development.week() for unit in found}
    return {
        unit.pk: UnitCover(
            unit=unit,
            week=weeks[unit.development_id],
            events={**events["development", unit.development_id], **events["unit", unit.pk]},
            assignments=[assignment for assignment in assignments if _concerns(assignment, unit)],
        )
        for unit in found
    }


def of(unit: Unit) -> UnitCover:
    """Cover of one unit; keep it to assess several faults of one home."""
    return load([unit])[unit.pk]


def assess_unit(unit: Unit, **asked: object) -> Verdict:
    """The verdict on one fault of a unit; takes what `UnitCover.assess` takes."""
    return of(unit).assess(**asked)  # type: ignore[arg-type]


def _events(units: list[Unit]) -> Mapping[tuple[str, int], dict[str, Event]]:
    found: dict[tuple[str, int], dict[str, Event]] = defaultdict(dict)
    for row in HandoverEvent.objects.in_force().touching(units).order_by("recorded_at", "pk"):
        place = ("unit", row.unit_id) if row.unit_id else ("development", row.development_id or 0)
        found[place][row.kind] = Event(row.on, row.is_deemed)
    return found


def _concerns(assignment: PolicyAssignment, unit: Unit) -> bool:
    return (
        assignment.unit_id == unit.pk
        or (assignment.block_id is not None and assignment.block_id == unit.block_id)
        or assignment.development_id == unit.development_id
    )
