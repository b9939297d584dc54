"""Every bad file ends as one sentence, with nothing left behind."""

import struct

import pytest

from documents.darkroom import Unusable
from documents.darkroom.boxes import check_boxes
from documents.models import StoredFile
from tests.documents.doors import on_disk, refusal, store
from tests.factories import documents as make

pytestmark = pytest.mark.django_db

BAD = {
    "empty": (b"", "empty"),
    "text": (b"hello", "unknown"),
    "web page": (b"<!doctype html><script>alert(1)</script>", "unknown"),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "unknown"),
    "svg with a picture's name in it": (b"<?xml version='1.0'?><!-- JFIF --><svg/>", "unknown"),
    "gif with script": (b"GIF89a/*<script>alert(1)</script>*/", "unknown"),
    "program": (b"MZ" + b"\0" * 500, "unknown"),
    "shell script": (b"#!/bin/sh\nrm -rf /\n", "unknown"),
    "zip": (make.packed({"a.txt": b"x"}), "unknown"),
    "web page before a pdf": (b"<html>" + make.pdf(), "unknown"),
    "macro document": (make.docx(more={"word/vbaProject.bin": b"x"}), "macros"),
    "macro workbook": (make.office("vnd.ms-excel.sheet.macroEnabled.main+xml"), "macros"),
    "old workbook with macros": (make.compound("Workbook", "_VBA_PROJECT_CUR"), "macros"),
    "installer in the wrapping of a document": (make.compound("Property"), "unknown"),
    "cut old document": (make.doc()[:600], "damaged"),
    "old document that points at itself": (
        make.doc()[:512] + b"\xfd\xff\xff\xff\x01\0\0\0" + make.doc()[520:],
        "damaged",
    ),
    "old document with an odd sector size": (
        make.doc()[:30] + b"\xff\xff" + make.doc()[32:],
        "damaged",
    ),
    "cut pdf": (make.pdf()[:300], "damaged"),
    "cut docx": (make.docx()[:-40], "damaged"),
    "cut jpeg": (make.jpeg()[:-2000], "damaged"),
    "only the head of a jpeg": (make.jpeg()[:400], "damaged"),
    "cut png": (make.png()[:-2000], "damaged"),
    "cut webp": (make.webp()[:-2000], "damaged"),
    "cut heic": (make.heic()[:-2000], "damaged"),
    "head of a heic": (make.heic()[:40], "damaged"),
    "heic without its decoder settings": (make.heic().replace(b"hvcC", b"hvcX"), "damaged"),
    "png with a wrong sum": (make.png().replace(b"IDAT", b"IDAX", 1), "damaged"),
    "jpeg mark and nothing": (b"\xff\xd8\xff\xe0" + b"\0" * 100, "damaged"),
    "bomb": (make.bomb_png(), "too-many-pixels"),
    "avif": (b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf" + b"\0" * 200, "unknown"),
    "video": (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"\0" * 200, "video"),
    "film from a phone": (b"\0\0\0\x14ftypqt  \0\0\0\0qt  " + b"\0" * 200, "video"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_ends_in_one_sentence_and_leaves_nothing(case, settings):
    content, reason = BAD[case]

    refused = refusal(content, "crack <b>.jpg")

    assert refused.reason == reason
    assert refused.sentence.startswith("“crack <b>.jpg” ")
    assert refused.sentence.count("\n") == 0
    assert on_disk(settings) == []
    assert not StoredFile.objects.exists()


def test_a_header_that_promises_too_many_pixels_is_refused_before_decoding():
    """A JPEG's size stands in its header; the rest need not even be there."""
    jpeg = bytearray(make.jpeg())
    start = jpeg.index(b"\xff\xc0") + 5
    jpeg[start : start + 4] = struct.pack(">HH", 60_000, 60_000)
    assert refusal(bytes(jpeg)).reason == "too-many-pixels"


def test_sixty_megapixels_are_the_most():
    assert store(make.black_png(7_500, 8_000)).width == 7_500
    assert refusal(make.black_png(7_501, 8_000)).reason == "too-many-pixels"


def test_a_document_that_unpacks_without_end_is_refused():
    sheet = make.docx(more={"a.xml": bytes(1)})
    grown = sheet.replace(struct.pack("<II", 1 + 2, 1), struct.pack("<II", 3, 0xFFFFFFF0))
    central = grown.rindex(b"PK\x01\x02")
    grown = grown[: central + 24] + struct.pack("<I", 0x7FFFFFFF) + grown[central + 28 :]
    assert refusal(grown, "plan.docx").reason == "bomb"


@pytest.mark.parametrize("form", [make.png, make.webp])
def test_a_cut_picture_is_found_without_decoding_it(form):
    """A quick look leaves large pictures undecoded; what did not arrive whole is refused all the same."""
    content = form(size=(2600, 1700))
    assert not store(content, is_thorough=False).renditions.ready().exists()
    assert refusal(content[:-1000], is_thorough=False).reason == "damaged"


def test_a_cut_heic_is_found_by_its_boxes(tmp_path):
    content = make.heic()
    for end, is_whole in ((None, True), (-1, False), (-2000, False), (30, False)):
        path = tmp_path / "x.heic"
        path.write_bytes(content[:end])
        if is_whole:
            check_boxes(path)
        else:
            with pytest.raises(Unusable):
                check_boxes(path)


def test_too_large_is_said_with_the_limit(settings):
    refused = refusal(make.jpeg() + bytes(31 * 1024 * 1024))
    assert refused.sentence == "“photo.jpg” is larger than 30 MB. Please send a smaller copy."
    refused = refusal(make.pdf() + bytes(26 * 1024 * 1024), "plan.pdf")
    assert refused.sentence == "“plan.pdf” is larger than 25 MB. Please send a smaller copy."
    assert on_disk(settings) == []


def test_a_form_for_photos_takes_no_document_and_the_other_way_round():
    assert refusal(make.pdf(), allow=["image"]).reason == "not-a-picture"
    assert refusal(make.jpeg(), allow=["document"]).reason == "not-a-document"
