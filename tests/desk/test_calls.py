"""Log a call on one page."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from cases import drafts, link_drafts
from cases.models import Attachment, Case, DraftItem, DraftPhoto, Report, ReportDraft
from desk.calls import same_call
from homeowners.models import Tenure
from outbox.models import OutgoingMail
from tests.factories import homeowners
from tests.factories.cases import make_case
from tests.factories.documents import make_stored_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def who(world):
    return Tenure.objects.get(homeowner=world.hana).pk


def call(who, **facts):
    at = (timezone.now() - timedelta(minutes=5)).astimezone(ZoneInfo("Asia/Kuala_Lumpur"))
    return {
        "who": who,
        "how": "in",
        "identity": ["0", "1"],
        "about": "new",
        "words": "Water drips from the ceiling lamp.",
        "location": "MBA",
        "element": "ceiling",
        "kind": "LEAK",
        "received": at.strftime("%Y-%m-%dT%H:%M"),
        "notice": "none",
        **facts,
    }


@pytest.mark.parametrize("words", ["Hana", "a-12-3", "6789", "A123", "yusof hana"])
def test_a_caller_is_found_by_name_home_or_phone(world, desk, words):
    assert "Hana Yusof" in desk.get("/cases/log/", {"find": words}).content.decode()


def test_the_card_shows_open_cases_and_cover(world, desk, who):
    case = make_case(world=world)
    page = desk.get("/cases/log/", {"who": who}).content.decode()
    assert case.reference in page
    assert "Covered until" in page


def test_saving_files_a_verified_report_and_mails_the_receipt(world, desk, who):
    response = desk.post("/cases/log/", call(who))
    case = Case.objects.get()
    assert response.headers["Location"] == f"/cases/{case.reference}/"
    assert case.report_item.report.channel == "phone"
    assert OutgoingMail.objects.filter(recipient="hana@demo.example", kind="receipt").exists()


def test_a_caller_who_fails_the_identity_questions_stays_unverified(world, desk, who):
    desk.post("/cases/log/", call(who, identity=["0"], kind="STIFF", element="door"))
    assert Report.objects.get().state == "unverified"
    assert not Case.objects.exists()


def test_several_defects_make_one_report_with_one_receipt(world, desk, who):
    desk.post("/cases/log/", call(who, then="another", idempotency_key="one"))
    desk.post("/cases/log/", call(who, location="KIT", words="The tap drips as well.", idempotency_key="two"))
    assert Report.objects.get().items.count() == 2
    assert OutgoingMail.objects.filter(kind="receipt").count() == 1


def test_a_double_press_saves_once(world, desk, who):
    for _press in range(2):
        desk.post("/cases/log/", call(who, idempotency_key="same"))
    assert Report.objects.count() == 1


def test_a_missing_room_is_named_and_the_words_are_kept(world, desk, who):
    response = desk.post("/cases/log/", call(who, location=""))
    page = response.content.decode()
    assert response.status_code == 422
    assert "Choose the room." in page
    assert "Water drips from the ceiling lamp." in page


def test_the_statutory_clock_starts_only_with_a_written_notice(world, desk, who):
    desk.post("/cases/log/", call(who))
    assert Case.objects.get().written_at is None


def test_the_receipt_may_become_the_written_notice(world, desk, who):
    desk.post("/cases/log/", call(who, notice="confirm"))
    assert Case.objects.get().written_at is not None


def test_words_about_an_open_case_are_a_call_in_its_diary(world, desk, who):
    case = make_case(world=world)
    desk.post("/cases/log/", call(who, about=case.reference, words="She asks when somebody comes."))
    assert case.events.filter(kind="call").count() == 1


def test_a_received_date_in_the_future_is_refused(world, desk, who):
    tomorrow = (timezone.now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    response = desk.post("/cases/log/", call(who, received=tomorrow))
    assert "lies in the future" in response.content.decode()


def test_a_person_of_a_development_out_of_scope_is_not_found(world, client_for):
    from tests.factories import accounts, units

    other = accounts.make_user(name="Other Officer")
    units.limit_officer(other, units.make_development())
    tenure = homeowners.Tenure.objects.get(homeowner=world.hana)
    client = client_for(other)
    assert "Yusof" not in client.get("/cases/log/", {"find": "Hana"}).content.decode()
    assert client.post("/cases/log/", call(tenure.pk)).status_code == 404


def test_what_was_ticked_holds_for_the_whole_call(world, desk, who):
    desk.post("/cases/log/", call(who, then="another", photo_link="on", access="After six", idempotency_key="one"))
    form = desk.get("/cases/log/", {"who": who}).context["form"]
    assert form["identity"].value() == ["0", "1"]
    assert form["photo_link"].value()
    assert form["access"].value() == "After six"
    page = desk.get("/cases/log/", {"who": who}).content.decode()
    assert page.count(" checked") >= 4  # two ticks, the link, "New defect"


def test_the_ticks_end_with_the_call(world, desk, who):
    desk.post("/cases/log/", call(who, then="another", idempotency_key="one"))
    desk.post("/cases/log/", call(who, location="KIT", idempotency_key="two"))
    assert not desk.get("/cases/log/", {"who": who}).context["form"]["identity"].value()


def test_the_ticks_are_never_another_callers(world, desk, who):
    desk.post("/cases/log/", call(who, then="another", idempotency_key="one"))
    other = (
        Tenure.objects.exclude(homeowner=world.hana).filter(until_on__isnull=True).first() or homeowners.make_tenure()
    )
    assert not desk.get("/cases/log/", {"who": other.pk}).context["form"]["identity"].value()


def test_a_link_for_photos_that_could_not_go_out_is_named(world, desk, who):
    sent = call(who, identity=["0"], kind="STIFF", element="door", photo_link="on")
    assert "No link for photos was sent" in desk.post("/cases/log/", sent, follow=True).content.decode()


def test_the_page_asks_once_who_is_calling(world, desk, who):
    page = desk.get("/cases/log/", {"who": who}).content.decode()
    assert page.count("Who is calling?") == 1
    assert "optional" not in page.split("Is it really them?")[1].split("</legend>")[0]


def another(desk, who, **facts):
    desk.post("/cases/log/", call(who, then="another", **facts))
    return desk.get("/cases/log/", {"who": who}).context_data["noted"]


def test_pictures_of_a_noted_defect_are_the_reports_and_the_sweep_forgets_its_draft(world, desk, who):
    another(desk, who)
    file = make_stored_file()
    drafts.add_photo(DraftItem.objects.get(), file, by=world.amira.actor(), at=timezone.now())
    desk.post("/cases/log/", call(who, location="KIT", words="The tap drips as well."))
    draft = ReportDraft.objects.get()
    assert Attachment.objects.get().file == file
    assert not DraftPhoto.objects.exists()

    DraftPhoto.objects.create(item=DraftItem.objects.get(), file=file, added_at=timezone.now())  # of an older version
    later = timezone.now() + timedelta(days=15)
    (stale,) = link_drafts.stale(later)
    link_drafts.forget(stale, at=later)
    assert not ReportDraft.objects.filter(pk=draft.pk).exists()
    assert Attachment.objects.get().file == file


def test_a_noted_defect_is_taken_out_and_what_is_typed_stays(world, desk, who):
    another(desk, who)
    first, second = another(desk, who, location="KIT", words="The tap drips as well.")
    make = {"location": "LIV", "words": "Half a sen", "access": "After six"}
    for _press in range(2):
        answer = desk.post("/cases/log/", call(who, remove=str(first.pk), **make))
        assert answer.headers["Location"] == f"/cases/log/?who={who}"
    page = desk.get(answer.headers["Location"])
    assert page.context_data["noted"] == [second]
    assert {name: page.context_data["form"][name].value() for name in make} == make
    desk.post("/cases/log/", call(who, location="LIV"))
    assert Report.objects.get().items.count() == 2


def test_only_the_calls_own_defect_is_taken_out(world, desk, who, client_for):
    (item,) = another(desk, who)
    client_for(world.mo).post("/cases/log/", call(who, remove=str(item.pk)))
    assert DraftItem.objects.filter(pk=item.pk).exists()


def test_defects_of_a_dropped_call_go_into_nobodys_report(world, desk, who):
    another(desk, who)
    with time_machine.travel(timezone.now() + same_call.AT_MOST + timedelta(minutes=1)):
        assert desk.get("/cases/log/", {"who": who}).context_data["noted"] == []
        desk.post("/cases/log/", call(who))
    assert Report.objects.get().items.count() == 1


def test_defects_are_never_another_callers_of_the_home(world, desk, who):
    tenant = homeowners.tariq(unit=world.unit).tenures.get().pk
    another(desk, who)
    assert len(another(desk, tenant, location="KIT", words="The tap drips.")) == 1
    assert len(another(desk, who, location="LIV", words="The door sticks.")) == 2, "back to the first caller"


@pytest.mark.parametrize("received", ["0001-01-01T00:00", "9999-12-31T23:59", "1989-12-31T10:00"])
def test_a_call_of_another_age_is_refused(world, desk, who, received):
    assert "received" in desk.post("/cases/log/", call(who, received=received)).context_data["form"].errors
    assert not Report.objects.exists()
