"""Django's admin behind our doors."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session

from accounts.choices import Role
from accounts.models import User
from catalogue.models import Trade
from ledger.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(client_for):
    return client_for(User.objects.create_user("ada@demo.example", "demo-pass-1", name="Ada", role=Role.ADMINISTRATOR))


def test_secrets_keys_and_groups_have_no_page():
    assert admin.site.is_registered(Trade)
    assert not admin.site.is_registered(Authenticator)
    assert not admin.site.is_registered(Group)


def test_a_password_is_changed_on_its_one_page(ada):
    assert ada.get("/admin/password_change/").url == "/account/password/"


def test_the_way_out_of_the_admin_ends_the_session_and_is_audited(ada):
    ada.post("/admin/logout/")

    assert not Session.objects.exists()
    assert AuditEntry.objects.filter(action="signed-out", actor_name="Ada").exists()
