"""What the darkroom says of videos, good and hostile; what the copy that people play holds, and what it does not."""

import io
import time

import av
import pytest
from PIL import Image

from documents import examination, refusals
from documents.darkroom import Unusable, films
from documents.darkroom.__main__ import MEMORY
from tests.factories import documents as make
from tests.factories import videos

SECRETS = [b"\xa9xyz", b"03.04", b"Telephone", b"2026-03-03", b"Lavf", b"loci"]


@pytest.fixture
def file(tmp_path):
    def written(content):
        path = tmp_path / "film"
        path.write_bytes(content)
        return path

    return written


def look(path, **options):
    return examination.examine(path, "video", is_thorough=True, seconds=examination.QUICK_SECONDS, **options)


def copied(path, tmp_path):
    """Facts and bytes of the copy."""
    target = tmp_path / "copy.mp4"
    facts = look(path, copy=target)
    return facts, target.read_bytes()


def playing(content):
    """Name of the video codec, of the sound's, size as shown, the first picture upright."""
    with av.open(io.BytesIO(content)) as film:
        frame = next(film.decode(video=0))
        picture = films.upright(frame)
        sound = film.streams.audio[0].codec_context.name if film.streams.audio else ""
        return film.streams.video[0].codec_context.name, sound, picture


class TestFacts:
    def test_size_as_held_length_time_and_place(self, file):
        found = look(file(videos.mov()))
        assert (found["format"], found["width"], found["height"]) == ("mov", 120, 160)
        assert found["seconds"] == pytest.approx(2, abs=0.1)
        assert found["gps"] == {"latitude": 3.0449, "longitude": 101.4456}

    def test_the_time_that_the_camera_wrote(self, file):
        found = look(file(videos.mp4()))
        assert (found["captured"], found["offset"]) == ("2026:03:03 12:10:00", "+00:00")

    def test_pictures_are_upright(self, file, tmp_path):
        outputs = {"list": {"path": str(tmp_path / "list.jpg"), "edge": 240}}
        assert look(file(videos.mov()), outputs=outputs)["outputs"]["list"]["height"] == 160
        picture = Image.open(tmp_path / "list.jpg")
        assert picture.getpixel((100, 10))[0] > 150, "turned a quarter clockwise, the red corner is on the right"
        assert picture.getpixel((20, 10))[0] < 90

    def test_the_picture_is_of_about_the_first_second(self, file, tmp_path):
        outputs = {"list": {"path": str(tmp_path / "list.jpg"), "edge": 240}}
        look(file(videos.mp4()), outputs=outputs)
        blue = Image.open(tmp_path / "list.jpg").getpixel((140, 100))[2]
        assert blue == pytest.approx(15 * 7, abs=12)

    @pytest.mark.parametrize("codec", ["libvpx-vp9", "libvpx"])
    def test_what_browsers_record(self, file, codec):
        assert look(file(videos.webm(codec)))["format"] == "webm"


class TestCopies:
    @pytest.mark.parametrize("content", [videos.mp4, videos.mov, videos.webm], ids=["mp4", "mov", "webm"])
    def test_everybody_can_play_it_and_it_says_nothing_of_its_maker(self, file, tmp_path, content):
        facts, copy = copied(file(content()), tmp_path)
        video, sound, picture = playing(copy)
        assert (video, sound) == ("h264", "aac")
        assert (facts["width"], facts["height"]) == picture.size
        assert facts["size"] == len(copy)
        assert facts["seconds"] == pytest.approx(2, abs=0.1)
        assert [secret for secret in SECRETS if secret in copy] == []
        assert copy.index(b"moov") < copy.index(b"mdat"), "it starts before all of it is there"

    def test_the_original_did_say_it(self):
        assert {secret for secret in SECRETS if secret in videos.mov()} >= {b"\xa9xyz", b"03.04", b"Telephone"}

    def test_h264_is_taken_over_without_encoding_it_anew(self, file, tmp_path):
        original = videos.mp4()
        _facts, copy = copied(file(original), tmp_path)
        with av.open(io.BytesIO(original)) as before, av.open(io.BytesIO(copy)) as after:
            pairs = zip(before.decode(video=0), after.decode(video=0), strict=True)
            assert all(bytes(one.planes[0]) == bytes(two.planes[0]) for one, two in pairs)

    def test_notes_inside_the_h264_stream_are_gone(self, file, tmp_path):
        assert b"x264" in videos.mp4(), "the encoder leaves a note (SEI), as cameras may"
        assert b"x264" not in copied(file(videos.mp4()), tmp_path)[1]

    @pytest.mark.parametrize("turned", [0, 90, 180, 270])
    @pytest.mark.parametrize("encoder", ["libx264", "libvpx-vp9"])
    def test_the_turn_of_the_camera(self, file, tmp_path, encoder, turned):
        content = videos.encoded("mp4", encoder, turned=turned)
        _video, _sound, picture = playing(copied(file(content), tmp_path)[1])
        corners = {0: (8, 8), 90: (-8, 8), 180: (-8, -8), 270: (8, -8)}
        x, y = corners[turned]
        assert picture.getpixel((x % picture.width, y % picture.height))[0] > 150

    def test_large_films_shrink_to_720p(self, file, tmp_path):
        content = videos.encoded("webm", "libvpx", frames=3, size=(1920, 1080))
        facts, _copy = copied(file(content), tmp_path)
        assert (facts["width"], facts["height"]) == (1280, 720)

    def test_without_sound(self, file, tmp_path):
        content = videos.encoded("mp4", "libx264")
        assert playing(copied(file(content), tmp_path)[1])[1] == ""


HOSTILE = {
    "cut off": (lambda: videos.mp4()[:-2000], "damaged"),
    "cut off webm": (lambda: videos.webm()[: len(videos.webm()) // 2], "damaged"),
    "cut off in the first bytes": (lambda: videos.mp4()[:40], "damaged"),
    "web page": (lambda: b"<!DOCTYPE html><script>alert(1)</script>", "other-video"),
    "playlist": (lambda: b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n", "other-video"),
    "box says film, then a playlist": (lambda: videos.FTYP + b"#EXTM3U\nfile:///etc/passwd\n", "damaged"),
    "no pictures": (lambda: videos.FTYP + videos.box(b"moov", b"") + videos.box(b"mdat", bytes(99)), "no-picture"),
    "only sound": (lambda: sound_only(), "no-picture"),
    "no frames": (lambda: no_frames(), "no-picture"),
    "a million boxes": (videos.many_boxes, "damaged"),
    "a million boxes within": (videos.many_inner_boxes, "no-picture"),
    "days long": (videos.endless, "too-long"),
    "very wide": (videos.too_wide, "too-sharp"),
    "noise": (lambda: videos.FTYP + videos.box(b"mdat", bytes(range(256)) * 4000), "damaged"),
    "other codec": (lambda: videos.encoded("mov", "mjpeg", pix="yuvj420p"), "other-video"),
}


def sound_only():
    buffer = io.BytesIO()
    with av.open(buffer, "w", format="mp4") as film:
        videos.hum(film, film.add_stream("aac", rate=videos.SOUND_RATE), 1)
    return buffer.getvalue()


def no_frames():
    """A track with its box of samples emptied: the film knows its size and has nothing to show."""
    content = bytearray(videos.encoded("mp4", "libx264"))
    for name in (b"stsz", b"stts", b"stsc", b"stco", b"stss", b"ctts"):
        place = content.find(name)
        if place > 0:
            start = place + (12 if name == b"stsz" else 8)
            content[start : start + 4] = bytes(4)
    return bytes(content)


class TestHostile:
    @pytest.mark.parametrize("name", HOSTILE)
    def test_is_refused_with_one_sentence_within_ten_seconds(self, file, name):
        content, reason = HOSTILE[name]
        path = file(content())
        began = time.monotonic()
        with pytest.raises(Unusable) as caught:
            look(path)
        assert (caught.value.reason, time.monotonic() - began < 10) == (reason, True)
        assert "film.mp4" in refusals.sentence(caught.value.reason, name="film.mp4", limit=1)

    def test_a_film_that_only_says_it_is_short_ends_at_the_limit(self, file, tmp_path, monkeypatch):
        from documents.darkroom import copies

        monkeypatch.setattr(films, "LONGEST_SECONDS", 0)
        monkeypatch.setattr(films, "duration", lambda film, stream: None)
        with pytest.raises(Unusable) as caught:
            copies.examine(str(file(videos.mp4())), target=str(tmp_path / "copy.mp4"))
        assert caught.value.reason == "too-long"

    def test_the_sentence_names_the_limit_of_the_darkroom(self):
        assert f"{films.LONGEST_SECONDS // 60} minutes" in refusals.sentence("too-long", name="film.mp4")

    def test_memory_of_the_child_is_bounded(self):
        assert MEMORY == 600 * 1024 * 1024

    def test_a_still_picture_in_the_same_box_is_no_video(self):
        from documents import sniffing

        assert sniffing.family(make.heic()) == "picture"
        assert (
            sniffing.family(videos.mp4()) == sniffing.family(videos.mov()) == sniffing.family(videos.webm()) == "video"
        )
