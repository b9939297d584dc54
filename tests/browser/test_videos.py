"""A video from a telephone in Chromium: piece by piece over a line that breaks, then played and sought on the case."""

import time

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from cases.models import Attachment, DraftPhoto
from documents import sendings
from documents.models import Sending, StoredFile
from tests.factories import cases as make
from tests.factories import documents, videos
from units import report_links

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PIECES = "**/files/videos/*/"


@pytest.fixture
def world(defaults):
    return make.make_world()


@pytest.fixture
def case(world):
    return make.make_case(world=world)


@pytest.fixture
def large(tmp_path):
    """A video of 6 MB that plays for 20 s."""
    path = tmp_path / "leak.mp4"
    path.write_bytes(videos.busy_mp4(6 * 1024 * 1024))
    return path


@pytest.fixture
def reply(browser_as, case, world):
    """Hana's page of the case, with words already typed."""
    page = browser_as(world.hana.user)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"/portal/cases/{case.reference}/")
    page.get_by_label("Your message").fill("The water runs down the wall.")
    return page


def choose(page, path):
    page.set_input_files("input[type=file]", str(path))


def kept(page):
    return page.locator(".shot.is-film .ok")


def send(page):
    page.get_by_role("button", name="Send message").click()


def test_goes_on_by_itself_over_a_line_that_breaks_twice(reply, large, case):
    pieces = []

    def line(route):
        pieces.append(route.request.headers.get("upload-offset"))
        if len(pieces) in {3, 6}:
            reply.context.set_offline(True)
            route.abort("internetdisconnected")
        else:
            route.continue_()

    reply.route(PIECES, lambda route: line(route) if route.request.method == "POST" else route.continue_())
    choose(reply, large)
    for _break in range(2):
        reply.get_by_text("Waiting for signal").wait_for()
        assert 0 < Sending.objects.get().received < large.stat().st_size
        reply.context.set_offline(False)
        expect(reply.get_by_text("Waiting for signal")).to_have_count(0)
    kept(reply).wait_for()
    assert len(pieces) > 6
    assert StoredFile.objects.get().size == large.stat().st_size
    assert reply.get_by_label("Your message").input_value() == "The water runs down the wall."

    send(reply)
    reply.get_by_text("We are preparing the video").first.wait_for()
    videos.develop(StoredFile.objects.get(), at=timezone.now())
    play_and_seek(reply, case)


def play_and_seek(page, case):
    spans = []
    page.on("response", lambda answer: spans.append(answer.status) if "/play/" in answer.url else None)
    page.goto(f"/portal/cases/{case.reference}/")
    film = page.locator("video")
    expect(film).to_be_visible()
    assert spans == [], "nothing is fetched before somebody presses play"
    film.evaluate("video => { video.muted = true; return video.play(); }")
    page.wait_for_function("() => document.querySelector('video').currentTime > 0.3")
    film.evaluate("video => { video.currentTime = 15; }")
    page.wait_for_function(
        "() => { const v = document.querySelector('video'); return !v.seeking && v.currentTime >= 15; }"
    )
    assert set(spans) == {206}


def test_after_a_reload_the_same_file_goes_on_where_it_was(reply, large):
    sent = []

    def line(route):
        sent.append(int(route.request.headers.get("upload-offset") or 0))
        route.continue_() if len(sent) < 4 else route.abort()

    reply.route(PIECES, lambda route: line(route) if route.request.method == "POST" else route.continue_())
    choose(reply, large)
    reply.get_by_text("Waiting for signal").wait_for()
    there = Sending.objects.get().received
    reply.unroute_all()
    reply.reload()
    reply.get_by_text("% sent. Choose it again").wait_for()

    with reply.expect_request(lambda request: request.method == "POST" and "/files/videos/" in request.url) as first:
        choose(reply, large)
    assert int(first.value.headers["upload-offset"]) == there > 0
    kept(reply).wait_for()
    assert (Sending.objects.count(), StoredFile.objects.count()) == (1, 1)


def test_a_form_sent_early_goes_by_itself_when_the_video_is_there(reply, large, case):
    reply.route(PIECES, lambda route: (time.sleep(0.2), route.continue_()))
    choose(reply, large)
    reply.locator(".shot.is-film progress").wait_for()
    send(reply)
    assert "The form goes by itself" in reply.locator("[data-told]").inner_text()
    reply.get_by_text("The water runs down the wall.").first.wait_for()
    reply.wait_for_url("**#reply")
    assert Attachment.objects.get(case=case, file__kind="video").is_visible


def test_removed_while_it_is_sent(reply, large):
    reply.route(PIECES, lambda route: (time.sleep(0.2), route.continue_()))
    choose(reply, large)
    reply.locator(".shot.is-film progress").wait_for()
    reply.get_by_role("button", name="Remove leak.mp4").click()
    expect(reply.locator(".shot.is-film")).to_have_count(0)
    until(lambda: not Sending.objects.exists())
    assert StoredFile.objects.count() == 0


def until(is_so, *, tries=50):
    for _try in range(tries):
        if is_so():
            return
        time.sleep(0.1)
    raise AssertionError("never")


def test_what_is_no_video_says_so_and_a_large_one_names_the_limit(reply, tmp_path, monkeypatch):
    page = tmp_path / "page.mp4"
    page.write_bytes(b"<html><script>alert(1)</script>")
    choose(reply, page)
    reply.get_by_text("“page.mp4” is not a video that we can play. Please send MP4, MOV or WebM.").first.wait_for()

    reply.evaluate("document.querySelector('[data-photos]').dataset.largestVideo = '10'")
    choose(reply, page)
    assert "“page.mp4” is larger than 200.0" in reply.locator("[data-told]").inner_text().replace("\xa0", " ")


def test_in_a_report_by_link_it_joins_the_defect_at_once(browser_page, world, axe):
    page = browser_page
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"/report/{report_links.token(world.unit)}/")
    page.get_by_role("button", name="Master bathroom").first.click()
    film = {"name": "leak.mp4", "mimeType": "video/mp4", "buffer": videos.mp4()}
    page.set_input_files("input[type=file]", [film])
    kept(page).wait_for()
    assert DraftPhoto.objects.get().file.kind == "video"
    assert axe(page) == []
    page.reload()
    expect(page.locator(".shot.is-film")).to_have_count(1)


def test_without_a_script_a_video_comes_with_the_form(new_context, site, client_for, settings, world, case):
    context = new_context(base_url=site, viewport={"width": 390, "height": 844}, java_script_enabled=False)
    value = client_for(world.hana.user).cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": site}])
    page = context.new_page()
    page.goto(f"/portal/cases/{case.reference}/")
    page.get_by_label("Your message").fill("The water runs down the wall.")
    film = {"name": "leak.mp4", "mimeType": "video/mp4", "buffer": videos.mp4()}
    page.set_input_files("input[type=file]", [film])
    send(page)
    videos.develop(StoredFile.objects.get(), at=timezone.now())
    page.goto(f"/portal/cases/{case.reference}/")
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save leak.mp4").click()
    assert saved.value.suggested_filename == "leak.mp4"


@pytest.mark.parametrize("who", ["hana", "amira"])
@pytest.mark.parametrize("width", [390, 1440])
def test_the_players_on_the_case_pages(browser_as, case, world, axe, who, width):
    from cases import files

    ready = videos.make_video(name="a name that is long enough to need more than one line on a phone.mp4")
    waiting = videos.make_video(content=videos.webm(), is_developed=False)
    files.attach(
        case,
        [ready, waiting],
        role="before",
        is_visible=True,
        by=world.actor("hana"),
        at=documents.AT.replace(year=2027),
    )
    page = browser_as(world.hana.user if who == "hana" else world.amira)
    page.set_viewport_size({"width": width, "height": 844})
    for path in ["/portal/cases/{}/"] if who == "hana" else ["/cases/{}/", "/cases/{}/files/"]:
        page.goto(path.format(case.reference))
        expect(page.locator("video")).to_have_count(1)
        expect(page.get_by_text("We are preparing the video")).to_have_count(1)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert axe(page) == []


def test_pieces_are_no_longer_than_the_server_takes():
    assert sendings.LARGEST_PIECE == 4 * 1024 * 1024
