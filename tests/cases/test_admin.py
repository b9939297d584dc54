"""The back office shows cases for support and changes none."""

import pytest

from accounts.choices import Role
from tests.factories.accounts import make_user
from tests.factories.cases import make_case

pytestmark = pytest.mark.django_db
TABLES = (
    "cases/report",
    "cases/case",
    "cases/caseevent",
    "cases/coverageverdict",
    "cases/decisionrequest",
    "cases/notice",
    "inspections/visit",
)


@pytest.fixture
def back_office(world, client_for):
    make_case(world=world)
    return client_for(make_user(role=Role.ADMINISTRATOR))


def test_every_list_opens_and_is_searched(back_office):
    answers = {table: back_office.get(f"/admin/{table}/", {"q": "KRM"}).status_code for table in TABLES}
    assert answers == dict.fromkeys(TABLES, 200)


def test_nothing_is_added_changed_or_deleted(back_office, world):
    from cases.models import Case

    case = Case.objects.get()
    assert back_office.get("/admin/cases/case/add/").status_code == 403
    assert back_office.post(f"/admin/cases/case/{case.pk}/change/", {"status": "closed-complete"}).status_code == 403
    assert back_office.post(f"/admin/cases/case/{case.pk}/delete/", {"post": "yes"}).status_code == 403
    page = back_office.get(f"/admin/cases/case/{case.pk}/change/")
    assert (page.status_code, 'name="status"' in page.content.decode()) == (200, False)
    assert Case.objects.get().status == "new"


@pytest.mark.parametrize("role", [Role.OFFICER, Role.MANAGER, Role.HOMEOWNER, Role.CONTRACTOR])
def test_it_is_for_administrators_only(world, client_for, role):
    assert client_for(make_user(role=role)).get("/admin/cases/case/").status_code in {302, 403}
