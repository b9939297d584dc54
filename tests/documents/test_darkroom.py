"""The bounded child: what it prints, and what it can't do."""

import io
import json
import os
import subprocess
import sys
import time

import pytest
from django.conf import settings
from PIL import Image, ImageCms

from documents import examination
from documents.darkroom import Unusable
from tests.factories import documents as make

SIZES = {"list": 240, "pdf": 480, "page": 1600}


@pytest.fixture
def develop(tmp_path):
    """`develop(bytes)`: what the darkroom makes of a picture, by size."""

    def prints(content, **sizes):
        original = tmp_path / "original"
        original.write_bytes(content)
        outputs = {name: {"path": str(tmp_path / name), "edge": edge} for name, edge in (sizes or SIZES).items()}
        examination.examine(original, "picture", outputs=outputs, is_thorough=True, seconds=20)
        return {name: Image.open(io.BytesIO((tmp_path / name).read_bytes())) for name in outputs}

    return prints


def near(pixel, colour, slack=24):
    return all(abs(a - b) <= slack for a, b in zip(pixel, colour, strict=True))


def test_one_decode_makes_all_sizes_and_enlarges_nothing(develop):
    made = develop(make.jpeg(size=(2000, 1500)))
    assert {name: picture.size for name, picture in made.items()} == {
        "list": (240, 180),
        "pdf": (480, 360),
        "page": (1600, 1200),
    }
    assert develop(make.jpeg(size=(300, 200)), page=1600)["page"].size == (300, 200)


@pytest.mark.parametrize("content", [make.jpeg, make.heic])
def test_pictures_stand_upright(develop, content):
    page = develop(content(orientation=6), page=1600)["page"]
    assert page.size == (480, 640)
    assert near(page.getpixel((470, 320)), (29, 78, 216)), (
        "the marked top edge is now at the right, as orientation 6 says"
    )


@pytest.mark.parametrize(
    "content",
    [
        make.jpeg(gps=make.KLANG, taken="2026:03:03 20:10:00", comment=b"at 12 Jalan Melati"),
        make.heic(gps=make.KLANG, taken="2026:03:03 20:10:00"),
        make.webp(gps=make.KLANG, taken="2026:03:03 20:10:00"),
    ],
    ids=["jpeg", "heic", "webp"],
)
def test_nothing_but_pixels_leaves(develop, content):
    for picture in develop(content).values():
        assert picture.format == "JPEG"
        assert dict(picture.getexif()) == {}
        assert not {"exif", "xmp", "comment", "icc_profile", "photoshop"} & set(picture.info)


def test_display_p3_becomes_srgb(develop):
    """Phones write Display P3: the same numbers mean a stronger colour than in sRGB."""
    profile = make.wide_profile()
    source = Image.new("RGB", (64, 64), (200, 60, 60))
    buffer = io.BytesIO()
    source.save(buffer, "JPEG", quality=95, icc_profile=profile)

    shown = develop(buffer.getvalue(), list=240)["list"].getpixel((32, 32))

    expected = ImageCms.profileToProfile(
        source, ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
    ).getpixel((32, 32))
    assert near(shown, expected, 6)
    assert not near(shown, (200, 60, 60), 6)


@pytest.mark.parametrize(
    ("picture", "form", "pixel"),
    [
        (Image.new("RGBA", (60, 60), (255, 0, 0, 0)), "PNG", (255, 255, 255)),
        (Image.new("LA", (60, 60), (0, 0)), "PNG", (255, 255, 255)),
        (Image.new("CMYK", (60, 60), (0, 255, 255, 0)), "JPEG", (255, 0, 0)),
        (Image.new("I;16", (60, 60), 32768), "PNG", (128, 128, 128)),
        (Image.new("1", (60, 60), 1), "PNG", (255, 255, 255)),
        (Image.new("P", (60, 60), 0), "PNG", (0, 0, 0)),
        (Image.new("L", (1, 6000), 128), "PNG", (128, 128, 128)),
    ],
    ids=["transparent", "grey and transparent", "print colours", "16 bit", "black and white", "palette", "thread"],
)
def test_odd_kinds_of_pixels_look_as_they_should(develop, picture, form, pixel):
    buffer = io.BytesIO()
    picture.save(buffer, form)
    made = develop(buffer.getvalue(), list=240)["list"]
    assert near(made.getpixel((0, made.height // 2)), pixel)


def test_a_broken_profile_does_not_lose_the_picture(develop):
    assert develop(make.jpeg(profile=b"nonsense" * 40), list=240)["list"].size == (240, 180)


LIMITED = (
    "from documents.darkroom import __main__ as room, bounds; "
    "largest = room.LARGEST_OUTPUT['picture']; "
    "bounds.limit(seconds=1, memory=room.MEMORY, largest_output=largest, open_files=room.OPEN_FILES)"
)


class TestLimits:
    def child(self, code):
        """Runs code behind the limits of the darkroom."""
        return subprocess.run(
            [
                sys.executable,
                "-c",
                f"{LIMITED}; {code}",
            ],
            cwd=settings.BASE_DIR,
            capture_output=True,
            check=False,
            timeout=20,
        )

    def test_memory(self):
        assert b"MemoryError" in self.child("bytearray(650 << 20)").stderr

    def test_processor_time(self):
        started = time.monotonic()
        assert self.child("\nwhile True: pass").returncode == -24, "SIGXCPU"
        assert time.monotonic() - started < 10

    def test_what_it_writes(self, tmp_path):
        code = f"open({str(tmp_path / 'x')!r}, 'wb').write(bytes(30 << 20))"
        assert b"File too large" in self.child(code).stderr

    @pytest.mark.parametrize(
        ("content", "refused", "most"),
        [(make.bomb_png, "too-many-pixels", 100), (lambda: make.blank_png(size=(8900, 6700)), None, 600)],
        ids=["bomb", "59 megapixels"],
    )
    def test_memory_of_a_decoding_child(self, content, refused, most, tmp_path):
        original = tmp_path / "original"
        original.write_bytes(content())
        order = {
            "path": str(original),
            "family": "picture",
            "outputs": {"page": {"path": str(tmp_path / "page"), "edge": 1600}},
            "is_thorough": True,
            "seconds": 20,
            "niceness": 0,
        }
        # A small process in between: a child's peak counts from the size of the process that started it.
        weigh = (
            "import resource, subprocess, sys; "
            "subprocess.run([sys.executable, '-E', '-s', '-m', 'documents.darkroom'], check=True); "
            "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)"
        )
        printed = subprocess.run(
            [sys.executable, "-c", weigh],
            input=json.dumps(order).encode(),
            cwd=settings.BASE_DIR,
            capture_output=True,
            check=True,
        ).stdout
        answer, megabytes = printed.decode().splitlines()
        assert (json.loads(answer).get("unusable"), int(megabytes) < most) == (refused, True), megabytes

    def test_a_file_that_takes_too_long_is_let_go(self, tmp_path):
        os.mkfifo(tmp_path / "endless")
        started = time.monotonic()
        with pytest.raises(Unusable, match="too-slow"):
            examination.examine(tmp_path / "endless", "picture", is_thorough=True, seconds=1)
        assert time.monotonic() - started < 6

    @pytest.mark.parametrize(
        ("code", "reason"), [(-24, "too-slow"), (-11, "damaged"), (1, "damaged")], ids=["XCPU", "SEGV", "traceback"]
    )
    def test_a_child_that_dies_is_the_files_fault(self, code, reason):
        with pytest.raises(Unusable, match=reason):
            examination.read_answer(code, b"")

    def test_a_child_that_the_machine_ends_is_not(self):
        with pytest.raises(OSError, match="ended"):
            examination.read_answer(-9, b"")

    def test_it_is_given_nothing_of_ours(self, monkeypatch):
        seen = {}
        run = subprocess.run
        monkeypatch.setenv("SECRET_KEY", "tell nobody")
        monkeypatch.setattr(subprocess, "run", lambda *a, **options: seen.update(options["env"]) or run(*a, **options))
        with pytest.raises(OSError, match="No such file"):
            examination.examine(settings.BASE_DIR / "nothing", "picture", is_thorough=True, seconds=5)
        assert set(seen) == {"MALLOC_ARENA_MAX", "LANG", "PATH"}

    def test_it_imports_nothing_of_django(self):
        code = "import documents.darkroom.pictures, documents.darkroom.papers, sys; print('django' in sys.modules)"
        assert self.child(code).stdout.strip() == b"False"
