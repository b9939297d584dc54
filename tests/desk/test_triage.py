"""Twenty items, one sheet, one mail."""

import pytest

from cases.choices import Status
from cases.models import Case
from catalogue.models import DefectType
from outbox.models import OutgoingMail
from tests.factories.cases import a_fault, make_case, make_report
from tests.factories.catalogue import make_guidance

pytestmark = pytest.mark.django_db

ROOMS = ("MBA", "KIT", "LIV", "BR2")


def report_of(world, amount):
    faults = [
        a_fault(location=ROOMS[index % 4], tile="door", kind="STIFF", words=f"Door number {index} rubs.")
        for index in range(amount)
    ]
    return make_report(world=world, faults=faults)


def sheet(cases, **answers):
    data = {"idempotency_key": "sheet"}
    for case in cases:
        data |= {
            f"{case.reference}-seen_version": case.version,
            f"{case.reference}-trade": case.trade_id,
            f"{case.reference}-priority": case.priority_id,
            f"{case.reference}-answer": "accept",
        }
    return data | answers


def test_twenty_items_are_answered_in_one_action_with_one_mail_a_person(world, desk):
    report = report_of(world, 20)
    cases = list(Case.objects.order_by("pk"))
    ask, refuse = cases[0].reference, cases[1].reference
    data = sheet(
        cases,
        **{
            f"{ask}-answer": "ask",
            f"{ask}-words": "Which door is it?",
            f"{refuse}-answer": "refuse",
            f"{refuse}-reason": "wear",
            f"{refuse}-words": "The hinge is worn by use, this is maintenance.",
            f"{refuse}-rule": "Guidance on doors",
        },
    )
    before = OutgoingMail.objects.count()
    response = desk.post(f"/cases/triage/{report.reference}/", data)
    assert response.status_code == 302
    new = OutgoingMail.objects.order_by("pk")[before:]
    to_hana = [mail for mail in new if mail.recipient == "hana@demo.example"]
    assert len(to_hana) == 1
    assert "20 items" in to_hana[0].subject
    states = sorted(Case.objects.values_list("status", flat=True))
    assert states == sorted([Status.WITH_CONTRACTOR] * 18 + [Status.IN_REVIEW, Status.CLOSED_OUT_OF_SCOPE])


def test_a_refused_row_stays_with_its_sentence_and_the_others_go_through(world, desk):
    report = report_of(world, 3)
    cases = list(Case.objects.order_by("pk"))
    Case.objects.filter(pk=cases[0].pk).update(version=7)
    response = desk.post(f"/cases/triage/{report.reference}/", sheet(cases))
    assert response.status_code == 422
    assert "Somebody changed this case" in response.content.decode()
    assert Case.objects.filter(status=Status.WITH_CONTRACTOR).count() == 2


def test_a_question_without_words_is_refused_at_its_row(world, desk):
    report = report_of(world, 2)
    cases = list(Case.objects.order_by("pk"))
    response = desk.post(f"/cases/triage/{report.reference}/", sheet(cases, **{f"{cases[0].reference}-answer": "ask"}))
    assert response.status_code == 422
    page = response.content.decode()
    assert "Write the question." in page
    assert page.count("is-invalid") == 1


def test_a_row_that_lacks_words_does_not_keep_the_good_rows_back(world, desk):
    report = report_of(world, 3)
    first, *others = Case.objects.order_by("pk")
    sent = sheet([first, *others], **{f"{first.reference}-answer": "ask"})
    response = desk.post(f"/cases/triage/{report.reference}/", sent)
    page = response.content.decode()
    assert response.status_code == 422
    assert "1 item could not be saved" in page
    assert "2 answers saved" in page
    assert response.context["count"] == 1
    assert set(Case.objects.exclude(pk=first.pk).values_list("status", flat=True)) == {Status.WITH_CONTRACTOR}
    again = sheet([first], **{f"{first.reference}-answer": "ask", f"{first.reference}-words": "Which door is it?"})
    again["idempotency_key"] = "second"
    assert desk.post(f"/cases/triage/{report.reference}/", again).status_code == 302


def test_reading_the_mails_changes_nothing(world, desk):
    report = report_of(world, 2)
    cases = list(Case.objects.order_by("pk"))
    page = desk.post(f"/cases/triage/{report.reference}/", sheet(cases, then="read")).content.decode()
    assert "2 items" in page
    assert set(Case.objects.values_list("status", flat=True)) == {Status.NEW}


@pytest.mark.parametrize("amount", [2, 20])
def test_the_number_of_queries_does_not_depend_on_the_items(world, desk, queries, amount):
    report = report_of(world, amount)
    with queries(13):
        desk.get(f"/cases/triage/{report.reference}/")


def not_covered(case, **facts):
    row = {"answer": "refuse", "reason": "wear", "words": "The hinge is worn by use, this is maintenance.", **facts}
    return {f"{case.reference}-{name}": value for name, value in row.items()}


def test_not_covered_offers_the_fitting_article_first_and_quotes_it(world, desk):
    report = report_of(world, 2)
    case = Case.objects.select_related("trade", "defect_type").order_by("pk").first()
    fitting = make_guidance(title="Doors and their hinges")
    DefectType.objects.filter(pk=case.defect_type.pk).update(guidance=fitting)

    page = desk.get(f"/cases/triage/{report.reference}/").content.decode()
    group = page.partition('<optgroup label="Fits this fault">')[2].partition("</optgroup>")[0]
    assert "Doors and their hinges" in group

    data = sheet([case], **not_covered(case, guidance=fitting.pk))
    for other in Case.objects.exclude(pk=case.pk):
        data |= sheet([other]) | {f"{other.reference}-answer": ""}
    assert desk.post(f"/cases/triage/{report.reference}/", data).status_code == 302

    case = Case.objects.get(pk=case.pk)
    assert (case.status, case.guidance, case.closing_rule) == (Status.CLOSED_OUT_OF_SCOPE, fitting, "")
    mail = OutgoingMail.objects.filter(recipient="hana@demo.example").latest("pk")
    assert fitting.get_absolute_url() in mail.body_text


def test_not_covered_wants_a_rule_or_an_article_that_exists(world, desk):
    report = report_of(world, 1)
    case = Case.objects.get()
    for wrong in ("", "987654", "no number"):
        data = sheet([case], **not_covered(case, guidance=wrong))
        assert desk.post(f"/cases/triage/{report.reference}/", data).status_code == 422
    assert Case.objects.get().status == Status.NEW


def test_a_row_names_its_twin_once(world, desk):
    fault = a_fault(location=ROOMS[0], tile="door", kind="STIFF")
    twin = make_case(world=world, faults=[fault])
    report = report_of(world, 1)

    page = desk.get(f"/cases/triage/{report.reference}/").content.decode()

    assert f"Like {twin.reference}, same place" in page
    assert "is open in the same place" not in page


def test_a_row_shows_what_was_picked_beside_the_words(world, desk):
    report = make_report(world=world, faults=[a_fault(kind="LEAK", tile="tap", words="It is wet.")] * 2)
    page = desk.get(f"/cases/triage/{report.reference}/").content.decode()
    assert page.count("Sink or tap") == 2
