"""One signature for many repairs: what it does to each, who may, what is kept, and what nobody can change."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, connections, transaction

from cases import signatures, signing
from cases.choices import SignAnswer, Status
from cases.evidence import MoveRefused
from cases.headlines import headline
from cases.models import Case, Notice, SignOff, SignOffLine
from cases.signing import Answer, ListStale
from homeowners.choices import TenureRole
from ledger.actors import Actor
from outbox.models import OutgoingMail
from tests.factories import homeowners, units
from tests.factories.cases import REPORTED_AT, a_fault, fresh, make_report, make_world, walk
from tests.factories.documents import make_stored_file
from units.models import Policy

pytestmark = pytest.mark.django_db
AT = REPORTED_AT + timedelta(days=2)
YES, NO, LATER = Answer(SignAnswer.ACCEPTED), SignAnswer.NOT_YET, Answer(SignAnswer.LATER)
ROOMS = ("MBA", "KIT", "LIV", "BD2", "BD1", "BAL", "YRD", "DIN", "STO", "FOY", "MBR")


@pytest.fixture
def world(defaults):
    return make_world()


def waiting(world, count, *, status="ask-sign-off", at=REPORTED_AT):
    """So many repairs of Hana's that wait for her answer (or for our check)."""
    kinds = [a_fault(location="LIV", tile="wall", kind="CRK-H", words=f"Crack number {n}.") for n in range(count)]
    report = make_report(world=world, faults=kinds, at=at)
    steps = ("accept-and-send", "report-done", "ask-sign-off")
    steps = steps[: steps.index(status) + 1]
    for case in Case.objects.filter(report_item__report=report):
        for hours, step in enumerate(steps, start=1):
            walk(fresh(case), step, world=world, at=at + timedelta(hours=hours))
    rows = Case.objects.for_page().filter(report_item__report=report).order_by("pk")
    return list(rows)


def no(words="The shade differs.", photos=0):
    return Answer(NO, words, [make_stored_file() for _ in range(photos)])


def sign(world, cases, answers, *, by=None, at=AT, **facts):
    given = {"name": "Hana Yusof", "how": "portal", "seen_versions": {case: case.version for case in cases}}
    return signing.sign(
        cases, dict(zip(cases, answers, strict=True)), by=by or world.actor("hana"), at=at, **{**given, **facts}
    )


def states(cases):
    return [fresh(case).status for case in cases]


def mails_since(at, address):
    return [mail for mail in OutgoingMail.objects.filter(queued_at=at) if mail.recipient == address]


def test_nine_of_eleven_close_and_two_go_back_with_their_words(world):
    cases = waiting(world, 11)
    received = {case.pk: case.received_at for case in cases}
    sign(world, cases, [YES] * 9 + [no(), no("The door still sticks.", photos=1)])
    assert states(cases) == [Status.CLOSED_COMPLETE] * 9 + [Status.TO_CHECK] * 2
    assert {case.pk: fresh(case).received_at for case in cases} == received
    assert [line.words for line in SignOffLine.objects.filter(answer=NO)] == [
        "The shade differs.",
        "The door still sticks.",
    ]
    assert len(SignOffLine.objects.get(position=11).pictures) == 1


def test_one_mail_a_person_lists_both_groups_and_leads_to_the_certificate(world):
    cases = waiting(world, 4)
    signoff = sign(world, cases, [YES, YES, YES, no()])
    (mail,) = mails_since(AT, "hana@demo.example")
    for case in cases:
        assert case.reference in mail.body_text
    assert "The shade differs." in mail.body_text
    assert f"/portal/sign-offs/{signoff.reference}/" in mail.body_text
    assert len(mails_since(AT, world.amira.email)) == 1
    told = Notice.objects.filter(at=AT, audience="homeowner").values_list("case_id", flat=True)
    assert sorted(told) == sorted(case.pk for case in cases)


def test_what_is_decided_later_stays_and_nobody_is_mailed_about_it(world):
    cases = waiting(world, 2)
    sign(world, cases, [YES, LATER])
    assert states(cases) == [Status.CLOSED_COMPLETE, Status.AWAITING_HOMEOWNER]
    assert not Notice.objects.filter(at=AT, case=cases[1]).exists()


def test_a_list_on_which_one_case_moved_on_is_refused_as_a_whole_and_names_it(world):
    first, second = cases = waiting(world, 2)
    walk(second, "send-back", world=world, at=AT - timedelta(hours=1))
    with pytest.raises(ListStale) as stale:
        sign(world, cases, [YES, YES])
    assert second.title in stale.value.sentence
    assert fresh(first).status == Status.AWAITING_HOMEOWNER
    assert not SignOff.objects.exists()


def test_no_words_no_refusal(world):
    cases = waiting(world, 1)
    with pytest.raises(MoveRefused):
        sign(world, cases, [Answer(NO, " ")])


@pytest.mark.parametrize("role", ["joint-owner", "representative"])
def test_joint_owner_and_representative_sign(world, role):
    person = homeowners.make_homeowner(name="Jun Yusof", email="jun@demo.example")
    homeowners.make_tenure(unit=world.unit, homeowner=person, role=role)
    cases = waiting(world, 1)
    by = Actor(person.name, "homeowner", person.user_id, person.pk, "link")
    signoff = sign(world, cases, [YES], by=by, name=person.name)
    assert (signoff.homeowner, signoff.role) == (person, role)


def test_neither_a_tenant_nor_a_neighbour_nor_the_officer_signs(world):
    tariq = homeowners.tariq(unit=world.unit)
    cases = waiting(world, 1)
    tenant = Actor(tariq.name, "homeowner", tariq.user_id, tariq.pk, "portal")
    for by in (tenant, world.actor("noor"), world.actor("amira")):
        with pytest.raises(MoveRefused):
            sign(world, cases, [YES], by=by)
    assert states(cases) == [Status.AWAITING_HOMEOWNER]


def test_what_was_signed_can_be_proved_and_a_changed_word_shows(world):
    cases = waiting(world, 2)
    signoff = sign(world, cases, [YES, no()])
    assert signatures.verify(SignOff.objects.get())
    from ledger import triggers

    with triggers.lifted():
        SignOffLine.objects.filter(signoff=signoff, answer=NO).update(words="All is well.")
    assert not signatures.verify(SignOff.objects.get())


@pytest.mark.database
def test_a_signature_and_its_lines_are_written_once(world):
    sign(world, waiting(world, 1), [YES])
    for change in (
        lambda: SignOff.objects.update(list_hash="0" * 64),
        lambda: SignOff.objects.update(at=REPORTED_AT),
        lambda: SignOffLine.objects.update(answer="not-yet"),
        lambda: SignOffLine.objects.all()._raw_delete("default"),
        lambda: SignOff.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(Exception, match=r"append-only|never|not allowed"), transaction.atomic():
            change()


def test_on_our_phone_what_is_not_accepted_goes_back_to_the_contractor_at_once(world):
    cases = waiting(world, 3, status="report-done")
    by = signing.at_the_home(world.hana)
    signoff = sign(
        world,
        cases,
        [YES, YES, no()],
        by=by,
        how="finger",
        witness=world.actor("amira"),
        back_to_work=True,
        visit="V-7",
    )
    assert states(cases) == [Status.CLOSED_COMPLETE, Status.CLOSED_COMPLETE, Status.WITH_CONTRACTOR]
    assert fresh(cases[2]).work_note == "The shade differs."
    assert (signoff.witness_name, signoff.visit) == (world.amira.name, "V-7")
    assert len(mails_since(AT, "hana@demo.example")) == 1


def test_finger_without_a_witness_is_not_kept(world):
    cases = waiting(world, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        sign(world, cases, [YES], how="finger")


def test_refusal_of_the_list_asks_for_a_second_visit_within_five_working_days(world):
    cases = waiting(world, 2)
    sign(world, cases, [no(), no()], is_refusal=True)
    assert states(cases) == [Status.TO_CHECK] * 2
    due = fresh(cases[0]).update_due_at.astimezone(world.development.tz)
    assert due.date().isoformat() == "2026-03-12"
    assert "second visit by Thu 12 Mar" in mails_since(AT, "hana@demo.example")[0].body_text
    with pytest.raises(MoveRefused):
        sign(world, [fresh(case) for case in cases], [YES, no()], is_refusal=True, at=AT + timedelta(hours=1))


def test_accepted_under_protest_never_counts_as_confirmed(world):
    cases = waiting(world, 1)
    protest = [Answer(SignAnswer.PROTEST, "The shade differs, but I need the room.")]
    with pytest.raises(MoveRefused):
        sign(world, cases, protest)
    sign(world, cases, [no()])
    sign(world, [fresh(cases[0])], protest, at=AT + timedelta(days=1))
    case = fresh(cases[0])
    assert (case.status, case.closure_reason, case.step) == ("closed-complete", "under-protest", "closed-protest")
    assert "under protest" in headline(case, "homeowner")
    assert "confirmed" not in mails_since(AT + timedelta(days=1), "hana@demo.example")[0].body_text.replace(
        "counts as confirmed", ""
    )


@pytest.fixture
def two_owners(defaults):
    policy = units.make_policy()
    Policy.objects.filter(pk=policy.pk).update(all_owners_sign=True)
    policy.refresh_from_db()
    world = make_world(policy=policy)
    jun = homeowners.make_homeowner(name="Jun Yusof", email="jun@demo.example")
    homeowners.make_tenure(unit=world.unit, homeowner=jun, role=TenureRole.JOINT_OWNER)
    return world, jun


def test_where_every_owner_signs_the_first_signature_asks_the_second(two_owners):
    world, jun = two_owners
    (case,) = cases = waiting(world, 1)
    sign(world, cases, [YES])
    case = fresh(case)
    assert case.status == Status.AWAITING_HOMEOWNER
    assert signatures.missing(case, at=AT) == [jun]
    assert "Please sign too" in mails_since(AT, "jun@demo.example")[0].subject
    assert "Jun Yusof" in mails_since(AT, "hana@demo.example")[0].body_text
    by = Actor(jun.name, "homeowner", None, jun.pk, "link")
    sign(world, [case], [YES], by=by, name="Jun Yusof", how="link", at=AT + timedelta(hours=1))
    assert fresh(case).status == Status.CLOSED_COMPLETE


def test_nobody_confirms_alone_where_every_owner_signs(two_owners):
    world, _jun = two_owners
    (case,) = waiting(world, 1)
    with pytest.raises(MoveRefused, match="Jun Yusof"):
        walk(case, "confirm", world=world, at=AT, by=world.actor("hana"))


def test_a_signature_of_before_the_repair_went_back_counts_no_more(two_owners):
    world, jun = two_owners
    (case,) = cases = waiting(world, 1)
    sign(world, cases, [YES])
    for hours, step in enumerate(("send-back", "report-done", "ask-sign-off"), start=1):
        walk(fresh(case), step, world=world, at=AT + timedelta(hours=hours))
    names = {person.name for person in signatures.missing(fresh(case), at=AT)}
    assert names == {"Hana Yusof", "Jun Yusof"}


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_of_two_who_sign_one_list_at_once_one_signs(world):
    jun = homeowners.make_homeowner(name="Jun Yusof", email="jun@demo.example")
    homeowners.make_tenure(unit=world.unit, homeowner=jun, role=TenureRole.JOINT_OWNER)
    cases = waiting(world, 3)
    actors = [world.actor("hana"), Actor(jun.name, "homeowner", None, jun.pk, "link")]

    pages = [[fresh(case) for case in cases] for _by in actors]

    def press(by, page):
        try:
            return sign(world, page, [YES] * 3, by=by, name=by.name)
        except ListStale:
            return None
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(press, actors, pages))
    assert [bool(found) for found in done].count(True) == 1
    assert SignOff.objects.count() == 1
    assert states(cases) == [Status.CLOSED_COMPLETE] * 3
    assert connection.vendor in {"sqlite", "postgresql"}
