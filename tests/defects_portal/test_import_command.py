"""`manage.py import_register`: the same import, in the foreground."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from defects_portal.imports import sheets
from defects_portal.management.commands import import_register
from defects_portal.models import ImportRun
from tests import samples
from tests.factories import units
from units.models import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def homes(tmp_path):
    units.make_development(code="KRM")
    path = tmp_path / "homes.csv"
    path.write_bytes(samples.homes_csv(6))
    return path


def test_a_dry_run_enters_nothing(homes, capsys):
    call_command("import_register", homes, "--dry-run")
    assert "Checked, nothing entered yet: 6 new." in capsys.readouterr().out
    assert not Unit.objects.exists()


def test_good_rows_go_in_and_bad_ones_end_it_with_1(homes, tmp_path, capsys):
    homes.write_bytes(samples.homes_csv(6, bad=2))
    with pytest.raises(SystemExit) as ended:
        call_command("import_register", homes, "--errors", tmp_path / "mend.csv")
    assert ended.value.code == 1
    assert Unit.objects.count() == 4
    assert "row 3: “12” is not a phone number" in capsys.readouterr().out
    assert (tmp_path / "mend.csv").read_text("utf-8-sig").startswith("Row,What is wrong,Development")


def test_the_file_is_read_once_for_a_pass_however_long_it_takes(homes, monkeypatch):
    from documents import tables

    homes.write_bytes(samples.homes_csv(12))
    opened, now = [], [timezone.now()]

    def later():
        now[0] += timedelta(seconds=20)
        return now[0]

    real = tables.opened
    monkeypatch.setattr(tables, "opened", lambda file: opened.append(file) or real(file))
    monkeypatch.setattr(sheets, "CHUNK", 3)
    monkeypatch.setattr(import_register, "timezone", SimpleNamespace(now=later))

    call_command("import_register", homes)

    assert Unit.objects.count() == 12
    assert len(opened) == 3  # for the proposal, the check, the entering


def test_the_second_run_adds_none(homes, capsys):
    call_command("import_register", homes)
    capsys.readouterr()
    call_command("import_register", homes)
    assert capsys.readouterr().out.endswith("Entered: 6 unchanged.\n")
    assert ImportRun.objects.count() == 2


def test_what_is_no_table_is_one_sentence(homes):
    homes.write_bytes(b"\x00\x01\x02" * 1000)
    with pytest.raises(CommandError, match="is not a table"):
        call_command("import_register", homes)
