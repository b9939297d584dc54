"""The form field: good photos survive a refused form, whoever may not have them does not get them."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from documents import tokens
from documents.fields import PhotosField
from documents.models import StoredFile
from ledger.actors import SYSTEM
from tests.documents.pages import HOLDER, PhotosForm
from tests.factories import documents as make

pytestmark = pytest.mark.django_db


def form(*files, words="A crack", kept=(), removed=(), **facts):
    data = MultiValueDict({"words": [words], "photos-kept": list(kept), "photos-remove": list(removed)})
    return PhotosForm(data, MultiValueDict({"photos": list(files)}), by=SYSTEM, at=make.AT, **facts)


def tokens_in(page):
    return re.findall(r'name="photos-kept" value="([^"]+)"', str(page))


def names(page):
    return [file.original_name for file in page.cleaned_data["photos"]]


def test_no_photo_is_fine():
    page = form()
    assert page.is_valid()
    assert page.cleaned_data["photos"] == []


def test_photos_survive_an_error_elsewhere_and_are_not_sent_twice():
    first = form(make.sent(make.jpeg(), "a.jpg"), make.sent(make.png(), "b.png"), words="")
    assert not first.is_valid()

    second = form(kept=tokens_in(first["photos"]))
    assert second.is_valid()
    assert names(second) == ["a.jpg", "b.png"]
    assert StoredFile.objects.count() == 2


def test_the_bad_one_is_named_and_the_good_ones_stay():
    page = form(make.sent(make.jpeg(), "good.jpg"), make.sent(b"<svg>", "bad.svg"))
    assert page.errors["photos"] == [
        "“bad.svg” is not a picture that we can open. Please send a photo (JPEG, PNG, WebP or HEIC)."
    ]
    assert len(tokens_in(page["photos"])) == 1
    assert 'alt="good.jpg"' in str(page["photos"])


def test_a_photo_can_be_left_out():
    first = form(make.sent(make.jpeg(), "a.jpg"), make.sent(make.jpeg(), "b.jpg"), words="")
    first.is_valid()
    kept = tokens_in(first["photos"])
    second = form(kept=kept, removed=kept[:1])
    assert second.is_valid()
    assert names(second) == ["b.jpg"]


def test_another_persons_token_is_worth_nothing():
    theirs = make.make_stored_file(name="theirs.jpg")
    forged = [
        tokens.token(theirs, "user:2"),
        theirs.public_id.hex,
        f"{theirs.public_id.hex}:xxxx",
        "",
        "no:hex",
        tokens.token(theirs, HOLDER)[:-1],
    ]
    page = form(kept=forged)
    assert page.is_valid()
    assert page.cleaned_data["photos"] == []


def test_a_kept_document_does_not_slip_into_a_form_for_photos():
    plan = make.make_stored_file(content=make.pdf(), name="plan.pdf")
    page = form(kept=[tokens.token(plan, HOLDER)])
    page.is_valid()
    assert page.cleaned_data["photos"] == []


def test_a_repeated_token_counts_once():
    token = tokens.token(make.make_stored_file(name="a.jpg"), HOLDER)
    page = form(kept=[token, token])
    page.is_valid()
    assert names(page) == ["a.jpg"]


def test_more_than_the_form_takes_is_said_and_the_first_stay():
    page = form(*(make.sent(make.jpeg(size=(8, 8)), f"{number}.jpg") for number in range(8)))
    assert page.errors["photos"] == ["At most 6 files go with one form; the first ones are kept."]
    assert len(tokens_in(page["photos"])) == 6


def test_checking_a_form_twice_stores_once():
    page = form(make.sent(make.jpeg(), "a.jpg"), words="")
    page.full_clean()
    page.full_clean()
    assert StoredFile.objects.count() == 1


def test_a_required_field_asks_for_one():
    field = PhotosField(required=True)
    field.for_sender(by=SYSTEM, at=make.AT, holder=HOLDER)
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError, match="Please add a photo"):
        field.clean(field.widget.value_from_datadict({}, {}, "photos"))


def test_documents_only_where_the_form_says_so():
    assert not form(make.sent(make.pdf(), "plan.pdf")).is_valid()
    field = PhotosField(allow=("image", "document"))
    field.for_sender(by=SYSTEM, at=make.AT, holder=HOLDER)
    sent = field.widget.value_from_datadict({}, {"photos": [make.sent(make.pdf(), "plan.pdf")]}, "photos")
    assert [file.mime for file in field.clean(sent)] == ["application/pdf"]
    assert ".pdf" in field.widget.attrs["accept"]


def test_two_forms_share_nothing():
    first = form(make.sent(make.jpeg(), "a.jpg"))
    first.is_valid()
    second = form()
    second.is_valid()
    assert second.cleaned_data["photos"] == []
    assert tokens_in(second["photos"]) == []


def test_naughty_names_are_text():
    page = form(SimpleUploadedFile('"><script>alert(1)</script>.jpg', make.jpeg()), words="")
    page.is_valid()
    assert "<script>" not in str(page["photos"])


def test_the_widget_says_what_the_script_and_the_reader_need():
    page = str(form(upload_url="/photos/add/")["photos"])
    assert 'type="file"' in page
    assert "multiple" in page
    assert 'data-url="/photos/add/"' in page
    assert 'role="status"' in page
    assert 'for="id_photos"' in page
    assert "capture" not in page, "a photo from the library must be possible"


def test_pictures_of_an_existing_row_are_shown_first():
    file = make.make_stored_file(name="old.jpg")
    page = PhotosForm(initial={"photos": [file]}, by=SYSTEM, at=make.AT)
    assert len(tokens_in(page["photos"])) == 1
    assert f"/photos/{file.public_id}/" in str(page["photos"])


def test_crispy_forms_show_it_too(photo_pages):
    from crispy_forms.utils import render_crispy_form

    page = str(render_crispy_form(form(make.sent(b"x", "bad.jpg"), upload_url="/photos/add/")))
    assert page.count('type="file"') == 1
    assert 'for="id_photos"' in page
    assert "“bad.jpg” is not a picture" in page
    assert "js/photos.js" in page
