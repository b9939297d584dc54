"""What is said inside stays inside: on no page, in no mail, in no answer to a script of anybody outside the office.

A story with a secret word in every field that is for staff: notes of each kind, reasons, proofs, findings, remarks,
hidden pictures. Then everything that leaves is read: pages and their scripts' answers, both parts of each mail.
"""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases import decisions, facts, files, moved_dates, talk, workflow
from cases.models import ReportDraft
from inspections import visits
from outbox import delivery
from tests.factories import homeowners
from tests.factories.cases import a_fault, add_after_photo, evidence_for, fresh, make_case, make_world
from tests.factories.documents import jpeg, make_stored_file
from tests.factories.works import order_of, say
from tests.mails import html_of, links_in, text_of

pytestmark = pytest.mark.django_db

SECRETS = [
    f"{name}-quokka"
    for name in (
        "note",
        "movenote",
        "why",
        "escalation",
        "remarks",
        "received",
        "proof",
        "said",
        "finding",
        "edit",
        "method",
        "checkedby",
        "companynote",
        "caption",
    )
]
SHOWN = "numbat"
"""Stands in what was said outside, so that a silent page proves nothing."""


def at_hours(number):
    return timezone.now() - timedelta(hours=60 - number)


@pytest.fixture
def world(defaults):
    return make_world()


@pytest.fixture
def told(world):
    """A case that went the whole way, with a word for staff at each step; the case and the hidden picture."""
    by, mo = world.actor("amira"), world.actor("mo")
    case = make_case(world=world, at=at_hours(0), faults=[a_fault(photos=1)])

    def move(name, hour, **more):
        row = fresh(case)
        evidence = {**evidence_for(name, world=world, at=at_hours(hour)), **more}
        return workflow.move(row, name, by=by, at=at_hours(hour), seen_version=row.version, **evidence)

    talk.note(fresh(case), words="Hana was rude: note-quokka.", by=by, at=at_hours(1))
    talk.update(fresh(case), words=f"We come soon, {SHOWN}.", by=by, at=at_hours(2))
    moved_dates.ask_received_date(
        fresh(case),
        received_at=at_hours(-20),
        why="The letter lay in the tray, received-quokka.",
        seen_version=fresh(case).version,
        by=by,
        at=at_hours(3),
    )
    asked = case.decisions.get(state="waiting")
    decisions.send_back(asked, by=mo, at=at_hours(4), remarks="Show me the letter, remarks-quokka.")
    facts.escalate(fresh(case), why="The lawyer called, escalation-quokka.", by=by, at=at_hours(5))
    lower = {"fault": "leak, ceiling edge", "why": "Corrected, edit-quokka."}
    facts.edit(fresh(case), seen_version=fresh(case).version, by=by, at=at_hours(6), **lower)
    (hidden,) = files.attach(
        fresh(case),
        [make_stored_file(content=jpeg(comment=b"hidden"))],
        role="other",
        by=by,
        at=at_hours(7),
        caption="Their own fault, caption-quokka",
    )
    move("accept-and-send", 8, note="Lim owes us one, movenote-quokka.")
    told = {"said_by": "said-quokka", "proof": "proof-quokka", "by": by, "at": at_hours(9)}
    say("promise", order_of(case), promised_at=at_hours(90), words="companynote-quokka", **told)
    say("start", order_of(case), **told)
    start = at_hours(10) + timedelta(minutes=30)
    visit = visits.book(
        [fresh(case)],
        kind="rectification",
        starts_at=start,
        ends_at=start + timedelta(minutes=30),
        who="Amira",
        by=by,
        at=at_hours(10),
    )
    visits.finish(
        visit, finding="Owner drilled the pipe, finding-quokka.", seen_version=visit.version, by=by, at=at_hours(11)
    )
    add_after_photo(fresh(case), world=world, at=at_hours(12))
    move(
        "report-done",
        13,
        said_by="said-quokka",
        proof="proof-quokka",
        method_note="method-quokka",
        note="movenote-quokka",
    )
    move("ask-sign-off", 14, checked_by="checkedby-quokka", basis="pictures", note="movenote-quokka")
    return fresh(case), hidden


@pytest.fixture
def declined(world):
    """A case whose closing a manager approved: the request's reason is for staff, its words are the letter."""
    case = make_case(world=world, at=at_hours(0))
    row = fresh(case)
    workflow.move(
        row,
        "close-out-of-scope",
        by=world.actor("amira"),
        at=at_hours(15),
        seen_version=row.version,
        why="They will sue us anyway, why-quokka.",
        note="movenote-quokka",
        reason="wear",
        words=f"The sealant is worn by use, {SHOWN}.",
        rule="Guidance: sealant is maintained by the owner.",
    )
    request = case.decisions.get()
    decisions.approve(
        request, by=world.actor("mo"), at=at_hours(16), seen_version=fresh(case).version, remarks="remarks-quokka"
    )
    return fresh(case)


def leaks(text):
    return [secret for secret in SECRETS if secret in text]


def test_the_story_was_told_with_every_secret(told, declined, client_for, world):
    """The net is worth nothing if a secret was never stored: staff read each of them on the case pages."""
    officer = client_for(world.amira)
    case, _hidden = told
    pages = [f"/cases/{case.reference}/", f"/cases/{declined.reference}/"]
    pages += [f"/cases/{case.reference}/files/", "/decisions/", f"/decisions/{declined.decisions.get().public_id}/"]
    pages += [f"/inspections/{case.visits.get().reference}/"]
    seen = " ".join(officer.get(page).content.decode() for page in pages)
    assert sorted(set(SECRETS) - set(leaks(seen))) == []


def test_no_page_of_a_homeowner_holds_a_word_or_picture_for_staff(told, declined, world, client_for):
    case, hidden = told
    joint = homeowners.make_homeowner(name="Jun Yusof", email="jun@demo.example")
    homeowners.make_tenure(unit=world.unit, homeowner=joint, role="joint-owner")
    for person in (world.hana, joint):
        client = client_for(person.user)
        texts = [
            client.get(path, follow=True).content.decode()
            for path in (
                "/portal/",
                "/portal/cases/",
                "/portal/cases/?done=1",
                "/portal/visits/",
                f"/portal/cases/{case.reference}/",
                f"/portal/cases/{case.reference}/answer/",
                f"/portal/cases/{declined.reference}/",
                f"/portal/cases/{declined.reference}/again/",
                f"/portal/reports/{case.report_item.report.reference}/",
                f"/portal/reports/{declined.report_item.report.reference}/",
                "/portal/report/",
            )
        ]
        assert leaks(" ".join(texts)) == []
        assert str(hidden.public_id) not in " ".join(texts)
        assert client.get(f"/cases/files/{hidden.public_id}/page/").status_code == 404
        if person == world.hana:
            assert SHOWN in texts[4]
            assert SHOWN in texts[6]


def test_no_mail_to_anybody_outside_holds_a_word_or_picture_for_staff(told, declined, world, smtp_server):
    delivery.drain(timezone.now() + timedelta(minutes=2))
    office = {world.amira.email, world.mo.email}
    outside = [mail for mail in smtp_server.messages if not office & set(mail.envelope_to)]
    assert {mail.envelope_to[0] for mail in outside} == {world.hana.email, "lim@demo.example"}
    for mail in outside:
        whole = f"{mail['Subject']}\n{text_of(mail)}\n{html_of(mail)}"
        assert leaks(whole) == [], mail["Subject"]
        names = {part.get_filename() for part in mail.walk() if part.get_content_maintype() == "image"}
        assert not any("hidden" in (name or "") for name in names)
    assert any(SHOWN in text_of(mail) and SHOWN in html_of(mail) for mail in outside)


def test_no_page_or_link_of_a_contractor_holds_a_word_or_picture_for_staff(told, world, client_for):
    case, hidden = told
    client = client_for(world.company.contacts.get().user)
    pages = [client.get(path).content.decode() for path in ("/jobs/", "/jobs/lists/DL-1/")]
    assert client.get(f"/cases/files/{hidden.public_id}/page/").status_code == 404
    for page in pages:
        assert case.work_orders.get().reference in page
        assert leaks(page) == []
        assert str(hidden.public_id) not in page
        for private in (world.hana.name, world.hana.email, "9876", world.hana.phone, SHOWN):
            assert private not in page


def test_no_mail_link_shows_a_word_or_picture_for_staff(told, world, client, smtp_server):
    delivery.drain(timezone.now() + timedelta(minutes=2))
    opened = 0
    for mail in smtp_server.to(world.hana.email):
        for link in links_in(mail):
            answer = client.get(link.replace("http://testserver", ""), follow=True)
            opened += answer.status_code == 200
            assert leaks(answer.content.decode()) == []
            assert str(told[1].public_id) not in answer.content.decode()
    assert opened


def test_answers_to_scripts_hold_nothing_for_staff(told, world, client_for):
    case, _hidden = told
    hana = client_for(world.hana.user)
    hana.post("/portal/report/", {"room": "MBA"})
    draft = f"/portal/report/{ReportDraft.objects.get().key}/"
    answers = [
        hana.post(f"{draft}1/save/", {"words": "It drips."}),
        hana.post(f"{draft}save/", {"access_wishes": "Mornings"}),
        hana.post("/files/upload/", {}),
        hana.get(f"/cases/{case.reference}/"),
    ]
    assert leaks(" ".join(answer.content.decode() for answer in answers)) == []
