"""The catalogue under /admin/."""

import pytest
from django.contrib.admin import site
from django.test import RequestFactory

from catalogue.admin import (
    DefectTypeAdmin,
    ElementAdmin,
    GuidanceArticleAdmin,
    LocationAdmin,
    PriorityAdmin,
    SlaTargetAdmin,
    TradeAdmin,
)
from catalogue.forms import DefectTypeForm, GuidanceForm
from catalogue.models import DefectType, Element, GuidanceArticle, Location, Priority, SlaTarget, Trade
from ledger.models import AuditEntry
from tests.factories.accounts import ada
from tests.factories.catalogue import make_defect_type, make_guidance, make_location, make_priority, make_trade

pytestmark = pytest.mark.django_db
PAGES = {
    Location: LocationAdmin,
    Trade: TradeAdmin,
    Element: ElementAdmin,
    Priority: PriorityAdmin,
    SlaTarget: SlaTargetAdmin,
    DefectType: DefectTypeAdmin,
    GuidanceArticle: GuidanceArticleAdmin,
}


@pytest.fixture
def request_of_ada():
    request = RequestFactory().post("/admin/")
    request.user = ada()
    return request


def typed(form_class, row, **changes):
    """What a browser would send for this row, with changes."""
    shown = form_class(instance=row)
    values = {name: shown[name].value() for name in shown.fields}
    return {name: value for name, value in (values | changes).items() if value is not None}


@pytest.mark.parametrize("model", PAGES)
def test_every_model_has_its_page_and_nothing_is_deleted(model, request_of_ada):
    page = site.get_model_admin(model)

    assert isinstance(page, PAGES[model])
    assert page.search_fields
    assert page.has_delete_permission(request_of_ada) is False
    assert page.has_change_permission(request_of_ada)


def test_the_code_of_a_stored_row_is_fixed(request_of_ada):
    page = site.get_model_admin(Location)

    assert "code" in page.get_readonly_fields(request_of_ada, make_location())
    assert "code" not in page.get_readonly_fields(request_of_ada)


def test_no_sixth_priority_is_added(request_of_ada):
    assert not site.get_model_admin(Priority).has_add_permission(request_of_ada)


def test_saving_a_row_counts_and_keeps_the_change(request_of_ada):
    place = make_location()
    place.label = "Piano room"

    site.get_model_admin(Location).save_model(request_of_ada, place, None, change=True)

    assert Location.objects.get().revision == 2
    assert AuditEntry.objects.get().actor_name == "Ada Wong"


def test_ticked_rows_are_retired_and_offered_again(request_of_ada):
    make_location()
    page = site.get_model_admin(Location)

    page.retire(request_of_ada, Location.objects.all())
    assert Location.objects.get().is_retired

    page.restore(request_of_ada, Location.objects.all())
    assert not Location.objects.get().is_retired


def test_a_trade_still_needed_says_why(client_for):
    client = client_for(ada())
    trade = make_trade(label="Thatching")
    make_defect_type(code="RIDGE", default_trade=trade)

    page = client.post("/admin/catalogue/trade/", {"action": "retire", "_selected_action": [trade.pk]}, follow=True)

    assert "Thatching is still the trade of RIDGE" in page.content.decode()
    assert not Trade.objects.get().is_retired


def test_saving_a_changed_article_writes_the_next_revision(client_for):
    client = client_for(ada())
    old = make_guidance(slug="cracks", hint="Old words.")

    answer = client.post(
        f"/admin/catalogue/guidancearticle/{old.pk}/change/", typed(GuidanceForm, old, hint="New words.")
    )

    assert answer.status_code == 302
    assert GuidanceArticle.objects.get(pk=old.pk).hint == "Old words."
    assert GuidanceArticle.objects.newest("cracks").hint == "New words."


def test_an_older_revision_can_only_be_read(request_of_ada):
    page = site.get_model_admin(GuidanceArticle)

    assert not page.has_change_permission(request_of_ada, make_guidance(is_retired=True))


def test_an_article_that_quotes_an_unknown_number_is_refused():
    article = make_guidance(thresholds={"gap": {"value": 5, "unit": "mm", "edition": "1"}})

    form = GuidanceForm(typed(GuidanceForm, article, usually_not="Up to {gap} and {width}."), instance=article)

    assert form.errors == {"usually_not": ["There is no number called width."]}


def test_photo_prompts_are_typed_one_a_line(client_for):
    client = client_for(ada())
    kind = make_defect_type(photo_prompts=["Show all of it", "Close-up"])

    shown = client.get(f"/admin/catalogue/defecttype/{kind.pk}/change/").content.decode()
    client.post(
        f"/admin/catalogue/defecttype/{kind.pk}/change/",
        typed(DefectTypeForm, kind, photo_prompts="The whole door\n\n  Close-up \n"),
    )

    assert "Show all of it\nClose-up</textarea>" in shown
    assert DefectType.objects.get().photo_prompts == ["The whole door", "Close-up"]


def test_a_danger_that_is_not_p1_or_says_nothing_is_refused():
    kind = make_defect_type(default_priority=make_priority(code="P3"))

    form = DefectTypeForm(typed(DefectTypeForm, kind, is_safety="on"), instance=kind)

    assert form.errors == {
        "default_priority": ["A danger is always P1."],
        "do_now": ["For a danger, write what to do until somebody comes."],
    }


def test_lists_open_and_search(client_for, installed):
    client = client_for(ada())

    for model in PAGES:
        answer = client.get(f"/admin/catalogue/{model._meta.model_name}/?q=a")
        assert answer.status_code == 200, model
        assert answer.context["cl"].result_count > 0, model
