"""Many cases: one estate made row by row, the others inside the database, and every one of them a valid one."""

from datetime import timedelta
from random import Random

import pytest
from django.core import management
from django.db import connection
from django.db.models import Count, F, Min
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from cases.choices import Status
from cases.counters import upkeep
from cases.models import Case, CaseEvent, CaseParty, Message, Report
from defects_portal.demo import bulk, estates, multiply, people, places, stories
from homeowners.models import Homeowner, Tenure
from ledger import references
from units.models import Block, Development, Unit

pytestmark = [pytest.mark.django_db, pytest.mark.database]

NOW = timezone.now()
ESTATES, SIZE, REST = 4, 23, 3


@pytest.fixture
def office(defaults):
    """Who is there before: staff, developments, companies."""
    staff = places.make_staff()
    developments = places.make_places(staff, at=NOW - timedelta(days=500), now=NOW)
    places.make_companies(developments, at=NOW)
    return staff


@pytest.fixture
def many(office, monkeypatch):
    """Four estates, three of them copies, and what is left over."""
    monkeypatch.setattr(bulk, "BLOCK", 24)
    bulk.make(ESTATES * SIZE + REST, now=NOW, random=Random(1))
    return office


def codes():
    return [estates.code(index) for index in range(ESTATES)]


@pytest.mark.usefixtures("many")
def test_there_are_exactly_so_many_each_with_its_own_reference():
    assert Case.objects.count() == ESTATES * SIZE + REST
    for code in codes()[1:]:
        found = set(Case.objects.filter(development__code=code).values_list("reference", "reference_key"))
        assert found == {(f"{code}-{n}", f"{code}{n}".lower()) for n in range(1, SIZE + 1)}
    numbers = list(Report.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, ESTATES * SIZE + REST + 1))


@pytest.mark.usefixtures("many")
def test_what_hangs_together_stays_together():
    connection.check_constraints()
    for rows in (
        Case.objects.exclude(unit__development=F("development")),
        Case.objects.exclude(report_item__report__unit=F("unit")),
        Case.objects.exclude(officer__email="amira@demo.example").exclude(
            officer__staff_scopes__development=F("development")
        ),
        Report.objects.exclude(reporter__tenures__unit=F("unit")),
        Report.objects.exclude(reporter_phone=F("reporter__phone")),
        Report.objects.exclude(reporter_email=F("reporter__email")),
        CaseParty.objects.exclude(homeowner=F("case__report_item__report__reporter")),
        CaseEvent.objects.filter(message__isnull=False).exclude(message__case=F("case")),
        Unit.objects.filter(block__isnull=False).exclude(block__development=F("development")),
    ):
        assert not rows.exists(), rows.model


@pytest.mark.usefixtures("many")
def test_each_case_has_three_events_one_message_one_verdict():
    counted = Case.objects.annotate(
        talks=Count("messages", distinct=True),
        told=Count("events", distinct=True),
        cover=Count("verdicts", distinct=True),
    )
    assert set(counted.values_list("talks", "told", "cover")) == {(1, 3, 1)}
    assert Case.objects.open().filter(clocks=None).count() == 0
    assert Case.objects.closed().exclude(clocks=None).count() == 0


@pytest.mark.usefixtures("many")
def test_copies_count_like_cases_that_came_one_by_one():
    assert upkeep.check(at=NOW) == 0


@pytest.mark.usefixtures("many")
def test_triggers_fire_again_after_the_copies():
    case = Case.objects.latest("pk")
    Case.objects.filter(pk=case.pk).update(officer=None)

    assert upkeep.check(at=NOW) == 0
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SHOW session_replication_role")
            assert cursor.fetchone() == ("origin",)


@pytest.mark.usefixtures("many")
def test_people_and_homes_are_new_in_each_estate():
    made = Homeowner.objects.filter(email__contains=".q")
    assert made.count() == ESTATES * max(1, SIZE // estates.CASES_A_HOME)
    for column in ("email", "phone", "public_id"):
        assert made.order_by().values(column).distinct().count() == made.count(), column
    assert Tenure.objects.filter(homeowner__in=made).order_by().values("unit").distinct().count() == made.count()
    assert Block.objects.filter(development__code__in=codes()).count() == ESTATES
    assert User.objects.filter(email__startswith="officer0.q").count() == ESTATES


@pytest.mark.usefixtures("many")
def test_a_copy_is_a_few_minutes_older_than_its_pattern():
    first, second = (Case.objects.filter(development__code=code).order_by("pk").first() for code in codes()[:2])
    assert first.received_at - second.received_at == timedelta(minutes=7)
    assert first.events.aggregate(at=Min("at"))["at"] - second.events.aggregate(at=Min("at"))["at"] == timedelta(
        minutes=7
    )
    assert (first.status, first.fault) == (second.status, second.fault)


@pytest.mark.usefixtures("many")
def test_numbers_and_keys_go_on_behind_the_copies():
    assert references.next_number("R") == ESTATES * SIZE + REST + 1
    assert references.next_number(codes()[3]) == SIZE + 1
    case = Case.objects.latest("pk")
    message = Message.objects.create(case=case, words="New", author_name="Amira", at=NOW)
    assert message.pk == Message.objects.latest("pk").pk


@pytest.mark.usefixtures("many")
def test_a_second_time_makes_further_estates():
    bulk.make(30, now=NOW, random=Random(2))

    assert estates.made() == ESTATES + 2
    assert Case.objects.values("reference").distinct().count() == Case.objects.count() == ESTATES * SIZE + REST + 30
    connection.check_constraints()


@pytest.mark.usefixtures("many")
def test_rows_and_files_agree(capsys):
    management.call_command("check_files")
    assert "agree" in capsys.readouterr().out


def test_pages_of_a_copied_case_open(many, client_for):
    case = Case.objects.filter(development__code=codes()[3], closed_at=None).first()
    client = client_for(many["mo"])

    page = client.get(reverse("case_detail", args=[case.reference]))
    assert case.reference in page.content.decode()
    table = client.get(reverse("case_list"), {"mine": "all", "development": case.development.code})
    assert case.reference in table.content.decode()


def test_the_same_seed_makes_the_same_cases(office):
    def told():
        rows = Case.objects.order_by("pk").values_list(
            "reference", "status", "received_at", "officer__name", "unit__number"
        )
        return list(rows)

    from django.db import transaction

    made = []
    for _ in range(2):
        with transaction.atomic():
            point = transaction.savepoint()
            bulk.make(20, now=NOW, random=Random(5))
            made.append(told())
            transaction.savepoint_rollback(point)
    assert made[0] == made[1]
    assert len(made[0]) == 20


def test_no_label_of_an_estate_stands_inside_a_word():
    names = [*estates.GIVEN, *estates.FAMILY, *bulk.PLACES_OF_A_FAULT, *(fault[3] for fault in stories.POOL)]
    told = " ".join([*names, *(name for some in people.NAMES.values() for name in some)]).lower()
    last = len(estates.LETTERS) ** 2 - 1
    assert (estates.code(0), estates.code(last)) == ("QAA", "QZZ")
    assert not [n for n in range(last + 1) if estates.code(n).lower() in told]
    assert not Development.objects.filter(code__in=[estates.code(n) for n in range(last + 1)]).exists()


def test_every_table_of_the_cases_room_is_known_to_the_multiplication():
    known = {model._meta.label for model in multiply._models()}
    assert {
        "cases.Case",
        "cases.CaseEvent",
        "units.Unit",
        "homeowners.Tenure",
        "contractors.Appointment_trades",
    } <= known
    assert not {label for label in known if label.startswith(("ledger.", "outbox.", "documents."))}


def test_old_cases_are_closed_and_young_ones_in_every_state(office):
    bulk.make(300, now=NOW, random=Random(1))

    assert not Case.objects.open().filter(received_at__lt=NOW - timedelta(days=91)).exists()
    assert set(Case.objects.values_list("status", flat=True)) == set(Status.values)
