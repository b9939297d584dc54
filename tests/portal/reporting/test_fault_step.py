"""Step 2: choosing, what is said at once, words and pictures; everything kept, also when it is refused."""

import re
from datetime import date

import pytest
from django.utils import timezone

from cases.models import DraftPhoto
from documents.models import StoredFile
from tests.factories import documents
from tests.factories import homeowners as people
from tests.factories import units as make_units
from tests.portal.reporting.taps import START, WORDS, begin, describe, draft, words

pytestmark = pytest.mark.django_db

NAUGHTY = [
    "<script>alert(1)</script>",
    "{{ 7*7 }}{% x %}",
    "'\"><img src=x onerror=1>",
    "\u202e\u0000 null",
    "ÄÖ漢字🧱 " * 50,
]


def chosen(client, start=START, *, room="MBA", part="ceiling", kind="LEAK"):
    address = begin(client, start, room)
    client.post(address, {"part": part})
    client.post(address, {"kind": kind})
    return address


def test_first_eight_faults_something_else_and_every_danger_can_be_reached(hana):
    address = begin(hana)
    hana.post(address, {"part": "wall"})
    faults = hana.get(address).context["faults"]

    assert len(faults.first) == 9
    assert faults.first[-1].code == "OTHER"
    assert {"GASLEAK", "SHOCK", "FIREHAZ", "FALLHAZ"} <= {kind.code for kind in faults.dangers}
    assert all(kind.is_safety for kind in faults.dangers)
    assert not {kind.code for kind in faults.first} & {kind.code for kind in faults.more}


def test_a_tile_goes_on_without_a_script_and_says_what_was_chosen(hana):
    address = begin(hana)
    assert hana.post(address, {"part": "ceiling", "words": "It drips"})["Location"] == f"{address}#kinds"
    assert hana.post(address, {"kind": "LEAK"})["Location"] == f"{address}#now"
    page = words(hana.get(address))

    assert 'name="part" value="ceiling" aria-pressed="true"' in page
    assert 'name="kind" value="LEAK" aria-pressed="true"' in page
    assert "It drips" in page


@pytest.mark.parametrize("sent", [{"part": "no-such"}, {"kind": "NO-SUCH"}, {"part": "lift"}])
def test_what_is_no_choice_here_changes_nothing(hana, sent):
    address = chosen(hana)
    hana.post(address, sent)
    item = draft().items.get()

    assert (item.element_tile, item.defect_type_id) == ("ceiling", "LEAK")


def test_do_this_now_is_told_as_soon_as_the_fault_is_chosen(hana, world):
    address = chosen(hana)
    page = hana.get(address)

    assert page.context["now"].title == "Do this now"
    assert "Shut the stop-cock" in words(page)
    assert f"Call {world.development.emergency_phone}" in words(page)


def test_an_answer_that_tells_of_danger_says_so(hana):
    address = chosen(hana)
    hana.post(f"{address}save/", {"q-near-power": "yes"})
    assert hana.get(address).context["now"].title == "This may be dangerous: call us now"

    hana.post(f"{address}save/", {"q-near-power": "no"})
    assert hana.get(address).context["now"].title == "Do this now"


def test_an_answer_that_is_none_is_not_kept(hana):
    address = chosen(hana)
    hana.post(f"{address}save/", {"q-near-power": "maybe", "q-other": "yes"})

    assert draft().items.get().answers == {}


def test_the_guidance_is_read_before_sending(hana):
    page = hana.get(chosen(hana))

    assert page.context["article"].hint in words(page)
    assert "What is normal, or care of the home" in words(page)


def test_the_homeowner_reads_neither_priority_nor_trade(hana):
    page = re.sub(r"<[^>]+>", " ", words(hana.get(chosen(hana))))  # a token in a tag may hold any two letters

    assert "P1" not in page
    assert "P2" not in page
    assert "Plumb" not in page


def test_cover_that_ended_is_told_with_date_and_reason_and_bars_nothing(hana, world):
    old = make_units.make_unit(development=world.development, number="B-1")
    make_units.hand_over(old, date(2020, 7, 24))
    people.make_tenure(unit=old, homeowner=world.hana)
    address = chosen(hana, f"{START}?home=KRM-B-1", room="LIV", part="wall", kind="PAINT")
    page = hana.get(address)

    assert "ended on" in page.context["cover"]
    assert "2022" in page.context["cover"]
    assert "You can send it all the same" in words(page)
    assert hana.post(address, {"go": "next", "words": WORDS}).status_code == 302
    assert page.context["cover"] in words(hana.get(f"/portal/report/{draft().key}/")).replace("&#x27;", "'")


def test_cover_that_counts_only_for_the_handover_list_is_told(hana, world):
    marks = {"types": ["SCRATCH"], "is_snag_only": True}
    make_units.assign_policy(make_units.make_policy(rules=[marks, {"code": "all"}]), world.unit)

    assert "list made at handover" in hana.get(chosen(hana, room="LIV", part="wall", kind="SCRATCH")).context["cover"]


def test_cover_that_stands_is_no_matter(hana):
    assert hana.get(chosen(hana)).context["cover"] == ""


def test_neither_kind_nor_words_is_named_at_the_words_and_pictures_stay(hana):
    address = begin(hana)
    answer = hana.post(address, {"go": "next", "words": "", "photos": [documents.sent(documents.jpeg())]})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["words"]
    assert 'href="#id_words"' in words(answer)
    assert words(answer).count("photos-kept") == 1
    assert DraftPhoto.objects.count() == 1


def test_a_kind_needs_no_words_and_no_photo(hana):
    address = chosen(hana)

    assert hana.post(address, {"go": "next", "words": ""}).status_code == 302


def test_one_bad_picture_is_named_and_the_good_one_stays(hana):
    address = chosen(hana)
    sent = [documents.sent(documents.jpeg(), "wall.jpg"), documents.sent(b"<svg onload=alert(1)>", "bad.jpg")]
    answer = hana.post(address, {"go": "next", "words": WORDS, "photos": sent})

    assert answer.status_code == 422
    assert "“bad.jpg” is not a picture" in words(answer)
    assert [photo.file.original_name for photo in DraftPhoto.objects.all()] == ["wall.jpg"]
    assert draft().items.get().words == WORDS


def test_a_bad_picture_beside_a_tile_is_named_too(hana):
    address = begin(hana)
    answer = hana.post(address, {"part": "ceiling", "photos": [documents.sent(b"no", "bad.jpg")]})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["photos"]
    assert draft().items.get().element_tile == "ceiling"


def test_pictures_come_one_by_one_and_are_there_after_a_reload(hana):
    address = begin(hana)
    answer = hana.post(f"{address}photos/", {"photo": documents.sent(documents.heic(), "IMG_1.HEIC")}).json()

    assert hana.get(answer["thumb"]).status_code == 200
    assert answer["thumb"] in words(hana.get(address))


def test_the_same_picture_twice_is_kept_once(hana):
    address, content = begin(hana), documents.jpeg()
    for _ in range(2):
        hana.post(f"{address}photos/", {"photo": documents.sent(content)})
    hana.post(address, {"go": "next", "words": WORDS, "photos": [documents.sent(content)]})

    assert DraftPhoto.objects.count() == 1
    assert StoredFile.objects.count() == 1


def test_a_removed_picture_goes_with_the_form_or_by_script(hana):
    address = begin(hana)
    kept = [
        hana.post(f"{address}photos/", {"photo": documents.sent(documents.jpeg(size=size))}).json()["id"]
        for size in ((640, 480), (640, 500))
    ]
    hana.post(address, {"go": "next", "words": WORDS, "photos-kept": kept, "photos-remove": kept[0]})
    assert DraftPhoto.objects.count() == 1
    hana.post(f"{address}save/", {"photos-remove": kept[1]})
    assert not StoredFile.objects.exists()


def test_pictures_that_a_stale_page_does_not_know_stay(hana):
    address = begin(hana)
    hana.post(f"{address}photos/", {"photo": documents.sent(documents.jpeg())})
    hana.post(address, {"go": "next", "words": WORDS})

    assert DraftPhoto.objects.count() == 1


def test_a_picture_is_removed_from_its_own_defect_only(hana):
    first = begin(hana)
    kept = hana.post(f"{first}photos/", {"photo": documents.sent(documents.jpeg())}).json()["id"]
    hana.post(f"{begin(hana)}save/", {"photos-remove": kept})

    assert DraftPhoto.objects.count() == 1


def test_nobody_removes_a_picture_of_another_draft(hana, client_for, world):
    address = begin(hana)
    kept = hana.post(f"{address}photos/", {"photo": documents.sent(documents.jpeg())}).json()["id"]
    noor = client_for(world.noor.user)
    theirs = begin(noor)
    noor.post(f"{theirs}save/", {"photos-remove": kept})
    noor.post(theirs, {"go": "next", "words": WORDS, "photos-kept": kept})

    assert [photo.item.draft.user for photo in DraftPhoto.objects.all()] == [world.hana.user]


def test_twelve_pictures_fill_a_defect(hana, monkeypatch):
    monkeypatch.setattr("cases.drafts.MOST_PHOTOS_OF_AN_ITEM", 1)
    address = begin(hana)
    hana.post(f"{address}photos/", {"photo": documents.sent(documents.jpeg())})
    answer = hana.post(f"{address}photos/", {"photo": documents.sent(documents.jpeg(size=(600, 500)))})

    assert answer.status_code == 422
    assert not answer.json()["again"]
    assert StoredFile.objects.count() == 1


def test_typing_is_kept_and_the_time_told(hana, world):
    address = begin(hana)
    answer = hana.post(f"{address}save/", {"words": "A stain gr"})

    assert answer.json()["saved_at"] == f"{timezone.now().astimezone(world.development.tz):%H:%M}"
    assert "A stain gr" in words(hana.get(address))


@pytest.mark.parametrize("text", NAUGHTY)
def test_text_is_text(hana, text):
    address = begin(hana)
    for page in (f"{address}save/", address):
        assert hana.post(page, {"words": text, "go": "next"}).status_code < 500
    shown = words(hana.get(address))

    assert "<script>alert" not in shown
    assert "<img src=x" not in shown
    assert draft().items.get().words == text.replace("\x00", "")


def test_too_long_a_text_is_refused_and_not_lost(hana):
    address = begin(hana)
    answer = hana.post(address, {"go": "next", "words": "word " * 2000})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["words"]
    assert len(draft().items.get().words) == 10_000


def test_the_room_can_be_changed(hana):
    address = chosen(hana)
    assert 'aria-current="true"' in words(hana.get(f"{address}room/"))
    hana.post(f"{address}room/", {"room": "KIT"})
    item = draft().items.get()

    assert (item.location_id, item.defect_type_id) == ("KIT", "LEAK")


@pytest.mark.parametrize("number", [2, 99999])
def test_a_defect_that_is_not_there_is_404(hana, number):
    begin(hana)

    assert hana.get(f"/portal/report/{draft().key}/{number}/").status_code == 404


def test_the_page_costs_the_same_with_many_defects(hana, queries):
    describe(hana, photos=[documents.sent(documents.jpeg())])
    address = f"/portal/report/{draft().key}/1/"
    with queries(19):
        hana.get(address)
    for number in range(10):
        describe(hana, photos=[documents.sent(documents.jpeg(size=(640, 400 + number)))])
    with queries(19):
        hana.get(address)
