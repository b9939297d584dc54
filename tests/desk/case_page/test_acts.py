"""Everyday acts from the case page."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases import holds, talk
from cases.choices import DecisionKind, EventKind, Lane, Status
from cases.models import Attachment, Case, CaseEvent, DecisionRequest, Message, Notice
from outbox.choices import MailState
from outbox.models import OutgoingMail
from tests.desk.case_page.pages import text_of
from tests.factories.cases import fresh, make_case
from tests.factories.documents import jpeg, pdf, sent

pytestmark = pytest.mark.django_db

LATER = (timezone.now() + timedelta(days=5)).date().isoformat()


def press(client, case, part, **data):
    return client.post(f"/cases/{case.reference}/{part}/", {"idempotency_key": f"k-{part}", **data})


ACTS = [
    (Status.NEW, "messages", {"kind": "update", "words": "Dear Hana, I look into it."}, EventKind.MESSAGE, 1),
    (Status.NEW, "messages", {"kind": "note", "words": "Ask the neighbour"}, EventKind.NOTE, 0),
    (Status.NEW, "messages", {"kind": "ask", "words": "When may we come?", "until_on": LATER}, EventKind.ASKED, 1),
    (
        Status.IN_REVIEW,
        "calls",
        {"direction": "in", "with_whom": "Hana Yusof", "words": "She will be home on Tuesday."},
        EventKind.CALL,
        0,
    ),
    (
        Status.IN_REVIEW,
        "calls",
        {"direction": "out", "with_whom": "Hana", "words": "We come on Tuesday.", "also_mail": "on"},
        EventKind.CALL,
        1,
    ),
    (
        Status.IN_REVIEW,
        "dates",
        {"which": "rectify", "due": LATER, "words": "The part comes from abroad."},
        EventKind.DATE,
        1,
    ),
    (Status.IN_REVIEW, "hold", {"reason": "material", "until_on": LATER, "words": ""}, EventKind.HOLD, 1),
    (Status.IN_REVIEW, "escalation", {"why": "The owner asks for the manager."}, EventKind.DECISION_ASKED, 0),
    (Status.IN_REVIEW, "safe", {"words": "We shut the water off at the stopcock."}, EventKind.MADE_SAFE, 1),
    (Status.NEW, "photo-link", {}, EventKind.PHOTO_LINK, 1),
    (
        Status.WITH_CONTRACTOR,
        "contractor",
        {"stage": "under-way", "said_by": "Lim Wei", "proof": "Called"},
        EventKind.CONTRACTOR_SAID,
        0,
    ),
]


def given(case, data):
    return {"seen_version": case.version, **data}


@pytest.mark.parametrize(("status", "part", "data", "kind", "mails"), ACTS)
def test_an_act_is_done_once_and_tells_whom_it_should(desk, a_case, status, part, data, kind, mails):
    case = a_case(status)
    before = OutgoingMail.objects.filter(recipient="hana@demo.example").count()

    first = press(desk, case, part, **given(case, data))
    second = press(desk, case, part, **given(case, data))

    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"] == f"/cases/{case.reference}/"
    assert CaseEvent.objects.filter(case=case, kind=kind).count() == 1
    assert OutgoingMail.objects.filter(recipient="hana@demo.example").count() == before + mails


@pytest.mark.parametrize(("status", "part", "data", "kind", "mails"), ACTS)
def test_an_act_can_be_seen_first(desk, a_case, status, part, data, kind, mails):
    case = a_case(status)
    events = CaseEvent.objects.count()

    empty = desk.get(f"/cases/{case.reference}/{part}/?kind={data.get('kind', '')}")
    shown = press(desk, case, part, **given(case, data), preview="yes")

    assert empty.status_code == shown.status_code == 200
    told = [mail for mail in shown.context_data["mails"] if mail["name"] == "Hana Yusof"]
    assert len(told) == mails
    assert CaseEvent.objects.count() == events


@pytest.mark.parametrize(
    ("part", "data", "field"),
    [
        ("messages", {"kind": "update", "words": ""}, "words"),
        ("messages", {"kind": "note", "words": ""}, "words"),
        ("messages", {"kind": "ask", "words": "When?", "until_on": "2020-01-01"}, "until_on"),
        ("calls", {"direction": "in", "with_whom": "", "words": "Kept words"}, "with_whom"),
        ("dates", {"which": "rectify", "due": "2020-01-01", "words": "Because of the rain."}, "due"),
        ("dates", {"which": "password", "due": LATER, "words": "Because of the rain."}, "which"),
        ("hold", {"reason": "", "until_on": LATER}, "reason"),
        ("hold", {"reason": "material", "until_on": "2020-01-01"}, "until_on"),
        ("safe", {"words": "Ok"}, "words"),
        ("escalation", {"why": ""}, "why"),
    ],
)
def test_a_refused_act_names_its_field_and_keeps_the_rest(desk, a_case, part, data, field):
    case = a_case(Status.IN_REVIEW)

    response = press(desk, case, part, **given(case, data))

    assert response.status_code == 422
    assert field in response.context_data["form"].errors
    for typed in data.values():
        assert typed in response.content.decode()


def test_a_message_without_a_lane_stays_inside(desk, a_case):
    case = a_case()

    press(desk, case, "messages", kind="resident", words="Meant for whom?")

    assert Message.objects.get().lane == Lane.INTERNAL
    assert not OutgoingMail.objects.filter(kind="message").exists()


def test_a_hidden_case_takes_notes_but_no_updates(desk, a_case):
    case = a_case()
    Case.objects.filter(pk=case.pk).update(is_visible=False)

    assert desk.get(f"/cases/{case.reference}/messages/?kind=update").status_code == 409
    assert press(desk, case, "messages", kind="update", words="Dear Hana").status_code == 422
    assert press(desk, case, "messages", kind="note", words="For us").status_code == 302
    assert "Only staff read this" in text_of(desk.get(f"/cases/{case.reference}/"))


def test_hurting_words_are_sent_after_a_second_look(desk, a_case):
    case = a_case()
    words = "As I already told you, this is out of scope."

    refused = press(desk, case, "messages", kind="update", words=words)
    note = press(desk, case, "messages", kind="note", words=words, idempotency_key="n")
    done = press(desk, case, "messages", kind="update", words=words, second_look="yes")

    assert (refused.status_code, note.status_code, done.status_code) == (422, 302, 302)
    assert "“out of scope”" in text_of(refused)
    assert words in refused.content.decode()


def test_a_file_goes_with_an_update(desk, a_case):
    case = a_case()

    press(desk, case, "messages", kind="update", words="See the picture.", photos=[sent(jpeg(), "pipe.jpg")])

    attachment = Attachment.objects.get(case=case)
    assert attachment.is_visible
    assert attachment.message.words == "See the picture."
    assert OutgoingMail.objects.get(kind="message").pictures.count() == 1


def test_a_ready_sentence_is_put_in_and_shown_before_it_is_sent(desk, a_case):
    case = a_case()

    response = press(desk, case, "messages", kind="update", words="Hello.", ready="We look into it.")

    assert response.status_code == 200
    assert "Hello. We look into it." in response.content.decode()
    assert not Message.objects.exists()


def test_an_answer_takes_the_reply_out_of_the_queue(desk, a_case, world, start):
    case = a_case()
    Case.objects.filter(pk=case.pk).update(has_unread_reply=True)

    press(desk, case, "messages", kind="update", words="Dear Hana, thank you.")

    assert not fresh(case).has_unread_reply


def test_the_hold_ends(desk, a_case, world):
    case = a_case(Status.IN_REVIEW)
    at = timezone.now()
    holds.hold(case, reason="material", until_at=at + timedelta(days=3), words="", by=world.actor("amira"), at=at)
    assert "Resume" in text_of(desk.get(f"/cases/{case.reference}/"))

    assert press(desk, case, "resume", words="The part is here.").status_code == 302
    assert press(desk, case, "resume", words="", idempotency_key="2").status_code == 422
    assert not fresh(case).is_paused


def test_a_stale_date_change_is_told_so(desk, manager, a_case, world):
    case = a_case(Status.IN_REVIEW)
    old = given(case, {"which": "rectify", "due": LATER, "words": "The part comes from abroad."})
    assert press(manager, case, "dates", **old).status_code == 302

    response = press(desk, case, "dates", **old)

    assert response.status_code == 409
    assert "The part comes from abroad." in response.content.decode()
    assert "Mo Tan changed a date" in text_of(response)


def test_an_escalation_waits_for_the_manager(desk, a_case):
    case = a_case()

    press(desk, case, "escalation", why="The owner asks for the manager.")

    assert DecisionRequest.objects.get().kind == DecisionKind.ESCALATION
    assert "A manager decides: Escalated" in text_of(desk.get(f"/cases/{case.reference}/"))


@pytest.mark.parametrize("part", ["hold", "dates", "escalation", "safe", "photo-link"])
def test_a_closed_case_takes_no_more_acts(desk, world, start, part):
    case = make_case(world=world, status=Status.CLOSED_OTHER, at=start)

    assert desk.get(f"/cases/{case.reference}/{part}/").status_code == 409


def test_files_start_hidden_and_are_shown_with_one_mail(desk, a_case):
    case = a_case()
    paper = sent(pdf(), "method.pdf", "application/pdf")

    press(desk, case, "files", photos=[sent(jpeg(), "a.jpg"), paper], role="cause", caption="Pipe", is_visible="")
    photo, document = Attachment.objects.filter(case=case).order_by("pk")

    assert (photo.role, document.role) == ("cause", "document")
    assert not photo.is_visible
    assert not OutgoingMail.objects.filter(kind="picture").exists()
    more = [sent(jpeg(), "b.jpg"), sent(jpeg(), "c.jpg")]
    press(desk, case, "files", photos=more, role="other", is_visible="on", idempotency_key="2")
    assert OutgoingMail.objects.filter(kind="picture").count() == 1
    assert OutgoingMail.objects.get(kind="picture").pictures.count() == 2


def test_a_file_is_shown_and_hidden_again(desk, a_case):
    case = a_case()
    press(desk, case, "files", photos=[sent(jpeg(), "a.jpg")], role="other")
    attachment = Attachment.objects.get(case=case)
    part = f"files/{attachment.public_id}/visibility"

    panel = desk.get(f"/cases/{case.reference}/{part}/")
    assert [mail["name"] for mail in panel.context_data["mails"]] == ["Hana Yusof"]
    press(desk, case, part, is_visible="True")
    attachment.refresh_from_db()
    assert attachment.is_visible
    press(desk, case, part, is_visible="False", idempotency_key="2")
    attachment.refresh_from_db()
    assert not attachment.is_visible
    assert OutgoingMail.objects.filter(kind="picture").count() == 1


def test_a_file_of_another_case_has_no_switch_here(desk, a_case, world, start):
    case, other = a_case(photos=1), make_case(world=world, at=start)
    attachment = Attachment.objects.get(case=case)

    assert desk.get(f"/cases/{other.reference}/files/{attachment.public_id}/visibility/").status_code == 404


def test_a_refused_file_is_named(desk, a_case):
    case = a_case()

    response = press(desk, case, "files", photos=[sent(b"MZ not a picture", "virus.exe")], role="other")

    assert response.status_code == 422
    assert "virus.exe" in response.content.decode()


def test_a_letter_to_write_is_ticked_off(desk, a_case, world):
    world.hana.email, world.hana.prefers_letter = "", True
    world.hana.save()
    case = a_case()
    press(desk, case, "messages", kind="update", words="Dear Hana, we come on Tuesday.")
    notice = Notice.objects.get(channel="letter", event__kind="message")
    page = desk.get(f"/cases/{case.reference}/")
    assert "letter or phone to do" in text_of(page)
    assert "we come on Tuesday" in text_of(page)

    response = press(desk, case, f"notices/{notice.pk}/done")

    notice.refresh_from_db()
    assert response.status_code == 302
    assert (notice.done_by_name, bool(notice.done_at)) == ("Amira Rahman", True)
    assert "told by letter or phone by Amira Rahman" in text_of(desk.get(f"/cases/{case.reference}/"))


def test_a_mail_that_failed_is_sent_again(desk, a_case):
    case = a_case()
    press(desk, case, "messages", kind="update", words="Dear Hana")
    mail = OutgoingMail.objects.get(kind="message")
    OutgoingMail.objects.filter(pk=mail.pk).update(
        state=MailState.FAILED, failed_at=timezone.now(), failure="the mailbox is full"
    )
    notice = Notice.objects.get(mail=mail)
    assert "not delivered: the mailbox is full" in text_of(desk.get(f"/cases/{case.reference}/"))

    press(desk, case, f"notices/{notice.pk}/retry")

    mail.refresh_from_db()
    assert mail.state == MailState.QUEUED


def test_a_notice_of_another_case_is_missing(desk, a_case, world, start):
    case, other = a_case(), make_case(world=world, at=start)
    notice = Notice.objects.filter(case=other).first() or Notice.objects.create(
        case=other, audience="homeowner", recipient_name="Hana", channel="letter", subject="x", at=start
    )

    for part in ("done", "retry"):
        assert press(desk, case, f"notices/{notice.pk}/{part}").status_code == 404
        assert desk.get(f"/cases/{other.reference}/notices/{notice.pk}/{part}/").status_code == 405


def test_an_answer_written_while_the_homeowner_wrote_is_shown_their_words_first(desk, world, a_case):
    case = a_case(Status.IN_REVIEW)
    seen = CaseEvent.objects.filter(case=case).latest("pk").pk
    talk.reply(fresh(case), words="It is worse now.", by=world.actor("hana"), at=timezone.now())
    sent = {"kind": "update", "words": "Dear Hana, nothing new yet.", "seen_event": seen}
    response = press(desk, case, "messages", **sent)
    assert response.status_code == 409
    assert "It is worse now." in text_of(response)
    assert "nothing new yet" in response.content.decode()
    assert fresh(case).has_unread_reply
    again = {**sent, "seen_event": response.context_data["seen_event"], "idempotency_key": "k-again"}
    assert press(desk, case, "messages", **again).status_code == 302
    assert not fresh(case).has_unread_reply
