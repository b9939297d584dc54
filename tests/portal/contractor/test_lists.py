"""A company's pages of a defect list: by account and by the list's link."""

import io
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from accounts.models import LinkToken
from cases.models import Attachment, Case, CaseEvent
from contractors import appointments
from outbox.models import OutgoingMail
from tests.factories import contractors
from tests.factories.cases import make_world
from tests.factories.documents import jpeg
from tests.factories.lists import make_list
from tests.portal.contractor.conftest import link_of
from works import lists
from works.choices import ListEventKind, OrderState
from works.models import DefectList, ListEvent, WorkOrder

pytestmark = pytest.mark.django_db

NAME = {"your_name": "Wei Jie"}


def seen(**facts):
    return [f"{row.reference}:{row.version}" for row in WorkOrder.objects.filter(**facts).order_by("pk")]


def states():
    return list(WorkOrder.objects.order_by("pk").values_list("state", flat=True))


def ahead(days=3):
    return (timezone.now() + timedelta(days=days)).date().isoformat()


def photo():
    return SimpleUploadedFile("after.jpg", jpeg(), content_type="image/jpeg")


def test_the_link_shows_the_list_without_a_sign_in(link, made):
    page = Client().get(link)
    text = page.content.decode()
    assert page.status_code == 200
    assert "3 items in 1 home" in text
    assert "Accept all 3 new" in text
    assert "private" in page["Cache-Control"]


def test_the_account_shows_the_same_list(client_for, lim, made):
    text = client_for(lim.user).get("/jobs/lists/DL-1/").content.decode()
    assert "3 items in 1 home" in text
    assert "Your name" not in text


def test_no_name_phone_or_mail_of_a_resident_stands_on_it(link, made):
    text = Client().get(link).content.decode()
    assert "Ring first" in text
    assert [word for word in ("Hana", "Yusof", "555 0187", "hana@") if word in text] == []


def test_get_and_head_change_nothing(link, made):
    before = (states(), ListEvent.objects.count(), DefectList.objects.get().version, CaseEvent.objects.count())
    for path in (
        "",
        "accept/",
        "WO-1/accept/",
        "WO-1/done/",
        "date/?home=A-12-3",
        "opened/",
        "receipt/",
        "sheet/",
        "paper/",
    ):
        Client().get(f"{link}{path}")
        Client().head(f"{link}{path}")
    assert (states(), ListEvent.objects.count(), DefectList.objects.get().version, CaseEvent.objects.count()) == before


def test_accept_all_takes_what_the_page_showed_with_the_name(link, made):
    Client().post(f"{link}accept/", {"order": seen(), **NAME})
    assert states() == [OrderState.ACCEPTED] * 3
    made.refresh_from_db()
    assert made.acknowledged_by_name == "Wei Jie"
    assert set(WorkOrder.objects.values_list("accepted_how", flat=True)) == {"link"}
    assert CaseEvent.objects.filter(actor_name="Wei Jie", reason="accepted").count() == 3


def test_accept_all_tells_each_person_at_most_once(link, made):
    before = OutgoingMail.objects.count()
    Client().post(f"{link}accept/", {"order": seen(), **NAME})
    told = list(OutgoingMail.objects.values_list("recipient", flat=True))[before:]
    assert len(told) == len(set(told))


@pytest.mark.parametrize("path", ["accept/", "receipt/", "WO-1/accept/", "WO-1/date/"])
def test_by_link_every_answer_asks_for_a_name(link, made, path):
    page = Client().post(f"{link}{path}", {"order": seen(), "seen_version": 1, "promised_on": ahead()})
    assert page.status_code == 422
    assert "Write your name" in page.content.decode()
    assert states() == [OrderState.NEW] * 3


def test_what_was_accepted_meanwhile_is_not_accepted_twice(link, made):
    shown = seen()
    WorkOrder.objects.filter(number=1).update(version=7)
    page = Client().post(f"{link}accept/", {"order": shown, **NAME}, follow=True)
    assert states() == [OrderState.NEW, OrderState.ACCEPTED, OrderState.ACCEPTED]
    assert "WO-1:" in page.content.decode()


def test_equal_presses_count_once(link, made):
    form = {"order": seen(), "idempotency_key": "one-press", **NAME}
    answers = {Client().post(f"{link}accept/", form).status_code for _press in range(20)}
    assert answers == {302}
    assert CaseEvent.objects.filter(reason="accepted").count() == 3


def test_two_people_by_one_link_each_by_their_name(link, made):
    Client().post(f"{link}WO-1/accept/", {"seen_version": 1, "your_name": "Wei Jie"})
    Client().post(f"{link}WO-2/accept/", {"seen_version": 1, "your_name": "Ravi"})
    stale = Client().post(f"{link}WO-1/accept/", {"seen_version": 1, "your_name": "Ravi"})
    assert (stale.status_code, states()) == (422, [OrderState.ACCEPTED, OrderState.ACCEPTED, OrderState.NEW])
    assert set(CaseEvent.objects.filter(reason="accepted").values_list("actor_name", flat=True)) == {"Wei Jie", "Ravi"}


def test_a_stale_page_comes_back_with_what_was_typed(link, made):
    WorkOrder.objects.filter(number=1).update(version=5)
    page = Client().post(
        f"{link}WO-1/date/", {"seen_version": 1, "promised_on": ahead(), "words": "After lunch, two people", **NAME}
    )
    assert page.status_code == 409
    assert "After lunch, two people" in page.content.decode()
    assert 'value="5"' in page.content.decode()


def test_a_company_replaced_while_its_form_is_open_reads_so_and_keeps_its_words(link, made):
    WorkOrder.objects.filter(number=1).update(state="cancelled", ended_at=timezone.now())
    page = Client().post(f"{link}WO-1/not-ours/", {"seen_version": 1, "words": "Not in our package at all", **NAME})
    text = page.content.decode()
    assert page.status_code == 409
    assert "This repair is no longer with you" in text
    assert "Not in our package at all" in text


def test_a_date_accepts_and_stands_on_the_order(link, made):
    Client().post(f"{link}WO-1/date/", {"seen_version": 1, "promised_on": ahead(), **NAME})
    order = WorkOrder.objects.get(number=1)
    assert order.state == OrderState.ACCEPTED
    assert order.promised_at.astimezone(made.development.tz).date() == date.fromisoformat(ahead())


def test_a_day_that_is_over_is_refused_at_its_field(link, made):
    page = Client().post(f"{link}WO-1/date/", {"seen_version": 1, "promised_on": "2020-01-01", **NAME})
    assert page.status_code == 422
    assert "This date is over" in page.content.decode()


def test_one_date_for_a_home_takes_all_its_items(link, made):
    page = Client().get(f"{link}date/?home=A-12-3")
    assert "all 3 items" in page.content.decode()
    Client().post(f"{link}date/?home=A-12-3", {"order": seen(), "promised_on": ahead(), **NAME})
    assert WorkOrder.objects.filter(promised_at__isnull=False).count() == 3


def test_done_wants_a_picture(link, made):
    page = Client().post(f"{link}WO-1/done/", {"seen_version": 1, **NAME})
    assert page.status_code == 422
    assert "Add at least one picture" in page.content.decode()


def test_done_with_a_picture_goes_to_the_check(link, made):
    Client().post(f"{link}WO-1/done/", {"seen_version": 1, "photos": photo(), **NAME})
    order = WorkOrder.objects.get(number=1)
    assert order.state == OrderState.DONE
    assert order.case.attachments.filter(role="after").count() == 1
    assert order.case.status == "to-check"


def test_wet_work_is_asked_how_it_was_repaired(link, made):
    Case.objects.update(defect_type_id=None)
    from catalogue.models import Trade

    wet = Trade.objects.filter(component_tag="waterproofing").first()
    Case.objects.update(trade=wet)
    page = Client().post(f"{link}WO-1/done/", {"seen_version": 1, "photos": photo(), **NAME})
    assert page.status_code == 422
    assert "This is wet work" in page.content.decode()


@pytest.mark.parametrize("act", ["start", "no-access", "wait"])
def test_the_other_answers(link, made, act):
    facts = {"no-access": {"words": "Came at 9, nobody opened"}, "wait": {"reason": "parts"}}.get(act, {})
    Client().post(f"{link}WO-1/accept/", {"seen_version": 1, **NAME})
    page = Client().post(
        f"{link}WO-1/{act}/", {"seen_version": WorkOrder.objects.get(number=1).version, **facts, **NAME}
    )
    assert page.status_code == 302
    assert (
        WorkOrder.objects.get(number=1).state
        == {"start": "under-way", "no-access": "no-access", "wait": "waiting"}[act]
    )


def test_not_ours_is_a_dispute_with_its_reason(link, made):
    facts = {"reason": "owner-damage", "words": "The owner drilled into the wall", **NAME}
    page = Client().post(f"{link}WO-1/not-ours/", {"seen_version": 1, **facts})
    assert page.status_code == 302
    order = WorkOrder.objects.get(number=1)
    assert (order.state, order.disputes.get().reason) == (OrderState.DISPUTED, "owner-damage")


def test_opening_is_noted_by_the_pages_script_only(link, made):
    Client().get(link)
    assert not ListEvent.objects.filter(kind=ListEventKind.OPENED).exists()
    for _twice in range(2):
        assert Client().post(f"{link}opened/").status_code == 204
    assert ListEvent.objects.filter(kind=ListEventKind.OPENED).count() == 1


def test_the_link_is_dead_two_weeks_after_the_list_closed(link, made):
    DefectList.objects.update(state="closed", closed_at=timezone.now() - timedelta(days=13))
    assert Client().get(link).status_code == 200
    DefectList.objects.update(closed_at=timezone.now() - timedelta(days=14))
    page = Client().get(link)
    assert (page.status_code, "This link has ended" in page.content.decode()) == (404, True)


def test_the_link_is_dead_with_the_appointment(link, made, world):
    appointment = world.company.appointments.get()
    today = timezone.now().astimezone(world.development.tz).date()
    appointments.end(appointment, on=today, reason="Replaced", by=world.actor("amira"), at=timezone.now())
    assert Client().get(link).status_code == 404
    assert Client().post(f"{link}accept/", {"order": seen(), **NAME}).status_code == 404
    assert states() == [OrderState.NEW] * 3


@pytest.mark.parametrize("path", ["", "accept/", "WO-1/accept/", "sheet/", "sheet/file/", "paper/", "upload/"])
def test_an_unknown_link_opens_nothing(made, path):
    for call in (Client().get, Client().post):
        assert call(f"/jobs/link/nobodys/{path}").status_code in {404, 405}
    assert LinkToken.objects.filter(purpose="defect-list").count() == 0


def test_a_link_opens_its_own_list_alone(world, made, link):
    at = timezone.now()
    make_list(world=world, count=2, at=at + timedelta(seconds=1))
    assert Client().get(f"{link}WO-1/accept/").status_code == 200
    assert Client().get(f"{link}WO-4/accept/").status_code == 404
    assert Client().post(f"{link}WO-4/accept/", {"seen_version": 1, **NAME}).status_code == 404
    Client().post(f"{link}accept/", {"order": ["WO-4:1", "WO-5:1"], **NAME})
    assert set(states()) == {OrderState.NEW}


def test_pictures_of_the_list_and_no_others(world, made, link):
    row = Attachment.objects.filter(role="before").first()
    assert Client().get(f"{link}pictures/{row.public_id}/list/").status_code in {200, 404}
    Attachment.objects.filter(pk=row.pk).update(case=None, report_item=row.report_item)
    assert Client().get(f"{link}pictures/{row.public_id}/list/").status_code == 404


def test_what_is_held_back_is_not_shown_to_the_account(client_for, lim, world):
    from datetime import time

    world.development.lists_go_at = time(0, 1)
    world.development.save()
    make_list(world=world, at=timezone.now())
    assert client_for(lim.user).get("/jobs/lists/DL-1/").status_code == 404
    assert "A-12-3" not in client_for(lim.user).get("/jobs/").content.decode()


def test_another_company_finds_nothing(client_for, world, made):
    otto = contractors.otto(development=world.development)
    browser = client_for(otto.user)
    for path in ("", "WO-1/accept/", "sheet/", "paper/"):
        assert browser.get(f"/jobs/lists/DL-1/{path}").status_code == 404
    assert browser.post("/jobs/lists/DL-1/accept/", {"order": seen()}).status_code == 404
    assert states() == [OrderState.NEW] * 3


def test_the_first_page_shows_lists_days_and_homes(client_for, lim, made):
    Client().post(f"{link_of(made)}WO-1/date/", {"seen_version": 1, "promised_on": ahead(), **NAME})
    text = client_for(lim.user).get("/jobs/").content.decode()
    assert "Today and the next days" in text
    assert "DL-1" in text
    assert "/jobs/lists/DL-1/WO-2/accept/" in text


# -- the returned sheet


def taken(browser, link):
    return load_workbook(io.BytesIO(browser.get(f"{link}sheet/file/").content))


def filled(link, answers):
    """The sheet as it was taken, with answers by order: (answer, reason, date, words)."""
    book = taken(Client(), link)
    page = book.worksheets[0]
    heads = [cell.value for cell in page[1]]
    for row in page.iter_rows(min_row=2):
        given = answers.get(row[0].value)
        if given:
            for place, value in enumerate(given):
                row[heads.index("Answer") + place].value = value
    target = io.BytesIO()
    book.save(target)
    return SimpleUploadedFile("DL-1-1.xlsx", target.getvalue())


def test_the_sheet_holds_no_resident_and_no_formula(link, made):
    Case.objects.update(access_note="=HYPERLINK(1) Hana 012-555 0187")
    cells = [cell for row in taken(Client(), link).worksheets[0].iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    text = " ".join(str(cell.value) for cell in cells)
    assert [word for word in ("Hana", "555 0187") if word in text] == []


def preview(link, file):
    return Client().post(f"{link}sheet/", {"file": file, **NAME})


def fields_of(page):
    context = page.context_data
    return {
        "kept": context["kept"],
        "order": [f"{order.reference}:{order.version}" for order in context["orders"]],
        **NAME,
    }


def test_a_returned_sheet_is_shown_first_and_then_done(link, made):
    file = filled(
        link, {"WO-1": ("accept", "", "", ""), "WO-2": ("date", "", ahead(), ""), "WO-3": ("done", "", "", "")}
    )
    page = preview(link, file)
    assert (page.status_code, states()) == (200, [OrderState.NEW] * 3)
    text = page.content.decode()
    assert "2 answers to take" in text
    assert "Done needs photos of the repair" in text
    Client().post(f"{link}sheet/apply/", fields_of(page))
    assert states() == [OrderState.ACCEPTED, OrderState.ACCEPTED, OrderState.NEW]
    assert WorkOrder.objects.get(number=1).accepted_how == "sheet"


def test_an_order_that_changed_after_the_preview_is_left_alone(link, made):
    page = preview(link, filled(link, {"WO-1": ("accept",), "WO-2": ("accept",)}))
    WorkOrder.objects.filter(number=1).update(version=9)
    answer = Client().post(f"{link}sheet/apply/", fields_of(page), follow=True)
    assert states() == [OrderState.NEW, OrderState.ACCEPTED, OrderState.NEW]
    assert "WO-1:" in answer.content.decode()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (("perhaps",), "is no answer"),
        (("not ours", "", "", ""), "Write a reason for"),
        (("not ours", "Duplicate", "", ""), "Write in a sentence why"),
        (("date", "", "", ""), "Write your date too"),
        (("date", "", "someday", ""), "is not a date"),
        (("date", "", "2020-01-01", ""), "is over: write a later date"),
        (("", "Duplicate", "", ""), "The column Answer is empty"),
    ],
)
def test_odd_rows_get_a_sentence(link, made, given, sentence):
    page = preview(link, filled(link, {"WO-1": given}))
    assert sentence in page.content.decode().replace("&quot;", '"')
    assert "0 answers to take" in page.content.decode()


def table(rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    return SimpleUploadedFile("sheet.xlsx", target.getvalue())


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([["Order", "Answer"], ["WO-99", "accept"]], "is not on the list any more"),
        ([["Order", "Answer"], ["WO-1", "accept"], ["WO-1", "accept"]], "stands on the sheet twice"),
        ([["Order", "Answer"], ["=1+1", "accept"]], "is not on the list any more"),
        ([["Name", "Phone"], ["x", "y"]], "We found no column"),
        ([["Order", "Answer"], *[["WO-1", "accept"]] * 1001], "more than 1000 rows"),
    ],
)
def test_odd_sheets_get_a_sentence(link, made, rows, sentence):
    page = preview(link, table(rows))
    assert sentence in page.content.decode()
    assert states() == [OrderState.NEW] * 3


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4 nothing", b"PK\x03\x04 broken", b"\x00" * 2000])
def test_what_is_no_sheet_is_refused_with_a_sentence(link, made, content):
    page = preview(link, SimpleUploadedFile("x.xlsx", content))
    assert page.status_code == 422
    assert states() == [OrderState.NEW] * 3


def test_a_sheet_kept_for_another_link_is_worth_nothing(world, link, made):
    page = preview(link, filled(link, {"WO-1": ("accept",)}))
    other = link_of(made, name="Somebody")
    Client().post(f"{other}sheet/apply/", fields_of(page))
    assert states() == [OrderState.NEW] * 3


# -- flat


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_costs_the_same_queries_however_long(defaults, queries, count):
    world = make_world()
    made = make_list(world=world, count=count, at=timezone.now(), photos=1)
    link = link_of(made)
    with queries(QUERIES_BY_LINK):
        Client().get(link)


@pytest.mark.parametrize("count", [1, 30])
def test_the_first_page_costs_the_same_queries_however_long(defaults, queries, client_for, count):
    world = make_world()
    make_list(world=world, count=count, at=timezone.now(), photos=1)
    browser = client_for(world.company.contacts.get().user)
    with queries(QUERIES_OF_JOBS):
        browser.get("/jobs/")


QUERIES_BY_LINK = 9
QUERIES_OF_JOBS = 14


def test_lists_of_many_revisions_mark_what_is_new(world, made, link):
    WorkOrder.objects.filter(number=2).update(due_at=timezone.now() + timedelta(days=30))
    WorkOrder.objects.filter(number=3).update(state="cancelled", ended_at=timezone.now())
    made.refresh_from_db()
    lists.issue(made, by=world.actor("amira"), at=timezone.now(), seen_version=made.version)
    text = Client().get(link).content.decode()
    assert "What changed in this revision" in text
    assert "do nothing more" in text
    assert "Another date" in text
