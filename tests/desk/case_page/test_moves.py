"""The confirm panel: what it shows, what it does, what it refuses."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from cases import facts, talk
from cases.choices import DecisionState, Status
from cases.models import Attachment, Case, CaseEvent, DecisionRequest, Notice
from outbox.models import OutgoingMail
from tests.desk.case_page.pages import form, move, text_of
from tests.factories.cases import add_after_photo, fresh, make_case
from tests.factories.documents import jpeg, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def at():
    return timezone.now()


def photo(name="after.jpg"):
    return sent(jpeg(), name)


@pytest.mark.parametrize(
    ("status", "name", "becomes"),
    [
        (Status.NEW, "start-review", Status.IN_REVIEW),
        (Status.NEW, "accept", Status.ACCEPTED),
        (Status.ACCEPTED, "accept-and-send", Status.WITH_CONTRACTOR),
        (Status.WITH_CONTRACTOR, "take-back", Status.IN_REVIEW),
        (Status.TO_CHECK, "ask-sign-off", Status.AWAITING_HOMEOWNER),
        (Status.TO_CHECK, "send-back", Status.WITH_CONTRACTOR),
        (Status.AWAITING_HOMEOWNER, "confirm", Status.CLOSED_COMPLETE),
        (Status.IN_REVIEW, "close-complete", Status.CLOSED_COMPLETE),
        (Status.IN_REVIEW, "close-other", Status.CLOSED_OTHER),
        (Status.CLOSED_COMPLETE, "reopen", Status.IN_REVIEW),
    ],
)
def test_a_confirmed_move_is_made_and_told(desk, a_case, world, at, status, name, becomes):
    case = a_case(status)
    before = Notice.objects.count()

    response = move(desk, case, name, world=world, at=at)

    assert (response.status_code, response["Location"]) == (302, f"/cases/{case.reference}/")
    assert fresh(case).status == becomes
    assert Notice.objects.count() > before


@pytest.mark.parametrize(("name", "status"), [("accept-and-send", Status.NEW), ("ask-sign-off", Status.TO_CHECK)])
def test_the_panel_shows_the_mails_as_they_will_be_sent(desk, a_case, world, at, name, status):
    case = a_case(status)
    before = (OutgoingMail.objects.count(), CaseEvent.objects.count())

    shown = desk.get(f"/cases/{case.reference}/moves/{name}/")

    assert (OutgoingMail.objects.count(), CaseEvent.objects.count()) == before
    assert fresh(case).version == case.version
    move(desk, case, name, world=world, at=at, **{"due_at": None} if name != "accept-and-send" else {})
    mails = OutgoingMail.objects.order_by("-pk")[: OutgoingMail.objects.count() - before[0]]
    assert {mail.subject for mail in mails if "due" not in mail.subject} <= set(subjects(shown))
    assert len(subjects(shown)) == len(mails)


def subjects(response):
    return [mail["subject"] for mail in response.context_data["mails"]]


def test_the_mails_follow_what_is_typed_without_being_sent(desk, a_case, world, at):
    case = a_case()
    data = form(case, "accept-and-send", world=world, at=at, words="We come soon, Hana.", preview="yes")

    response = desk.post(f"/cases/{case.reference}/moves/accept-and-send/", data)

    assert response.status_code == 200
    assert "We come soon, Hana." in response.context_data["mails"][0]["paragraphs"]
    assert fresh(case).status == Status.NEW
    assert "Confirm, send 2 e-mails" in text_of(response)


def test_nobody_is_told_of_a_hidden_case_and_the_panel_says_so(desk, a_case, world, at):
    case = a_case()
    Case.objects.filter(pk=case.pk).update(is_visible=False)

    assert "Nobody will be told" in text_of(desk.get(f"/cases/{case.reference}/moves/accept/"))
    before = OutgoingMail.objects.count()
    move(desk, fresh(case), "accept", world=world, at=at)
    assert OutgoingMail.objects.count() == before


def test_a_manager_decides_and_the_panel_says_so(desk, a_case, world, at):
    case = a_case()
    address = f"/cases/{case.reference}/moves/close-out-of-scope/"

    assert "A manager decides this" in text_of(desk.get(address))
    refused = desk.post(address, form(case, "close-out-of-scope", world=world, at=at, words="short"))
    assert refused.status_code == 422
    given = {"why": "Six years of use, see the pictures."}
    shown = desk.post(address, form(case, "close-out-of-scope", world=world, at=at, preview="yes", **given))
    assert "Goes out once the manager approves" in text_of(shown)
    assert shown.context_data["mails"][0]["name"] == "Hana Yusof"
    assert move(desk, case, "close-out-of-scope", world=world, at=at, **given).status_code == 302

    assert fresh(case).status == Status.NEW
    request = DecisionRequest.objects.get()
    assert (request.state, request.author_user_id) == (DecisionState.WAITING, world.amira.pk)
    assert not OutgoingMail.objects.filter(kind="close-out-of-scope").exists()


def test_a_double_press_counts_once(desk, a_case, world, at):
    case = a_case()

    first = move(desk, case, "accept-and-send", world=world, at=at)
    second = move(desk, case, "accept-and-send", world=world, at=at)

    assert first["Location"] == second["Location"]
    assert CaseEvent.objects.filter(move="accept-and-send").count() == 1
    assert OutgoingMail.objects.filter(kind="accept-and-send").count() == 2


def test_the_second_mover_keeps_the_words_and_sees_what_changed(desk, a_case, world, at):
    case = a_case()
    shown = desk.get(f"/cases/{case.reference}/moves/accept-and-send/").context_data
    priority = type(case.priority).objects.get(code="P1")
    facts.edit(fresh(case), seen_version=case.version, by=world.actor("mo"), at=at, priority=priority)
    typed = {"words": "We come soon, Hana.", "seen_event": shown["seen_event"]}

    response = move(desk, case, "accept-and-send", world=world, at=at, **typed)

    assert response.status_code == 409
    text = text_of(response)
    assert "Mo Tan edited the facts" in text
    assert "P2" in text
    assert "We come soon, Hana." in text
    again = fresh(case)
    assert f'name="seen_version" value="{again.version}"' in response.content.decode()
    assert move(desk, again, "accept-and-send", world=world, at=at, **typed).status_code == 302


def test_a_mover_who_is_overtaken_by_a_move_learns_of_it(desk, manager, a_case, world, at):
    case = a_case()
    assert move(manager, case, "accept", world=world, at=at).status_code == 302

    response = move(desk, case, "start-review", world=world, at=at)

    assert response.status_code == 409
    assert "Somebody changed this case after you opened it" in text_of(response)
    assert "Accepted" in text_of(response)


def test_what_was_prepared_for_a_move_that_fits_no_more_is_kept(desk, manager, a_case, world, at):
    case = a_case(Status.WITH_CONTRACTOR)
    assert move(manager, case, "take-back", world=world, at=at).status_code == 302

    late = move(desk, case, "report-done", world=world, at=at, words="The joint is new.", photos=[photo("wall.jpg")])
    token = (
        late.context_data["form"]
        .fields["photos"]
        .widget.shot(late.context_data["form"].fields["photos"].stored[0])
        .token
    )
    added = desk.post(f"/cases/{case.reference}/files/", {"photos-kept": token, "role": "after"})

    assert late.status_code == 409
    assert "The joint is new." in text_of(late)
    assert token in late.content.decode()
    assert added.status_code == 302
    assert Attachment.objects.get(case=case, role="after").file.original_name == "wall.jpg"


def test_a_move_that_does_not_fit_says_so_before_anybody_types(desk, a_case):
    case = a_case()

    response = desk.get(f"/cases/{case.reference}/moves/send-back/")

    assert response.status_code == 409
    assert "This is not possible while the case is “New”." in text_of(response)
    assert "Confirm" not in text_of(response)


@pytest.mark.parametrize("name", ["not-right", "close-no-reply", "nonsense", "__class__"])
def test_moves_that_are_not_the_desks_are_missing(desk, a_case, name):
    case = a_case(Status.AWAITING_HOMEOWNER)

    assert desk.get(f"/cases/{case.reference}/moves/{name}/").status_code == 404
    assert desk.post(f"/cases/{case.reference}/moves/{name}/").status_code == 404


def test_a_refused_move_names_the_field_and_keeps_what_was_typed(desk, a_case, world, at):
    case = a_case()
    past = (at - timedelta(days=3)).date().isoformat()

    response = move(desk, case, "accept-and-send", world=world, at=at, due_at=past, note="Careful, dog")

    assert response.status_code == 422
    assert "due_at" in response.context_data["form"].errors
    assert "Careful, dog" in response.content.decode()
    assert fresh(case).status == Status.NEW


def test_hurting_words_want_a_second_look(desk, a_case, world, at):
    case = a_case(Status.TO_CHECK)
    typed = {"words": "This was obviously your fault, but we look again."}

    response = move(desk, case, "send-back", world=world, at=at, **typed)

    assert response.status_code == 422
    assert "Look at your words once more" in text_of(response)
    assert fresh(case).status == Status.TO_CHECK
    assert move(desk, case, "send-back", world=world, at=at, second_look="yes", **typed).status_code == 302
    assert fresh(case).status == Status.WITH_CONTRACTOR


def test_an_internal_note_is_in_no_mail(desk, a_case, world, at):
    case = a_case()

    move(desk, case, "accept-and-send", world=world, at=at, note="Secret: difficult neighbour")
    talk.note(fresh(case), words="Secret: never to be told", by=world.actor("amira"), at=at)
    add_after_photo(fresh(case), world=world, at=at)
    move(desk, fresh(case), "report-done", world=world, at=at, note="Secret: cheap paint")

    assert fresh(case).status == Status.TO_CHECK
    assert CaseEvent.objects.filter(note__startswith="Secret").count() == 3
    assert not [mail for mail in OutgoingMail.objects.all() if "Secret" in mail.body_text + mail.body_html]
    assert not Notice.objects.filter(words__contains="Secret").exists()


def test_pictures_come_with_the_move(desk, a_case, world, at):
    case = a_case(Status.WITH_CONTRACTOR)

    without = move(desk, case, "report-done", world=world, at=at)
    response = move(desk, case, "report-done", world=world, at=at, photos=[photo()])

    assert without.status_code == 422
    assert "photos" in without.context_data["form"].errors
    assert response.status_code == 302
    kept = Attachment.objects.get(case=case, role="after")
    assert kept.is_visible
    assert fresh(case).status == Status.TO_CHECK


def test_a_refused_move_keeps_its_pictures(desk, a_case, world, at):
    case = a_case(Status.WITH_CONTRACTOR)

    refused = move(desk, case, "report-done", world=world, at=at, photos=[photo("wall.jpg")], proof="")

    assert refused.status_code == 422
    token = (
        refused.context_data["form"]["photos"]
        .field.widget.shot(refused.context_data["form"].fields["photos"].stored[0])
        .token
    )
    assert token in refused.content.decode()
    assert not Attachment.objects.filter(case=case, role="after").exists()
    assert move(desk, case, "report-done", world=world, at=at, **{"photos-kept": token}).status_code == 302
    assert Attachment.objects.get(case=case, role="after").file.original_name == "wall.jpg"


def test_the_last_move_is_undone_and_those_told_are_told_again(desk, world, at):
    case = make_case(world=world, status=Status.WITH_CONTRACTOR, at=at - timedelta(hours=3))
    address = f"/cases/{case.reference}/moves/correct/"
    data = {"seen_version": case.version, "words": "We sent this to the wrong company, sorry."}

    shown = desk.post(address, {**data, "preview": "yes"})
    done = desk.post(address, data)

    assert shown.context_data["refusal"] is None
    assert len(shown.context_data["mails"]) == 2
    assert done.status_code == 302
    assert fresh(case).status == Status.NEW
    assert OutgoingMail.objects.filter(kind="correct").count() == 2
    assert "Done: the last move is undone." in desk.get(f"/cases/{case.reference}/").content.decode()
    assert desk.get(address).status_code == 409


def test_an_old_move_is_the_managers_to_undo(desk, manager, world):
    case = make_case(world=world, status=Status.WITH_CONTRACTOR, at=timezone.now() - timedelta(days=4))
    address = f"/cases/{case.reference}/moves/correct/"

    assert desk.get(address).status_code == 409
    assert "Undo the last move" not in desk.get(f"/cases/{case.reference}/").content.decode()
    assert manager.get(address).status_code == 200
    assert "Undo the last move" in manager.get(f"/cases/{case.reference}/").content.decode()


def test_the_duplicate_hint_fills_in_the_panel(desk, a_case, world, start):
    other = make_case(world=world, at=start - timedelta(days=1))
    case = a_case()

    response = desk.get(
        f"/cases/{case.reference}/moves/close-other/?reason=duplicate&duplicate_of={other.reference}&words=x"
    )

    assert response.context_data["form"]["reason"].value() == "duplicate"
    assert subjects(response)
    assert response.context_data["form"]["words"].value() in (None, "")


def test_the_button_names_the_company(desk, a_case):
    case = a_case()

    assert "Accept and send to Lim" in text_of(desk.get(f"/cases/{case.reference}/"))
    assert "Accept and send to Lim" in text_of(desk.get(f"/cases/{case.reference}/moves/accept-and-send/"))


def test_a_request_to_a_manager_is_not_made_from_an_old_page(desk, a_case, world, at):
    case = a_case()
    facts.edit(fresh(case), seen_version=case.version, by=world.actor("mo"), at=at, fault="leak at the pipe")

    response = move(desk, case, "close-out-of-scope", world=world, at=at, why="Six years of use, see the pictures.")

    assert response.status_code == 409
    assert not DecisionRequest.objects.exists()


def test_a_move_that_the_verb_refuses_keeps_its_pictures_too(desk, a_case, world, at):
    case = a_case(Status.WITH_CONTRACTOR)

    refused = move(desk, case, "report-done", world=world, at=at, photos=[photo("wall.jpg")], method_note="")

    assert refused.status_code == 422
    assert "method_note" in refused.context_data["form"].errors
    assert 'name="photos-kept"' in refused.content.decode()
    assert not Attachment.objects.filter(case=case, role="after").exists()


def test_what_the_preview_refuses_stands_at_its_field(desk, a_case, world, start):
    case = a_case()
    sent = {"seen_version": case.version, "reason": "withdrawn", "preview": "yes"}
    response = desk.post(f"/cases/{case.reference}/moves/close-other/", sent)
    assert "Write in a sentence why" in str(response.context["form"].errors["words"])
    assert 'href="#id_words"' in response.content.decode()
    assert response.context["extra_open"]


def test_words_that_hurt_are_named_at_the_preview_already(desk, a_case, world, start):
    case = a_case()
    sent = {"kind": "update", "words": "Unfortunately this is your fault, as per the contract.", "preview": "yes"}
    response = desk.post(f"/cases/{case.reference}/messages/", sent)
    assert "Look at your words once more" in response.content.decode()


@pytest.mark.parametrize(
    ("path", "never"),
    [
        ("moves/close-other/", {"duplicate_of", "passed_to", "follow_up_on"}),
        ("moves/close-out-of-scope/", {"rule", "guidance", "other_guidance", "why"}),
        ("edit/", {"why"}),
    ],
)
def test_a_field_that_may_be_needed_is_not_called_optional(desk, a_case, path, never):
    page = desk.get(f"/cases/{a_case().reference}/{path}").content.decode()

    labels = dict(re.findall(r'<(?:label|legend)[^>]*for="id_(\w+)"[^>]*>(.*?)</(?:label|legend)>', page, re.S))
    said = {name for name, words in labels.items() if "optional" in words}
    assert not said & never
    assert never & labels.keys()
    assert "note" in said or path == "edit/"


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2200-01-01"])
def test_a_day_of_another_age_is_named_at_its_field(desk, a_case, world, day):
    case = a_case()
    response = move(desk, case, "accept-and-send", world=world, at=timezone.now(), due_at=day)
    assert response.status_code == 422
    assert response.context_data["form"].errors["due_at"] == ["Check the year."]
