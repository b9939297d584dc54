"""The administrator's pages for moving in: a file, its columns, the check, the import, the rows to mend."""

import csv
import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from defects_portal.imports import work
from defects_portal.models import ImportRun
from homeowners.models import Tenure
from outbox.models import OutgoingMail
from tests import samples
from tests.factories import accounts, homeowners, units
from units.models import Unit


@pytest.fixture
def krm(db):
    return units.make_development(code="KRM")


@pytest.fixture
def ada(client_for):
    return client_for_fresh(client_for, accounts.ada())


def client_for_fresh(client_for, user):
    from accounts import sessions

    client = client_for(user)
    session = client.session
    sessions.prove(session, at=timezone.now())
    session.save()
    return client


def send(client, content, name="homes.csv"):
    return client.post("/settings/import/", {"file": SimpleUploadedFile(name, content)})


def columns_of(run, **changes):
    sent = {"development": run.development}
    for sheet in run.sheets:
        sent[f"kind_{sheet['index']}"] = sheet["kind"]
        sent |= {f"column_{sheet['index']}_{place}": key for place, key in enumerate(sheet["keys"])}
    return sent | changes


def check(client, run, **changes):
    answer = client.post(f"/settings/import/{run.public_id}/check/", columns_of(run, **changes))
    work.work(run.pk, clock=timezone.now)
    run.refresh_from_db()
    return answer


def begin(client, run, **ticks):
    answer = client.post(f"/settings/import/{run.public_id}/begin/", ticks)
    work.work(run.pk, clock=timezone.now)
    run.refresh_from_db()
    return answer


def text_of(answer):
    return answer.content.decode()


@pytest.fixture
def checked(ada, krm):
    """`checked(content)`: sent and checked with the proposed columns."""

    def go(content, name="homes.csv"):
        answer = send(ada, content, name)
        assert answer.status_code == 302, text_of(answer)
        run = ImportRun.objects.get(public_id=answer["Location"].split("/")[3])
        check(ada, run)
        return run

    return go


def test_a_file_goes_from_sending_to_the_registers(ada, checked):
    run = checked(samples.homes_csv(30, bad=3))
    assert not Unit.objects.exists(), "a check enters nothing"
    page = text_of(ada.get(f"/settings/import/{run.public_id}/"))
    assert "is not a phone number" in page
    assert "Import</button>" in page
    begin(ada, run)
    assert (run.state, run.entered["new"], run.entered["bad"]) == ("done", 27, 3)
    assert Unit.objects.count() == Tenure.objects.count() == 27


def test_nobody_is_written_to_without_the_tick(ada, checked):
    begin(ada, checked(samples.homes_csv(5)))
    assert not OutgoingMail.objects.exists()


def test_the_tick_invites_those_who_get_an_account(ada, checked):
    begin(ada, checked(samples.homes_csv(5)), invites="on")
    assert set(OutgoingMail.objects.values_list("kind", flat=True)) == {"invitation"}
    assert OutgoingMail.objects.count() == 5


def test_two_presses_enter_once(ada, checked):
    run = checked(samples.homes_csv(5))
    begin(ada, run)
    assert begin(ada, run).status_code == 302
    assert Unit.objects.count() == 5


def test_the_rows_to_mend_come_back_as_they_were_and_go_in_mended(ada, checked):
    run = checked(samples.homes_csv(30, bad=3))
    begin(ada, run)
    answer = ada.get(f"/settings/import/{run.public_id}/errors/")
    assert answer["Content-Disposition"] == 'attachment; filename="homes-to-mend.csv"'
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][:3] == ["Row", "What is wrong", "Development"]
    assert len(rows) == 4
    mended = answer.content.replace(b"@homes.example,12", b"@homes.example,0123456789")
    second = checked(mended, "homes-to-mend.csv")
    begin(ada, second)
    assert (second.entered["new"], Unit.objects.count()) == (3, 30)


def test_rows_to_mend_of_a_workbook_are_a_workbook(ada, checked):
    import openpyxl

    run = checked(samples.workbook({"Homes": [["Unit", "Owner", "Phone"], ["A-1-1", "Hana Yusof", "1"]]}), "homes.xlsx")
    answer = ada.get(f"/settings/import/{run.public_id}/errors/")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert [[cell.value for cell in row] for row in sheet.rows][1][2:] == ["A-1-1", "Hana Yusof", "1"]


def test_no_cell_of_the_rows_to_mend_is_a_formula(ada, checked):
    content = b"Unit,Owner,Phone,Remarks\n=A1,=HYPERLINK(1),+60123456789,@x\n"
    run = checked(content)
    rows = list(
        csv.reader(io.StringIO(ada.get(f"/settings/import/{run.public_id}/errors/").content.decode("utf-8-sig")))
    )
    assert rows[1][2:] == ["'=A1", "'=HYPERLINK(1)", "'+60123456789", "'@x"]


def test_another_owner_is_named_and_waits_for_the_tick(ada, checked, krm):
    unit = units.make_unit(development=krm, number="A-1-1")
    homeowners.make_tenure(unit=unit, homeowner=homeowners.make_homeowner(name="Farid Omar"), from_on=date(2025, 1, 1))
    run = checked(b"Unit,Owner\nA-1-1,Hana Yusof\n")
    page = text_of(ada.get(f"/settings/import/{run.public_id}/"))
    assert "Ends: Farid Omar (Owner)" in page
    assert "These homes were sold" in page
    begin(ada, run)
    assert run.entered["held"] == 1
    assert unit.tenures.get().homeowner.name == "Farid Omar"


def test_a_ticked_sale_needs_day_and_proof(ada, checked, krm):
    unit = units.make_unit(development=krm, number="A-1-1")
    homeowners.make_tenure(unit=unit, homeowner=homeowners.make_homeowner(name="Farid Omar"), from_on=date(2025, 1, 1))
    run = checked(b"Unit,Owner\nA-1-1,Hana Yusof\n")
    answer = begin(ada, run, is_transfer="on")
    assert answer.status_code == 422
    assert "Name the proof" in text_of(answer)
    assert "Give the day" in text_of(answer)
    begin(ada, run, is_transfer="on", transfers_on="2026-03-01", proof="Solicitor's list of 2 Mar")
    standing = unit.tenures.filter(until_on=None).get()
    assert (standing.homeowner.name, standing.from_on) == ("Hana Yusof", date(2026, 3, 1))
    assert unit.tenures.exclude(until_on=None).get().until_on == date(2026, 3, 1)


def test_columns_are_remembered_for_the_same_headers(ada, checked):
    send(ada, b"Place,Who\nA-1-1,Hana Yusof\n")
    run = ImportRun.objects.first()
    check(ada, run, kind_0="homes", column_0_0="", column_0_1="")
    run.refresh_from_db()
    check(ada, run, kind_0="homes", column_0_0="unit", column_0_1="owner")
    assert run.state == "checked"
    send(ada, b"place , WHO\nA-1-2,Noor Said\n")
    again = ImportRun.objects.first()
    assert again.sheets[0]["keys"] == ["unit", "owner"]
    assert again.sheets[0]["is_remembered"]


def test_a_missing_column_is_named(ada, checked):
    send(ada, samples.homes_csv(2))
    answer = check(ada, ImportRun.objects.first(), column_0_2="")
    assert answer.status_code == 422
    assert "choose the column for Unit" in text_of(answer)


def test_one_meaning_twice_is_refused_at_the_column(ada, checked):
    send(ada, samples.homes_csv(2))
    answer = check(ada, ImportRun.objects.first(), column_0_0="unit")
    assert answer.status_code == 422
    assert "Another column means this already" in text_of(answer)


def test_a_guessed_encoding_is_said(ada, krm):
    send(ada, samples.path("owners-gb18030.csv").read_bytes())
    page = text_of(ada.get(f"/settings/import/{ImportRun.objects.first().public_id}/"))
    assert "we read it as gb18030" in page
    assert "陈伟明" in page


@pytest.mark.parametrize("name", ["photo.csv", "page.csv", "zip.xlsx", "old.xls", "empty.csv", "binary.csv"])
def test_what_is_no_table_is_refused_in_one_sentence(ada, krm, name):
    answer = send(ada, samples.HOSTILE[name](), name)
    assert answer.status_code == 422
    assert not ImportRun.objects.exists()
    assert f"“{name}”" in text_of(answer) or "empty" in text_of(answer)


def test_only_the_administrator_sees_an_import(client_for, krm):
    run = checked_by_ada(client_for)
    manager = client_for_fresh(client_for, accounts.mo())
    assert manager.get(f"/settings/import/{run.public_id}/").status_code == 403
    assert not ImportRun.objects.visible_to(accounts.amira()).exists()


def checked_by_ada(client_for):
    send(client_for_fresh(client_for, accounts.ada()), samples.homes_csv(2))
    return ImportRun.objects.get()


def test_the_page_wants_a_fresh_sign_in(client_for, krm):
    answer = client_for(accounts.ada()).get("/settings/import/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/confirm/")


def test_pages_ask_the_same_with_few_and_many_rows(ada, checked, queries):
    few, many = checked(samples.homes_csv(1), "few.csv"), checked(samples.homes_csv(60, bad=30), "many.csv")
    for run in (few, many):
        with queries(9):
            ada.get(f"/settings/import/{run.public_id}/")


def test_the_list_asks_the_same_with_few_and_many_files(ada, krm, queries):
    send(ada, samples.homes_csv(1))
    with queries(4):
        ada.get("/settings/import/")
    for _ in range(5):
        send(ada, samples.homes_csv(1))
    with queries(4):
        ada.get("/settings/import/")
