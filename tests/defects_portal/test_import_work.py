"""What a worker does for an import: nothing twice, nothing silently, whatever happens on the way."""

import os
import signal
import subprocess
import sys
from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import User
from contractors.models import Company
from defects_portal.choices import ImportState
from defects_portal.imports import runs, work
from defects_portal.models import ImportLine, ImportRun
from homeowners.models import Homeowner, Tenure
from ledger.models import AuditEntry
from outbox import registry
from tests import samples
from tests.factories import accounts, units
from units.models import Block, Development, HandoverEvent, Unit

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def by():
    return accounts.ada().actor()


@pytest.fixture
def krm(db):
    return units.make_development(code="KRM")


@pytest.fixture
def checked(by):
    """`checked(content)`: kept and checked with the proposed columns."""

    def go(content, name="homes.csv", development=""):
        run = runs.take(ContentFile(content, name=name), by=by, at=timezone.now())
        runs.check(run, sheets=runs.sheets_of(run), development=development, by=by, at=timezone.now())
        work.work(run.pk, clock=timezone.now)
        run.refresh_from_db()
        assert run.state == ImportState.CHECKED, run.failure
        return run

    return go


@pytest.fixture
def enter(by):
    """`enter(run, **ticks)`: has it entered."""

    def go(run, **ticks):
        runs.begin(run, terms=runs.ticked(**ticks), by=by, at=timezone.now())
        while run.is_at_work:
            work.work(run.pk, clock=timezone.now)
            run.refresh_from_db()
        return run

    return go


def rows_in_registers():
    models = (Development, Block, Unit, HandoverEvent, Homeowner, User, Tenure)
    return [model.objects.count() for model in models]


def test_the_messy_list_goes_in_and_its_bad_rows_are_named(krm, checked, enter):
    run = enter(checked(samples.path("handover-list.csv").read_bytes()))
    assert (run.entered["new"], run.entered["bad"]) == (6, 5)
    numbers = set(Unit.objects.values_list("number", "floor", "block__name"))
    assert {("3-12A", "12", "Blk 3"), ("3-12-34", "12", "Blk 3"), ("A-12-3A", "12", "Block A")} <= numbers
    owners = Tenure.objects.filter(unit__number="3-12A").values_list("homeowner__name", "role", "from_on")
    assert list(owners.order_by("pk")) == [
        ("Hana bt Yusof", "owner", date(2026, 3, 4)),
        ("Ali", "joint-owner", date(2026, 3, 4)),
        ("Tan", "joint-owner", date(2026, 3, 4)),
    ]
    assert set(HandoverEvent.objects.filter(kind="vp-taken").values_list("on", flat=True)) == {date(2026, 3, 4)}
    assert not Unit.objects.get(number="A-12-6").tenures.exists(), "an unsold home has no owner"
    wrong = dict(run.lines.filter(stage="import").values_list("row", "sentence"))
    assert sorted(wrong) == [13, 14, 15, 16, 17]


def test_a_shared_phone_is_taken_and_said(krm, checked):
    run = checked(b"Unit,Owner,Phone\nA-1-1,Hana Yusof,0123456789\nA-1-2,Noor Said,0123456789\n")
    assert run.lines.get(row=3).warnings == ["+60123456789 is also the one of Hana Yusof."]
    assert run.checked["new"] == 2


def test_two_thousand_homes_with_sixty_bad_rows(krm, checked, enter):
    content = samples.homes_csv(2000, bad=60)
    run = enter(checked(content))
    assert (run.entered["new"], run.entered["bad"]) == (1940, 60)
    before = rows_in_registers()
    again = enter(checked(content))
    assert (again.entered["unchanged"], again.entered["bad"]) == (1940, 60)
    assert rows_in_registers() == before


def test_every_row_entered_is_in_the_audit(krm, checked, enter, by):
    enter(checked(samples.homes_csv(3)))
    said = AuditEntry.objects.filter(actor_user_id=by.user_id)
    for action in ("handover.recorded", "homeowner.add", "tenure.begin", "user-added"):
        assert said.filter(action=action).count() == 3
    assert said.filter(action="units.added", about="unit").count() == 3
    assert said.filter(action__startswith="import.", about="import").count() == 4


def test_a_check_enters_nothing(krm, checked):
    before = rows_in_registers()
    checked(samples.homes_csv(20))
    assert rows_in_registers() == before


def test_several_rows_of_one_home_are_joint_owners_and_no_sale(krm, checked, enter):
    content = b"Unit,Owner,VP date\nA-1-1,Hana Yusof,2026-03-04\nA-1-1,Ali Tan,2026-03-04\n"
    enter(checked(content))
    assert list(Tenure.objects.order_by("pk").values_list("role", flat=True)) == ["owner", "joint-owner"]
    assert checked(content).checked["unchanged"] == 2


def test_a_hand_edit_is_not_overwritten_without_the_tick(krm, checked, enter):
    content = b"Unit,Owner,Phone\nA-1-1,Hana Yusof,0123456789\n"
    enter(checked(content))
    Homeowner.objects.update(phone="+60199999999")
    run = enter(checked(content))
    assert run.entered["held"] == 1
    assert Homeowner.objects.get().phone == "+60199999999"
    run = enter(checked(content), replaces=True)
    assert run.entered["changed"] == 1
    assert Homeowner.objects.get().phone == "+60123456789"
    change = AuditEntry.objects.get(action="homeowner.change")
    assert (change.old, change.new) == ({"phone": "+60199999999"}, {"phone": "+60123456789"})


def test_an_edit_after_the_check_holds_the_row_although_it_is_ticked(krm, checked, enter):
    content = b"Unit,Owner,Phone\nA-1-1,Hana Yusof,0123456789\n"
    enter(checked(content))
    Homeowner.objects.update(phone="+60199999999")
    run = checked(content)
    Homeowner.objects.update(phone="+60188888888")
    enter(run, replaces=True)
    assert run.entered["held"] == 1
    assert Homeowner.objects.get().phone == "+60188888888"


def test_a_blank_cell_takes_nothing_away(krm, checked, enter):
    enter(checked(b"Unit,Owner,Phone,Email,Level\nA-1-1,Hana Yusof,0123456789,hana@x.example,1\n"))
    run = enter(checked(b"Unit,Owner,Phone,Email,Level\nA-1-1,Hana Yusof,,,\n"), replaces=True)
    person = Homeowner.objects.get()
    assert run.entered["unchanged"] == 1
    assert (person.phone, person.email, Unit.objects.get().floor) == ("+60123456789", "hana@x.example", "1")


def test_what_the_register_lacks_is_filled_in(krm, checked, enter):
    enter(checked(b"Unit,Owner,Level\nA-1-1,Hana Yusof,1\n"))
    run = enter(checked(b"Unit,Owner,Phone,Level\nA-1-1,Hana Yusof,0123456789,1\n"))
    assert run.entered["changed"] == 1
    assert Homeowner.objects.get().phone == "+60123456789"


def test_a_sale_needs_the_tick_and_names_who_loses_the_home(krm, checked, enter):
    enter(checked(b"Unit,Owner,Owner since\nA-1-1,Farid Omar,2025-01-01\n"))
    content = b"Unit,Owner,Level\nA-1-1,Hana Yusof,1\n"
    run = checked(content)
    assert run.lines.get(needs="transfer").ends == ["Farid Omar (Owner)"]
    assert enter(run).entered["held"] == 1
    assert Tenure.objects.get().until_on is None
    assert Homeowner.objects.count() == 1
    enter(checked(content), transfers_on=date(2026, 3, 1), proof="Solicitor's list")
    assert Tenure.objects.get(until_on=None).homeowner.name == "Hana Yusof"
    assert checked(content).checked["unchanged"] == 1


def test_a_sale_before_the_owner_began_is_bad(krm, checked, enter):
    enter(checked(b"Unit,Owner,Owner since\nA-1-1,Farid Omar,2025-01-01\n"))
    run = enter(checked(b"Unit,Owner\nA-1-1,Hana Yusof\n"), transfers_on=date(2024, 1, 1), proof="x")
    assert run.entered["bad"] == 1
    assert Tenure.objects.count() == 1


def test_an_owner_that_the_file_leaves_out_stays(krm, checked, enter):
    enter(checked(b"Unit,Owner,Level\nA-1-1,Hana Yusof & Ali Tan,1\n"))
    run = enter(checked(b"Unit,Owner,Level\nA-1-1,Hana Yusof,1\n"))
    assert run.entered["unchanged"] == 1
    assert Tenure.objects.filter(until_on=None).count() == 2


def test_an_address_of_the_office_is_refused(krm, checked):
    accounts.amira()
    run = checked(b"Unit,Owner,Email,Level\nA-1-1,Amira Rahman,amira@demo.example,1\n")
    assert run.checked["bad"] == 1


def test_owners_of_homes_that_nobody_knows_are_bad(krm, checked):
    run = checked(b"Unit,Owner,Phone\nA-9-9,Hana Yusof,0123456789\n")
    run.sheets[0]["kind"] = "owners"
    assert "Import the homes first" in planned_again(run).lines.get().sentence


def planned_again(run):
    runs.check(run, sheets=runs.sheets_of(run), development="", by=run.author, at=timezone.now())
    work.work(run.pk, clock=timezone.now)
    return run


def test_a_workbook_of_all_registers_goes_in_at_once(defaults, checked, enter):
    book = samples.workbook(
        {
            "Owners": [["Project", "Unit", "Owner", "E-mail"], ["BKT", "A-1-1", "Hana Yusof", "hana@x.example"]],
            "Homes": [["Project", "Unit", "Floor", "VP date"], ["BKT", "A-1-1", 1, date(2026, 3, 4)]],
            "Project": [
                ["Project code", "Project name", "Country", "Office phone", "Office email"],
                ["BKT", "Bukit Sentosa", "Malaysia", "03-2123 4567", "care@bukit.example"],
            ],
        }
    )
    run = enter(checked(book, "all.xlsx"))
    assert run.entered["new"] == 3
    assert Tenure.objects.get().from_on == date(2026, 3, 4), "the day of the handover"


def test_companies_contacts_and_appointments(defaults, krm, checked, enter):
    content = samples.path("contractors.csv").read_bytes().replace(b"waterproofing", b"WPF")
    run = enter(checked(content, "contractors.csv"))
    assert (run.entered["new"], run.entered["bad"]) == (3, 2)
    lim = Company.objects.get(short_name="Lim Brothers Constructio")
    assert lim.contacts.count() == 2
    assert lim.appointments.get().liability_months == 24
    again = enter(checked(content, "contractors.csv"))
    assert (again.entered["unchanged"], again.entered["bad"]) == (3, 2)


def test_two_workers_share_nothing(krm, checked, by):
    run = checked(samples.homes_csv(3))
    runs.begin(run, terms=runs.ticked(), by=by, at=timezone.now())
    work.take(run.pk, timezone.now())
    assert work.work(run.pk, clock=timezone.now) is False
    later = timezone.now() + work.LEASE + timedelta(seconds=1)
    assert work.work(run.pk, clock=lambda: later) is True
    assert Unit.objects.count() == 3


def test_the_relay_hands_out_what_is_begun(krm, checked, by):
    run = checked(samples.homes_csv(3))
    due = registry.work_sources["imports"].due
    assert list(due(timezone.now())) == []
    runs.begin(run, terms=runs.ticked(), by=by, at=timezone.now())
    assert list(due(timezone.now())) == [run.pk]


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("state", {"state": "odd"}),
        ("failure_worded", {"state": "failed", "failure": ""}),
        ("begun", {"state": "importing", "begun_at": None}),
        ("held_with_limit", {"lease_until": timezone.now()}),
    ],
)
def test_what_an_import_can_never_be(krm, checked, name, wrong):
    run = checked(samples.homes_csv(1))
    with pytest.raises(IntegrityError, match=f"defects_portal_importrun_{name}"), transaction.atomic():
        ImportRun.objects.filter(pk=run.pk).update(**wrong)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("verdict", {"verdict": "odd"}),
        ("stage", {"stage": "odd"}),
        ("bad_is_worded", {"verdict": "bad", "sentence": ""}),
    ],
)
def test_what_a_line_can_never_be(krm, checked, name, wrong):
    run = checked(samples.homes_csv(1))
    with pytest.raises(IntegrityError, match=f"defects_portal_importline_{name}"), transaction.atomic():
        run.lines.update(**wrong)


def test_a_row_has_one_line_in_a_pass(krm, checked):
    line = checked(samples.homes_csv(1)).lines.get()
    line.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        line.save(force_insert=True)


def test_each_turn_gets_on_however_late_it_comes_to_work(krm, checked, by):
    lines = "".join(f"C-{number // 10:02}-{number % 10},Owner {number}\n" for number in range(1200))
    run = checked(f"Unit,Owner\n{lines}".encode(), development="KRM")
    runs.begin(run, terms=runs.ticked(), by=by, at=timezone.now())

    for turn in range(1, 7):
        work.work(run.pk, clock=timezone.now, patience=timedelta(0))
        run.refresh_from_db()
        assert run.rows_done == min(250 * turn, 1200)

    assert (run.state, run.entered["new"]) == (ImportState.DONE, 1200)


def test_a_stopped_import_goes_no_further(krm, checked, by):
    run = checked(samples.homes_csv(3))
    runs.begin(run, terms=runs.ticked(), by=by, at=timezone.now())
    runs.stop(run, by=by, at=timezone.now())
    assert work.work(run.pk, clock=timezone.now) is False
    assert run.state == ImportState.FAILED
    assert not Unit.objects.exists()


def test_one_row_that_the_database_refuses_keeps_no_other_out(krm, checked, enter, monkeypatch):
    from homeowners import owner_entry

    real = owner_entry.tenures.begin_all

    def refuse(rows, **facts):
        if any(row.homeowner.name.startswith("Person B1 ") for row in rows):
            raise owner_entry.tenures.TenureRefused("Somebody else has just changed this home.")
        real(rows, **facts)

    run = checked(samples.homes_csv(6))
    monkeypatch.setattr(owner_entry.tenures, "begin_all", refuse)
    enter(run)
    assert (run.entered["new"], run.entered["bad"], Unit.objects.count()) == (5, 1, 5)


KILLED = """
import os, signal, sys
import django
django.setup()
from django.db import IntegrityError, connection, transaction
from django.conf import settings
connection.settings_dict["NAME"], settings.MEDIA_ROOT = sys.argv[2:4]
from django.utils import timezone
from defects_portal.imports import work
real, calls = work.Pass._chunk, []
def chunk(self, sheet, rows):
    real(self, sheet, rows)
    calls.append(1)
    if len(calls) == 3:
        os.kill(os.getpid(), signal.SIGKILL)
work.Pass._chunk = chunk
work.work(int(sys.argv[1]), clock=timezone.now)
"""


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_half_way_doubles_nothing(checked, by, settings):
    units.make_development(code="KRM")
    run = checked(samples.homes_csv(1200, bad=10))
    runs.begin(run, terms=runs.ticked(), by=by, at=timezone.now())
    name = str(connection.settings_dict["NAME"])
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.rig.settings"}
    arguments = [str(run.pk), name, str(settings.MEDIA_ROOT)]
    ended = subprocess.run([sys.executable, "-c", KILLED, *arguments], env=environment, check=False, timeout=60)
    assert ended.returncode == -signal.SIGKILL
    run.refresh_from_db()
    assert (run.chunks_done, Unit.objects.count()) == (2, run.entered["new"]), "two whole chunks, nothing of the third"
    later = timezone.now() + work.LEASE + timedelta(seconds=1)
    work.work(run.pk, clock=lambda: later)
    run.refresh_from_db()
    assert (run.state, run.entered["new"], run.entered["bad"]) == ("done", 1190, 10)
    assert Unit.objects.count() == Tenure.objects.count() == Homeowner.objects.count() == 1190
    assert ImportLine.objects.filter(run=run, stage="import").count() == 10
    assert ImportRun.objects.count() == 1
