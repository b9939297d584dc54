"""The counters equal the cases, whatever changed them and whenever one looks."""

from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from django.db import connection, transaction
from django.db.models import Sum
from django.http import QueryDict
from django.utils import timezone

from cases import duties
from cases.aging import BANDS
from cases.choices import OPEN_STATES
from cases.counters import reading, triggers, upkeep
from cases.counters.reading import CLOCKS, numbers, total
from cases.evidence import MoveRefused
from cases.forms.search import CaseSearchForm
from cases.models import Case, CaseCount, CountCheck
from cases.models.case import OPEN
from ledger import audit
from ledger.actors import SYSTEM
from ledger.models import AuditEntry
from tests.factories.cases import REPORTED_AT, a_fault, fresh, make_case, make_report, make_world, walk
from tests.factories.units import make_development, make_unit

pytestmark = [pytest.mark.database, pytest.mark.django_db]

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
STEPS = (
    "start-review", "accept", "accept-and-send", "report-done", "ask-sign-off", "send-back", "confirm", "not-right",
    "close-complete", "close-other", "take-back", "reopen",
)  # fmt: skip


@pytest.fixture
def world(defaults):
    return make_world()


def form_of(user, at, query=""):
    form = CaseSearchForm(QueryDict(f"mine=all&{query}"), user=user, at=at)
    assert form.is_valid()
    return form


def counted(user, at, **narrowed):
    rows = CaseCount.objects.filter(status__in=OPEN_STATES, **narrowed)
    cases = Case.objects.open().filter(**narrowed)
    return total(numbers(rows, cases, zones=form_of(user, at).zones, at=at))


def found(user, at):
    """The same numbers, row by row."""
    cases = Case.objects.visible_to(user)
    asked = {"all": ""} | {name: f"age={name.replace('+', '%2B')}" for name in BANDS}
    asked |= {name: f"clock={name}" for name in CLOCKS}
    return Counter({name: form_of(user, at, query).filter(cases).count() for name, query in asked.items()})


def shuffle(random, world, others, at):
    """One change of one case, by a verb where one fits, else straight in the table."""
    case = fresh(random.choice(list(Case.objects.order_by("pk"))))
    if random.random() < 0.5:
        with suppress(MoveRefused):  # most moves do not fit
            walk(case, random.choice(STEPS), world=world, at=at, by=world.actor(random.choice(["amira", "mo"])))
        return
    rows = Case.objects.filter(pk__gte=case.pk) if random.random() < 0.3 else Case.objects.filter(pk=case.pk)
    moment = at + timedelta(minutes=random.randint(-40 * 24 * 60, 15 * 24 * 60))
    rows.update(
        **random.choice(
            [
                {"received_at": moment},
                {"rectify_due_at": moment},
                {"statutory_due_at": moment},
                {"officer": None},
                {"update_due_at": moment},
                {"statutory_due_at": None},
                {"is_paused": True},
                {"is_paused": False},
                {"development": others[0], "unit": others[1]},
                {"officer": world.mo},
                {"fault": "Else"},
            ]
        )
    )


@pytest.mark.parametrize("seed", range(3))
def test_after_any_changes_each_number_equals_its_rows(world, seed):
    random = Random(seed)
    london = make_development(code="ELM", zone="America/St_Johns", default_officer=world.amira)
    others = (london, make_unit(development=london, number="6 Elm"))
    make_report(world=world, faults=[a_fault() for _ in range(6)])
    for number in range(40):
        at = REPORTED_AT + number * 7 * HOUR
        shuffle(random, world, others, at)
        if number % 8 == 0:
            for moment in (at, at + random.randint(1, 72) * HOUR):
                assert counted(world.mo, moment) == found(world.mo, moment)
        if number == 20:
            upkeep.fold(at=at)

    assert upkeep.recount(at=at) == 0
    assert counted(world.mo, at, officer=world.amira)["all"] == Case.objects.open().filter(officer=world.amira).count()


def test_the_day_that_is_half_gone_is_exact_to_the_second(world):
    case = make_case(world=world)
    due = REPORTED_AT + 3 * DAY + timedelta(hours=1, seconds=17)
    second = timedelta(seconds=1)
    Case.objects.update(rectify_due_at=due, statutory_due_at=None, update_due_at=due)

    assert [counted(world.mo, due + n * second)["over"] for n in (-1, 0, 1)] == [0, 0, 1]
    assert [counted(world.mo, due + n * second)["news"] for n in (-1, 0, 1)] == [0, 1, 1]
    assert found(world.mo, due + second)["over"] == 1
    for paused, statutory in ((True, None), (True, due - DAY), (False, due - DAY), (False, due + DAY)):
        Case.objects.filter(pk=case.pk).update(is_paused=paused, statutory_due_at=statutory)
        for hours in range(-60, 60, 7):
            at = due + hours * HOUR
            assert counted(world.mo, at) == found(world.mo, at)


def test_folding_leaves_one_row_a_key_and_the_same_numbers(world):
    make_report(world=world, faults=[a_fault() for _ in range(4)])
    Case.objects.update(received_at=REPORTED_AT - 200 * DAY)
    Case.objects.filter(pk=Case.objects.first().pk).update(received_at=REPORTED_AT - 100 * DAY)
    before = counted(world.mo, REPORTED_AT)
    upkeep.fold(at=REPORTED_AT)

    assert CaseCount.objects.filter(kind="received").count() == 1
    assert counted(world.mo, REPORTED_AT) == before == found(world.mo, REPORTED_AT)
    assert upkeep.recount(at=REPORTED_AT) == 0


def test_what_went_wrong_is_corrected_and_audited_once_a_day(world):
    make_case(world=world)
    at = timezone.now()
    CaseCount.objects.filter(kind="received").delete()
    CaseCount.objects.create(kind="over", development=world.development, status="new", day=at.date(), n=7)
    duties.sweep(at=at)

    assert counted(world.mo, at) == found(world.mo, at)
    assert CountCheck.objects.get().corrected == 2
    assert AuditEntry.objects.filter(action="counters.corrected").count() == 1
    CaseCount.objects.all().delete()
    duties.sweep(at=at + HOUR)
    assert counted(world.mo, at)["all"] == 0
    duties.sweep(at=at + DAY)
    assert counted(world.mo, at + DAY)["all"] == found(world.mo, at + DAY)["all"]


def test_other_clocks_at_a_development_count_its_cases_anew(world):
    make_case(world=world, at=datetime(2026, 3, 3, 20, tzinfo=UTC))
    at = REPORTED_AT + DAY
    upkeep.sweep(at=at)
    world.development.zone = "America/New_York"
    world.development.save()
    what = {"old": {"zone": "Asia/Kuala_Lumpur"}, "new": {"zone": "America/New_York"}}
    audit.record("development.changed", by=SYSTEM, at=at, about="development", about_id=world.development.pk, **what)
    upkeep.sweep(at=at + HOUR)

    assert upkeep.recount(at=at) == 0
    days = CaseCount.objects.filter(kind="new").values_list("day").annotate(n=Sum("n"))
    assert {f"{day}": n for day, n in days if n} == {"2026-03-03": 1}


def test_many_rows_are_folded_by_the_sweep(world, monkeypatch):
    make_case(world=world)
    monkeypatch.setattr(upkeep, "MANY", 10)
    for number in range(30):
        Case.objects.update(received_at=REPORTED_AT - number % 2 * DAY)
    upkeep.sweep(at=REPORTED_AT)

    assert CaseCount.objects.count() < 15


def test_an_undone_change_counts_nothing(world):

    make_case(world=world)
    before = CaseCount.objects.count()
    with transaction.atomic():
        Case.objects.update(received_at=REPORTED_AT - 9 * DAY)
        transaction.set_rollback(True)

    assert CaseCount.objects.count() == before


def test_installing_again_changes_nothing_and_counts_what_came_before_the_triggers(world):
    make_case(world=world)
    before = CaseCount.objects.count()
    assert triggers.missing(connection) == set()
    triggers.install_after_migrate(sender=None)

    assert CaseCount.objects.count() == before


def test_news_of_the_half_day_are_counted_in_an_index_alone():
    """A tenth of all open cases may fall due on one day: fetching their rows took half a second at a million."""
    (index,) = [index for index in Case._meta.indexes if index.name == "cases_case_by_news"]
    read = {name.split("__")[0] for name, _value in reading._news(REPORTED_AT, REPORTED_AT).children}

    assert index.condition == OPEN
    assert read - {"closed_at"} == {index.fields[0]}
    assert {"officer", "development", "id"} <= set(index.fields)
