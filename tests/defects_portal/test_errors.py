"""Pages for what went wrong."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client, override_settings
from django.urls import path

from accounts.access import public
from defects_portal import errors

pytestmark = pytest.mark.django_db


@public(reason="a page of this test")
def broken(request):
    raise ZeroDivisionError


@public(reason="a page of this test")
def refused(request):
    raise PermissionDenied("Only the officer of this home may do that.")


@public(reason="a page of this test")
def form(request):
    return errors.HttpResponse(request.POST.get("words", ""))


urlpatterns = [path("broken/", broken), path("refused/", refused), path("form/", form)]
handler400, handler403 = errors.bad_request, errors.forbidden
handler404, handler500 = errors.not_found, errors.server_error


@pytest.fixture
def visitor():
    """A browser on the pages above; an exception becomes a page, as in production."""
    with override_settings(ROOT_URLCONF="tests.defects_portal.test_errors", DEBUG=False):
        yield Client(raise_request_exception=False)


@pytest.mark.parametrize(("address", "status"), [("/nothing/", 404), ("/refused/", 403), ("/broken/", 500)])
def test_each_has_its_page_with_a_way_back_and_the_emergency_numbers(visitor, address, status):
    answer = visitor.get(address)

    assert answer.status_code == status
    assert 'href="/"' in answer.content.decode()
    assert 'href="/emergency/"' in answer.content.decode()


def test_a_refusal_tells_its_sentence(visitor):
    assert "Only the officer of this home may do that." in visitor.get("/refused/").content.decode()


def test_a_broken_database_does_not_break_the_page_that_says_so(visitor, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert visitor.get("/broken/").status_code == 500


def test_an_expired_form_is_told_in_words():
    with override_settings(ROOT_URLCONF="tests.defects_portal.test_errors"):
        answer = Client(enforce_csrf_checks=True).post("/form/", {"words": "water"})

    assert answer.status_code == 403
    assert "no longer valid" in answer.content.decode()


def test_too_many_fields_are_too_much(visitor, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 10

    answer = visitor.post("/form/", {f"field{number}": "x" for number in range(20)})

    assert answer.status_code == 413


def test_a_forged_host_is_not_echoed(visitor):
    answer = visitor.get("/form/", headers={"host": "evil.example"})

    assert answer.status_code == 400
    assert "evil.example" not in answer.content.decode()
