"""Commands that span rooms."""

from io import StringIO

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.choices import Role
from accounts.models import User
from catalogue.models import DefectType
from tests.factories.documents import make_file_row
from units.models import Policy

pytestmark = pytest.mark.django_db


def said(*words, **options):
    """What a command prints."""
    out = StringIO()
    call_command(*words, stdout=out, **options)
    return out.getvalue().strip()


def test_the_first_administrator_gets_in_by_the_printed_link(settings):
    link = said("first_admin", "Ada@Demo.Example")

    assert link.startswith(settings.BASE_URL + "/")
    page = Client().get(link.removeprefix(settings.BASE_URL), follow=True)
    assert page.status_code == 200
    assert User.objects.get(email="ada@demo.example").role == Role.ADMINISTRATOR


def test_the_first_administrator_needs_an_address():
    with pytest.raises(CommandError, match="not an e-mail address"):
        said("first_admin", "ada")


def test_an_officer_is_not_made_administrator_by_the_way():
    User.objects.create_user("amira@demo.example", name="Amira", role=Role.OFFICER)

    with pytest.raises(CommandError, match=r"amira@demo\.example"):
        said("first_admin", "amira@demo.example")


def test_default_data_is_installed_once():
    said("install_defaults")
    first = (DefectType.objects.count(), Policy.objects.count())
    said("install_defaults")

    assert first == (DefectType.objects.count(), Policy.objects.count())
    assert min(first) > 0


def test_prepare_can_be_run_again(settings, tmp_path):
    settings.DEBUG, settings.STATIC_ROOT = True, tmp_path / "static"

    said("prepare")
    said("prepare")

    assert DefectType.objects.exists()
    cache.set("kept", 1)
    assert cache.get("kept") == 1


def test_files_that_agree_are_said_to():
    assert said("check_files") == "Rows and files agree."


def test_a_missing_file_fails_the_check():
    make_file_row()
    out = StringIO()

    with pytest.raises(SystemExit) as end:
        call_command("check_files", stdout=out)

    assert end.value.code == 1
    assert "is gone" in out.getvalue()
