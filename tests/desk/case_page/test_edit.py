"""*Edit defect*."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.choices import DecisionKind, EventKind, Status
from cases.evidence import MoveRefused
from cases.facts import assign
from cases.models import Case, CaseEvent, DecisionRequest
from catalogue.models import Location
from outbox.models import OutgoingMail
from tests.desk.case_page.pages import text_of
from tests.factories.accounts import make_user
from tests.factories.cases import fresh
from tests.factories.units import limit_officer, make_development, make_unit

pytestmark = pytest.mark.django_db


def facts(client, case, **changes):
    """The form as the page shows it, with changes; None leaves a field out."""
    form = client.get(f"/cases/{case.reference}/edit/").context_data["form"]
    data = {bound.html_name: bound.value() for bound in form}
    data["received_on"] = data["received_on"].isoformat()
    data = {name: "on" if value is True else value for name, value in data.items()} | changes
    return {name: value for name, value in data.items() if value not in (None, False)}


def save(client, case, **changes):
    """Pressed on the page that shows the mails."""
    return client.post(f"/cases/{case.reference}/edit/", {**facts(client, case, **changes), "mails_seen": "yes"})


def test_saving_without_a_change_changes_nothing(desk, a_case):
    case = a_case()

    assert save(desk, case).status_code == 302

    assert fresh(case).version == case.version


def test_old_and_new_stand_in_the_story(desk, a_case):
    case = a_case()
    kitchen = Location.objects.get(code="KIT")

    assert save(desk, case, location=kitchen.pk, fault="leak at the sink").status_code == 302

    assert fresh(case).title == "Kitchen: leak at the sink"
    event = CaseEvent.objects.get(case=case, kind=EventKind.EDITED)
    assert event.after["location"] == "Kitchen"
    text = text_of(desk.get(f"/cases/{case.reference}/"))
    assert "Place: Master bathroom → Kitchen" in text
    assert "Water is dripping from the ceiling." in text


def test_a_lower_priority_needs_a_reason(desk, a_case):
    case = a_case()
    low = type(case.priority).objects.get(code="P4").pk

    refused = save(desk, case, priority=low)
    done = save(desk, case, priority=low, why="It only drips when it rains.")

    assert refused.status_code == 422
    assert "why" in refused.context_data["form"].errors
    assert done.status_code == 302
    assert fresh(case).priority.code == "P4"


def test_a_home_is_named_in_any_punctuation(desk, a_case, world):
    case = a_case()

    assert save(desk, case, unit="a 12/4").status_code == 302
    assert fresh(case).unit == world.next_door
    assert save(desk, fresh(case), unit="Z-99").status_code == 422


def test_homes_whose_numbers_hold_the_same_characters_are_told_apart(desk, a_case, world):
    case = a_case()
    twin = make_unit(development=world.development, number="A-1-23")
    twin_again = make_unit(development=world.development, number="A/1/23")

    for home in (world.unit, twin, twin_again, world.unit):
        assert save(desk, fresh(case), unit=home.number, fault=f"leak {home.number}").status_code == 302
        assert fresh(case).unit == home


@pytest.mark.parametrize("text", ["a123", "A 1.23", "A1-23"])
def test_a_number_that_fits_several_homes_is_refused(desk, a_case, world, text):
    case = a_case()
    make_unit(development=world.development, number="A-1-23")
    make_unit(development=world.development, number="A/1/23")

    answer = save(desk, case, unit=text)

    assert answer.status_code == 422
    assert all(number in answer.context_data["form"].errors["unit"][0] for number in ("A-1-23", "A/1/23"))
    assert fresh(case).unit == world.unit


def test_a_number_of_another_make_is_no_home(desk, a_case, world):
    case = a_case()

    assert save(desk, case, unit="A-1-24").status_code == 422, "A-12-4 is another home"


def test_another_received_date_is_the_managers(desk, a_case, start):
    case = a_case()
    earlier = (start - timedelta(days=3)).date().isoformat()

    refused = save(desk, case, received_on=earlier)
    done = save(desk, case, received_on=earlier, why="The letter reached the site office first.")

    assert refused.status_code == 422
    assert done.status_code == 302
    assert fresh(case).received_at == case.received_at
    assert DecisionRequest.objects.get().kind == DecisionKind.RECEIVED_DATE


def test_a_refused_received_date_takes_the_other_changes_back(desk, a_case, start):
    case = a_case()
    earlier = (start - timedelta(days=3)).date().isoformat()

    save(desk, case, fault="another fault", received_on=earlier)

    assert fresh(case).fault == case.fault


def test_a_changed_status_leads_to_its_panel_with_the_words(desk, a_case):
    case = a_case()

    response = save(desk, case, status="accept", fault="leak at the light", words="We repair this, Hana.")

    assert response["Location"] == f"/cases/{case.reference}/moves/accept/"
    assert (fresh(case).status, fresh(case).fault) == (Status.NEW, "leak at the light")
    panel = desk.get(response["Location"])
    assert panel.context_data["form"]["words"].value() == "We repair this, Hana."
    assert "We repair this, Hana." in panel.context_data["mails"][0]["paragraphs"]
    other = a_case()
    assert "We repair this" not in desk.get(f"/cases/{other.reference}/moves/accept/").content.decode()


def test_only_allowed_moves_are_offered(desk, a_case):
    case = a_case(Status.TO_CHECK)
    offered = [
        value
        for value, _label in desk.get(f"/cases/{case.reference}/edit/").context_data["form"]["status"].field.choices
    ]

    assert "ask-sign-off" in offered
    assert not {"not-right", "close-no-reply", "accept", "close-out-of-scope"} & set(offered)
    assert save(desk, case, status="accept").status_code == 422


def test_making_it_visible_shows_and_sends_the_mail(desk, a_case):
    case = a_case()
    Case.objects.filter(pk=case.pk).update(is_visible=False)
    case = fresh(case)

    shown = save(desk, case, is_visible="on", preview="yes")
    assert [mail["name"] for mail in shown.context_data["mails"]] == ["Hana Yusof"]
    assert not fresh(case).is_visible
    assert save(desk, case, is_visible="on").status_code == 302
    assert OutgoingMail.objects.filter(kind="made-visible").count() == 1


def test_another_officer_is_told(desk, a_case):
    case, colleague = a_case(), make_user(name="Ben Ooi", email="ben@demo.example")

    save(desk, case, officer=colleague.pk)

    assert fresh(case).officer == colleague
    assert OutgoingMail.objects.filter(kind="assigned", recipient="ben@demo.example").exists()


def test_a_stale_form_keeps_what_was_typed_and_shows_the_difference(desk, manager, a_case):
    case = a_case()
    typed = facts(desk, case, fault="leak at the light")
    seen = desk.get(f"/cases/{case.reference}/edit/").context_data["seen_event"]
    assert save(manager, case, fault="leak at the pipe").status_code == 302

    response = desk.post(f"/cases/{case.reference}/edit/", {**typed, "seen_event": seen})

    assert response.status_code == 409
    text = response.content.decode()
    assert 'value="leak at the light"' in text
    assert "leak at the pipe" in text_of(response)
    assert fresh(case).fault == "leak at the pipe"


def test_a_status_that_is_no_longer_offered_is_told_as_a_change(desk, manager, a_case):
    case = a_case()
    typed = facts(desk, case, status="start-review")
    data = {"seen_version": case.version}
    assert manager.post(f"/cases/{case.reference}/moves/accept/", data).status_code == 302

    response = desk.post(f"/cases/{case.reference}/edit/", typed)

    assert response.status_code == 409
    assert "Somebody changed this case after you opened it" in text_of(response)


def test_another_room_is_shown_and_then_mailed_to_the_homeowner(desk, a_case):
    case = a_case()
    typed = facts(desk, case, location=Location.objects.get(code="KIT").pk, fault="leak at the sink")

    shown = desk.post(f"/cases/{case.reference}/edit/", typed)

    assert shown.status_code == 200
    (mail,) = shown.context_data["mails"]
    assert mail["subject"] == f"We corrected our notes: Kitchen: leak at the sink ({case.reference})"
    assert [row["words"] for row in mail["facts"]] == ["Kitchen", "leak at the sink"]
    assert fresh(case).fault == case.fault
    assert not OutgoingMail.objects.filter(kind="facts").exists()

    done = desk.post(f"/cases/{case.reference}/edit/", {**typed, "mails_seen": "yes"})

    assert done.status_code == 302
    sent = OutgoingMail.objects.get(kind="facts")
    assert sent.recipient == "hana@demo.example"
    assert "Room" in sent.body_text
    assert "Kitchen" in sent.body_text


def test_facts_that_only_staff_read_are_saved_at_once_and_tell_nobody(desk, a_case):
    case = a_case()

    low = type(case.priority).objects.get(code="P4").pk
    done = desk.post(
        f"/cases/{case.reference}/edit/", facts(desk, case, priority=low, why="It only drips when it rains.")
    )

    assert done.status_code == 302
    assert not OutgoingMail.objects.filter(kind="facts").exists()


def test_a_hidden_case_is_corrected_in_silence(desk, a_case):
    case = a_case()
    Case.objects.filter(pk=case.pk).update(is_visible=False)

    assert save(desk, fresh(case), fault="leak at the sink").status_code == 302

    assert not OutgoingMail.objects.filter(kind="facts").exists()


def test_who_has_the_repair_reads_the_corrected_room(desk, a_case):
    case = a_case(Status.WITH_CONTRACTOR)

    save(desk, case, fault="leak at the sink")

    subjects = {mail.recipient: mail.subject for mail in OutgoingMail.objects.filter(kind="facts")}
    assert len(subjects) == 2
    assert subjects["lim@demo.example"].startswith("Corrected: Master bathroom: leak at the sink, A-12-3")


def test_a_case_of_another_home_tells_both_homes(desk, a_case, world):
    case = a_case()

    save(desk, case, unit=world.next_door.number)

    told = {mail.recipient: mail for mail in OutgoingMail.objects.filter(kind__in=["facts", "other-home"])}
    assert told["hana@demo.example"].kind == "other-home"
    assert "We had noted this for A-12-3 by mistake." in told["hana@demo.example"].body_text
    assert "A-12-3" not in told["noor@demo.example"].body_text


def test_a_closed_case_promises_no_news_when_it_is_corrected(desk, a_case):
    case = a_case(Status.CLOSED_COMPLETE)

    save(desk, case, fault="leak at the sink")

    assert "Next news" not in OutgoingMail.objects.get(kind="facts", recipient="hana@demo.example").body_text


def test_the_form_says_before_saving_who_is_told(desk, a_case):
    case = a_case()
    assert (
        "Another home, room or fault is told to the homeowner"
        in desk.get(f"/cases/{case.reference}/edit/").content.decode()
    )


def test_an_officer_of_another_development_is_neither_offered_nor_taken(desk, a_case, world):
    case = a_case()
    bea = make_user(email="bea@demo.example", name="Bea Clarke", role="officer")
    limit_officer(bea, make_development(code="ELM"))

    offered = desk.get(f"/cases/{case.reference}/edit/").context_data["form"].fields["officer"].choices
    assert bea.pk not in [pk for pk, _label in offered]
    assert save(desk, case, officer=bea.pk).status_code == 422
    with pytest.raises(MoveRefused, match="Bea Clarke does not look after"):
        assign(fresh(case), bea, seen_version=case.version, by=world.amira.actor(), at=timezone.now())
    assert fresh(case).officer != bea


def test_the_officer_of_a_case_who_lost_the_development_is_still_shown(desk, a_case, world):
    case = a_case()
    bea = make_user(email="bea@demo.example", name="Bea Clarke", role="officer")
    Case.objects.filter(pk=case.pk).update(officer=bea)
    limit_officer(bea, make_development(code="ELM"))

    assert save(desk, fresh(case), fault="leak at the sink").status_code == 302
    assert fresh(case).officer == bea
