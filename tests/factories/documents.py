"""Files as people send them, with drawn content, and their rows."""

import io
import struct
import uuid
import zipfile
import zlib
from datetime import UTC, datetime
from fractions import Fraction

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from documents import renditions, uploads
from documents.models import StoredFile
from ledger.actors import SYSTEM

AT = datetime(2026, 3, 3, 12, 14, tzinfo=UTC)
KLANG = (3.0449, 101.4456)
"""A place in Malaysia: degrees north, degrees east."""
SHIRT = "#1d4ed8"


def draw(size=(640, 480), *, mode="RGB", stain="#8a5a2b"):
    """A ceiling with a brown stain; the blue bar marks the top edge, the red square the left top corner."""
    width, height = size
    picture = Image.new("RGB", size, "#e9e4da")
    pen = ImageDraw.Draw(picture)
    for column in range(0, width, max(1, width // 12)):
        pen.line([(column, height * 0.7), (column, height)], fill="#b9b2a4", width=2)
    for ring in range(5):
        inset = ring * min(size) // 24
        box = (width * 0.3 + inset, height * 0.25 + inset, width * 0.75 - inset, height * 0.65 - inset)
        pen.ellipse(box, fill=stain if ring % 2 else "#c39a6b")
    pen.rectangle((0, 0, width, height // 20), fill=SHIRT)
    pen.rectangle((0, 0, width // 20, height // 20), fill="#b42318")
    return picture.convert(mode)


def exif(*, taken="", offset="", gps=None, orientation=1):
    """An Exif block as phones write it; `taken` is "2026:03:03 20:10:00", `offset` "+08:00", `gps` (north, east)."""
    tags = Image.Exif()
    tags[0x0112] = orientation
    tags[0x010F] = "Telephone"
    details = tags.get_ifd(0x8769)
    if taken:
        details[0x9003] = taken
    if offset:
        details[0x9011] = offset
    if gps:
        place = tags.get_ifd(0x8825)
        place[1], place[2] = "N" if gps[0] >= 0 else "S", sexagesimal(abs(gps[0]))
        place[3], place[4] = "E" if gps[1] >= 0 else "W", sexagesimal(abs(gps[1]))
    return tags


def sexagesimal(value):
    seconds = Fraction(value * 3600).limit_denominator(100)
    degrees, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    return (float(degrees), float(minutes), float(seconds))


def encoded(picture, form, **options):
    buffer = io.BytesIO()
    picture.save(buffer, form, **options)
    return buffer.getvalue()


def jpeg(*, size=(640, 480), mode="RGB", quality=85, comment=b"", profile=b"", **tags):
    """A JPEG's bytes; further arguments are those of `exif`."""
    options = {"icc_profile": profile} if profile else {}
    return encoded(draw(size, mode=mode), "JPEG", quality=quality, comment=comment, exif=exif(**tags), **options)


def heic(*, size=(640, 480), orientation=1, **tags):
    """A HEIC's bytes, lying as a telephone stores them when `orientation` is 6 (people then see it upright)."""
    import pillow_heif

    pillow_heif.register_heif_opener()
    return encoded(draw(size), "HEIF", quality=50, exif=exif(orientation=orientation, **tags).tobytes())


def png(*, size=(640, 480), mode="RGB"):
    return encoded(draw(size, mode=mode), "PNG")


def webp(*, size=(640, 480), **tags):
    return encoded(draw(size), "WEBP", quality=80, exif=exif(**tags))


def photo_4mb():
    """A 12 megapixel JPEG of about 4 MB, as a telephone makes it."""
    noise = Image.effect_noise((2016, 1512), 60).resize((4032, 3024)).convert("RGB")
    return encoded(Image.blend(draw((4032, 3024)), noise, 0.4), "JPEG", quality=91)


def black_png(width, height):
    """One bit a pixel, made row by row: a bomb must not cost its maker the memory."""
    rows = zlib.compressobj(9)
    packed_rows = b"".join(rows.compress(bytes((width + 7) // 8 + 1)) for _ in range(height)) + rows.flush()
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(part) - 4) + part + struct.pack(">I", zlib.crc32(part))
        for part in (header, b"IDAT" + packed_rows, b"IEND")
    )


def bomb_png():
    """400 megapixels in 48 kB."""
    return black_png(20_000, 20_000)


def blank_png(*, size):
    """Many see-through pixels in few bytes: four bytes each once decoded."""
    return encoded(Image.new("RGBA", size, (0, 0, 0, 0)), "PNG", compress_level=1)


def wide_profile():
    """A colour profile with the primaries of Display P3 (ICC version 2: matrix and a plain curve of gamma 2.2)."""

    def fixed(value):
        return round(value * 65536).to_bytes(4, "big", signed=True)

    def point(*values):
        return b"XYZ \0\0\0\0" + b"".join(map(fixed, values))

    tags = {
        b"desc": b"desc\0\0\0\0\0\0\0\x03P3\0" + bytes(79),
        b"cprt": b"text\0\0\0\0none\0\0\0\0",
        b"wtpt": point(0.9505, 1.0, 1.0891),
        b"rXYZ": point(0.51512, 0.2412, -0.00105),
        b"gXYZ": point(0.29198, 0.69225, 0.04189),
        b"bXYZ": point(0.1571, 0.06657, 0.78407),
        b"rTRC": b"curv\0\0\0\0\0\0\0\x01\x02\x33\0\0",
    }
    tags[b"gTRC"] = tags[b"bTRC"] = tags[b"rTRC"]
    start, table, body = 128 + 4 + 12 * len(tags), b"", b""
    for name, content in tags.items():
        padded = content + bytes(-len(content) % 4)
        table += name + (start + len(body)).to_bytes(4, "big") + len(content).to_bytes(4, "big")
        body += padded
    header = bytearray(128)
    header[0:4] = (start + len(body)).to_bytes(4, "big")
    header[8:12] = b"\x02\x10\0\0"
    header[12:24] = b"mntrRGB XYZ "
    header[36:40] = b"acsp"
    header[68:80] = fixed(0.9642) + fixed(1.0) + fixed(0.8249)
    return bytes(header) + len(tags).to_bytes(4, "big") + table + body


def pdf(*, words="Method statement"):
    """One page; the table at its end is right."""
    stream = f"BT /F1 24 Tf 72 720 Td ({words}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    out, places = io.BytesIO(b"%PDF-1.4\n"), []
    out.seek(0, io.SEEK_END)
    for number, content in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table))
    return out.getvalue()


def packed(parts):
    """A zip of `{name: bytes}`."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def office(main_type, *, more=None):
    types = f'<Types><Override PartName="/main.xml" ContentType="application/{main_type}"/></Types>'
    return packed({"[Content_Types].xml": types, "_rels/.rels": "<Relationships/>", "main.xml": "<x/>", **(more or {})})


def docx(**options):
    return office("vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", **options)


def xlsx(**options):
    return office("vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", **options)


def pptx(**options):
    return office("vnd.openxmlformats-officedocument.presentationml.presentation.main+xml", **options)


def odt():
    return packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"})


def ods():
    return packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"})


def compound(*streams):
    """An old office file (.doc, .xls): one sector of allocation table, one directory with these streams."""
    header = bytearray(512)
    header[:8] = bytes.fromhex("d0cf11e0a1b11ae1")
    header[24:34] = bytes.fromhex("3e000300feff09000600")
    header[44:52] = (1).to_bytes(4, "little") + (1).to_bytes(4, "little")
    header[76:512] = b"\0\0\0\0" + b"\xff" * 432
    table = b"\xfd\xff\xff\xff" + b"\xfe\xff\xff\xff" + b"\xff" * 504
    directory = b"".join(entry(name) for name in ("Root Entry", *streams)).ljust(512, b"\0")
    return bytes(header) + table + directory


def entry(name):
    text = name.encode("utf-16-le") + b"\0\0"
    return (text.ljust(64, b"\0") + len(text).to_bytes(2, "little")).ljust(128, b"\0")


def doc():
    return compound("WordDocument", "1Table")


def xls():
    return compound("Workbook")


def sent(content, name="photo.jpg", content_type="image/jpeg"):
    """A file as a small form upload brings it."""
    return SimpleUploadedFile(name, content, content_type=content_type)


def make_stored_file(*, content=None, name="photo.jpg", by=SYSTEM, at=AT, is_developed=False, **options):
    """A file that went through the real door; `is_developed` also makes its sizes, as the worker would."""
    file = uploads.store(ContentFile(content or jpeg(), name=name), by=by, at=at, **options)
    if is_developed:
        renditions.make(file.pk, at=at)
        file = StoredFile.objects.get(pk=file.pk)
    return file


def make_file_row(*, kind="image", name="photo.jpg", state="ready", at=AT, **facts):
    """Only a row, without bytes: for tests that count rows and open no file."""
    public_id = uuid.uuid4()
    measures = {"width": 640, "height": 480} if kind == "image" else {}
    values = {
        "public_id": public_id,
        "kind": kind,
        "mime": "image/jpeg" if kind == "image" else "application/pdf",
        "original_name": name,
        "path": f"originals/{public_id}",
        "sha256": public_id.hex * 2,
        "size": 1000,
        "state": state,
        "failure": "It is damaged." if state == "failed" else "",
        "stored_at": at,
        "stored_by_name": "System",
        **measures,
    }
    return StoredFile.objects.create(**{**values, **facts})
