"""The photos field in a real browser: one by one, with progress, refusal, retry, by keyboard, and without a script."""

from urllib.parse import parse_qs

import pytest

from documents.models import StoredFile
from tests.factories import documents as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(photo_pages, browser_page):
    browser_page.goto("/photos/")
    return browser_page


def photo(name="wall.jpg", content=None, mime="image/jpeg"):
    return {"name": name, "mimeType": mime, "buffer": content or make.jpeg()}


def send(page):
    page.get_by_role("button", name="Send", exact=True).click()


def test_photos_are_sent_one_by_one_and_then_go_with_the_form_as_tokens(page):
    page.set_input_files("input[type=file]", [photo("wall.jpg"), photo("IMG_2.HEIC", make.heic(), "image/heic")])
    page.locator(".shot .ok").nth(1).wait_for()

    assert page.locator("[role=status]").last.inner_text() == "IMG_2.HEIC is saved. 2 kept."
    assert StoredFile.objects.count() == 2
    page.fill("#id_words", "A crack")
    send(page)
    assert page.inner_text("body") == "kept wall.jpg, IMG_2.HEIC"
    assert StoredFile.objects.count() == 2


def test_a_format_that_the_browser_cannot_show_gets_the_servers_picture(page):
    page.set_input_files("input[type=file]", photo("IMG_2.HEIC", make.heic(), "image/heic"))
    page.locator(".shot img").first.wait_for(state="visible")
    assert page.locator(".shot img").first.evaluate("image => image.naturalWidth") == 240


def test_a_refused_photo_says_why_and_leaves_the_others(page):
    page.set_input_files("input[type=file]", [photo("no.jpg", b"<svg onload=alert(1)>"), photo("yes.jpg")])
    page.locator(".shot .ok").wait_for()

    refused = page.locator(".shot.is-refused")
    assert "“no.jpg” is not a picture that we can open" in refused.inner_text()
    assert not refused.locator("[data-retry]").is_visible()
    assert page.locator("input[name=photos-kept]").count() == 1


def test_without_signal_a_photo_waits_and_is_sent_by_itself(page):
    page.context.set_offline(True)
    page.set_input_files("input[type=file]", photo())
    page.locator("text=Waiting for signal").wait_for()
    assert page.locator("[data-retry]").first.is_visible()

    page.context.set_offline(False)
    page.locator(".shot .ok").wait_for()
    assert StoredFile.objects.count() == 1


def test_a_form_that_goes_early_takes_the_rest_along(page):
    page.route("**/photos/add/", lambda route: None)
    page.set_input_files("input[type=file]", [photo("one.jpg"), photo("two.jpg")])
    page.fill("#id_words", "A crack")
    send(page)
    page.locator("text=kept one.jpg, two.jpg").wait_for()


def test_a_refused_form_keeps_its_photos_and_they_can_be_removed(page):
    page.set_input_files("input[type=file]", [photo("one.jpg"), photo("two.jpg")])
    page.locator(".shot .ok").nth(1).wait_for()
    send(page)
    page.locator("text=This field is required").wait_for()
    assert page.locator(".shot .ok").count() == 2

    page.click("[aria-label='Remove one.jpg']")
    assert page.locator("[role=status]").last.inner_text() == "one.jpg is removed. 1 kept."
    page.fill("#id_words", "A crack")
    send(page)
    assert page.inner_text("body") == "kept two.jpg"


def test_the_server_hears_of_a_kept_photo_that_is_taken_out_again(page):
    heard = []
    page.route("**/photos/drop/", lambda route: (heard.append(route.request.post_data), route.fulfill(status=204)))
    page.eval_on_selector("[data-photos]", "root => { root.dataset.dropUrl = '/photos/drop/'; }")
    page.set_input_files("input[type=file]", [photo("wall.jpg"), photo("door.jpg", make.jpeg(comment=b"other"))])
    page.locator(".shot .ok").nth(1).wait_for()
    goes, stays = (box.input_value() for box in page.locator("input[name$=-kept]").all())

    with page.expect_request("**/photos/drop/"):
        page.get_by_label("Remove wall.jpg").click()

    assert [box.input_value() for box in page.locator("input[name$=-kept]").all()] == [stays]
    page.wait_for_timeout(50)
    assert [parse_qs(sent)["id"] for sent in heard] == [[goes]]


def test_works_by_keyboard_alone(page):
    page.on("filechooser", lambda chooser: None)  # from now on the browser hands choosers over
    page.focus("#id_words")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.type") == "file"
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files(photo())
    page.locator(".shot .ok").wait_for()
    page.focus("#id_words")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Remove wall.jpg"
    page.keyboard.press("Enter")
    assert page.locator("input[name=photos-kept]").count() == 0
    assert page.evaluate("document.activeElement.type") == "file"


def test_no_more_than_the_form_takes(page):
    page.set_input_files("input[type=file]", [photo(f"{number}.jpg", make.jpeg(size=(40, 30))) for number in range(8)])
    page.locator(".shot .ok").nth(5).wait_for()
    assert page.locator("[data-shot]").count() == 6
    assert page.locator("[data-told]").inner_text() == "At most 6 files go with one form."
    assert not page.locator(".shot-add").is_visible()


def test_no_accessibility_faults_with_and_without_photos(page, axe):
    assert axe(page) == []
    page.set_input_files("input[type=file]", [photo("no.jpg", b"<html>"), photo("yes.jpg")])
    page.locator(".shot .ok").wait_for()
    assert axe(page) == []


def test_without_a_script_the_native_input_does_it(photo_pages, site, new_context, axe):
    page = new_context(base_url=site, java_script_enabled=False, viewport={"width": 390, "height": 844}).new_page()
    page.goto("/photos/")
    page.set_input_files("input[type=file]", [photo("one.jpg"), photo("two.jpg"), photo("no.jpg", b"GIF89a<script>")])
    send(page)
    assert "“no.jpg” is not a picture that we can open" in page.inner_text("body")

    page.check("text=Remove one.jpg")
    page.fill("#id_words", "A crack")
    send(page)
    assert page.inner_text("body") == "kept two.jpg"
