"""PDFs of the office: everything is in them, typed words stay words, the page leads from asking to saving."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases import talk
from cases.models import Case
from cases.papers import RESIDENT_RECORD, receipt
from desk.papers import case_record, unit_record
from documents import papers
from documents.models import Paper
from homeowners.models import Tenure
from tests.factories.cases import REPORTED_AT, a_fault, fresh, make_case, make_report, make_world
from tests.factories.documents import jpeg, make_stored_file
from tests.factories.papers import make_paper, read

pytestmark = pytest.mark.django_db

AT = REPORTED_AT + timedelta(days=20)
NOTE = "The neighbour is angry and wants money."
LONG = "Nurul Huda binti Mohd Kamaruzzaman 陳大文 நாராயணன் கிருஷ்ணன் محمد بن عبد الله"
HOSTILE = '<script>x</script><img src="http://127.0.0.1:9/x"><link rel=attachment href="file:///etc/passwd">{{ 7 }}'


@pytest.fixture
def world(defaults):
    return make_world()


def with_files(count, **facts):
    kept = [make_stored_file(content=jpeg(comment=str(n).encode()), is_developed=True) for n in range(count)]
    fault = a_fault(**facts)
    return type(fault)(**{**fault.__dict__, "files": kept})


def flat(text):
    return " ".join(text.split())


def record(case, key=case_record.KEY, **parameters):
    return read(make_paper(key, subject="case", subject_id=case.pk, parameters=parameters, at=AT))


def test_the_office_record_holds_story_notes_clocks_and_who_was_told(world):
    case = make_case(world=world, status="with-contractor", faults=[with_files(2)])
    talk.note(case, words=NOTE, by=world.actor("amira"), at=REPORTED_AT + timedelta(hours=3))

    paper = record(case)

    text = flat(paper.text)
    assert f"Internal note {NOTE}" in text
    for words in (
        "Water is dripping from the ceiling.",
        "P2 Urgent",
        "Accepted and sent to Lim",
        "Our repair target",
        "Who was told what, and when",
        "We will repair: Master bathroom",
        "Generated from the record on Mon 23 Mar 2026, 20:15",
    ):
        assert words in text
    assert paper.pictures == 2
    assert (paper.outside, set(paper.fonts.values())) == ([], {True})
    assert paper.texts[0].endswith(f"Page 1 of {len(paper.texts)}")
    assert paper.texts[-1].endswith(f"Page {len(paper.texts)} of {len(paper.texts)}")


def test_long_names_four_scripts_and_forty_pictures_stay_on_the_page(world):
    world.hana.name = LONG
    world.hana.save()
    case = make_case(world=world, faults=[with_files(40, words=f"{LONG}\n{'Averyverylongword' * 12}")])
    paper = record(case)
    assert (paper.pictures, paper.outside) == (40, [])
    assert "陳大文" in paper.text
    assert {True} == set(paper.fonts.values())
    assert 4 <= len(paper.texts) <= 8


def test_what_was_typed_is_shown_as_typed_and_asks_for_nothing(world, monkeypatch):
    from documents import printing

    found = []
    run = printing.read_answer
    monkeypatch.setattr(printing, "read_answer", lambda *given: found.append(run(*given)) or found[-1])
    world.hana.name = f"Hana {HOSTILE}"[:120]
    world.hana.save()
    world.development.name = f"Kerinci {HOSTILE}"[:120]
    world.development.address = HOSTILE
    world.development.save()
    case = make_case(world=world, faults=[a_fault(words=HOSTILE)])
    Case.objects.filter(pk=case.pk).update(fault=HOSTILE[:80], access_note=HOSTILE)
    talk.note(fresh(case), words=HOSTILE, by=world.actor("amira"), at=AT)
    tenure = Tenure.objects.get(homeowner=world.hana)

    sheets = [
        record(case),
        record(case, RESIDENT_RECORD, tenure=tenure.pk),
        read(
            make_paper(receipt.KEY, subject="report", subject_id=case.report_item.report_id, parameters=receipt.STAFF)
        ),
        read(make_paper(unit_record.KEY, subject="unit", subject_id=world.unit.pk, at=AT)),
    ]

    assert [answer["refused"] for answer in found] == [[], [], [], []]
    assert [(sheet.attachments, sheet.pictures, sheet.outside) for sheet in sheets] == [(0, 0, [])] * 4
    for sheet in sheets[:3]:
        assert HOSTILE.replace(" ", "") in "".join(sheet.text.split())


def test_a_home_with_four_hundred_cases_is_one_table_on_few_pages(world):
    report = make_report(world=world, faults=[a_fault() for _ in range(40)])
    assert report.items.count() == 40
    type(world.company).objects.filter(pk=world.company.pk).update(short_name="Lim Brothers & Sons")
    Case.objects.filter(unit=world.unit).update(work_company=world.company)
    paper = read(make_paper(unit_record.KEY, subject="unit", subject_id=world.unit.pk, at=AT))
    assert all(reference in paper.text for reference in Case.objects.values_list("reference", flat=True))
    assert "Hana Yusof" in paper.text
    assert paper.outside == []
    assert [("Room and fault" in text) for text in paper.texts] == [True] * len(paper.texts)
    assert len(paper.texts) <= 3


def test_the_case_page_leads_to_its_pdfs_and_they_are_made_and_saved(world, client):
    case = make_case(world=world)
    client.force_login(world.amira)
    assert f"/cases/{case.reference}/pdf/" in client.get(f"/cases/{case.reference}/").content.decode()

    answer = client.post(f"/cases/{case.reference}/pdf/", {"which": "office"})
    paper = Paper.objects.get()
    assert answer["Location"] == f"/papers/{paper.public_id}/"
    page = client.get(answer["Location"])
    assert "We are making your PDF." in page.content.decode()
    assert page["Refresh"] == "5"

    papers.make(paper.pk, at=timezone.now())
    page = client.get(answer["Location"])
    assert "Your PDF is ready." in page.content.decode()
    assert "Refresh" not in page
    saved = client.get(f"/papers/{paper.public_id}/file/")
    assert b"".join(saved)[:5] == b"%PDF-"
    assert saved["Cache-Control"] == "private, no-store"
    assert saved["Content-Disposition"] == 'attachment; filename="KRM-1 office record.pdf"'
    assert "Save this one" in client.get(f"/cases/{case.reference}/pdf/").content.decode()


def test_a_failed_one_says_why_and_is_asked_for_again(world, client):
    case = make_case(world=world)
    client.force_login(world.amira)
    client.post(f"/cases/{case.reference}/pdf/", {"which": "office"})
    paper = Paper.objects.get()
    papers.fail(papers.take(paper.pk, timezone.now()), "paper-too-slow")
    url = f"/papers/{paper.public_id}/"
    assert "takes longer to make than we allow" in client.get(url).content.decode()
    assert client.get(f"{url}file/")["Location"] == url

    assert client.post(f"{url}retry/")["Location"] == url
    assert Paper.objects.get().is_waiting


def test_a_hidden_case_offers_no_record_for_the_home(world, client):
    case = make_case(world=world)
    Case.objects.filter(pk=case.pk).update(is_visible=False)
    client.force_login(world.amira)
    assert "Record for Hana" not in client.get(f"/cases/{case.reference}/pdf/").content.decode()
    tenure = Tenure.objects.get(homeowner=world.hana)
    answer = client.post(f"/cases/{case.reference}/pdf/", {"which": f"resident-{tenure.pk}"})
    assert (answer.status_code, Paper.objects.count()) == (404, 0)
