"""What a file is, by its first bytes. Its name and the type that the browser claims count for nothing."""

import filetype

HEAD = 8192
"""Bytes from the beginning that are looked at."""
HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"}
ANIMATED_OR_AVIF = {b"avif", b"avis", b"hevc", b"hevx"}
PICTURES = {"image/jpeg", "image/png", "image/webp"}
COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")

MIME_OF_FORMAT = {
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "HEIF": "image/heic",
    "mp4": "video/mp4",
    "mov": "video/quicktime",
    "webm": "video/webm",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "csv": "text/csv",
}
SUFFIX_OF_MIME = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "image/heic": ".heic",
    **{mime: f".{name}" for name, mime in MIME_OF_FORMAT.items() if name.islower()},
}


def family(head: bytes) -> str:
    """Which tool opens it: picture, video, pdf, zip, compound; empty for what we don't take at all."""
    if is_heif(head):
        return "picture"
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return "zip"
    if head.startswith(COMPOUND):
        return "compound"
    mime = filetype.guess_mime(head) or ""
    if mime in PICTURES:
        return "picture"
    if head[4:8] == b"ftyp":  # of the many kinds of MP4 the library knows only some
        return "" if mime.startswith("image/") or head[8:12] in ANIMATED_OR_AVIF else "video"
    return "video" if mime.startswith("video/") else ""


def is_heif(head: bytes) -> bool:
    """A still picture in a HEIF box: its main brand, or (`mif1` says only "some picture") one of those it names."""
    if head[4:8] != b"ftyp":
        return False
    length = min(int.from_bytes(head[:4], "big"), len(head))
    brands = {head[start : start + 4] for start in range(16, length, 4)} | {head[8:12]}
    return head[8:12] not in ANIMATED_OR_AVIF and bool(brands & HEIF_BRANDS) and b"avif" not in brands
