"""Search is the office's: nobody else finds, counts or opens anything by words of a case."""

import pytest
from django.utils import timezone

from cases import search, talk
from cases.forms.search import CaseSearchForm
from cases.models import Case
from tests.factories.cases import REPORTED_AT, make_case

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("is_built", [True, False])
def test_words_of_a_note_are_found_by_staff_and_by_no_homeowner(world, client_for, is_built):
    case = make_case(world=world)
    talk.note(case, words="internalmarker", by=world.actor("amira"), at=REPORTED_AT)
    if is_built:
        search.rebuild(at=timezone.now())

    def seen_by(user):
        form = CaseSearchForm({"q": "internalmarker"}, user=user)
        assert form.is_valid()
        return list(form.filter(Case.objects.visible_to(user)))

    assert seen_by(world.amira) == [case]
    assert seen_by(world.hana.user) == []
    hana = client_for(world.hana.user)
    for address in ("/portal/", "/portal/cases/", f"/portal/cases/{case.reference}/"):
        plain, searched = hana.get(address), hana.get(address, {"q": "internalmarker"})
        assert searched.status_code == plain.status_code
        assert "internalmarker" not in searched.content.decode().replace("q=internalmarker", "")  # the own address
    for address in ("/cases/", "/find/"):
        assert hana.get(address, {"q": "internalmarker"}).status_code == 403
