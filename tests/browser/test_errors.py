"""The pages for what went wrong, on a phone: readable, with a way on."""

import pytest
from django.shortcuts import render
from django.urls import path

from accounts.access import public

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@public(reason="only in this test")
def broken(request, code):
    return render(request, f"errors/{code}.html", status=code)


urlpatterns = [path("<int:code>/", broken)]


@pytest.mark.parametrize("code", [400, 403, 404, 409, 413, 429, 500])
def test_an_error_page_fits_a_phone_and_leads_on(browser_page, settings, axe, code):
    settings.ROOT_URLCONF = __name__
    assert browser_page.goto(f"/{code}/").status == code
    assert axe(browser_page) == []
    assert browser_page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    way_on = browser_page.locator("main a.btn-primary")
    assert way_on.is_visible()
    assert way_on.bounding_box()["height"] >= 44
