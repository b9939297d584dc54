"""When and where a picture was taken, from its Exif block. Cameras write nonsense: what can't be read is left out."""

import contextlib
from collections.abc import Mapping
from typing import Any

from PIL import ExifTags, Image

ORIENTATION = ExifTags.Base.Orientation
LYING = {5, 6, 7, 8}
"""Orientations in which width and height are swapped."""


def tags_of(picture: Image.Image) -> Image.Exif:
    """The Exif block; empty when there is none or it can't be read."""
    try:
        return picture.getexif()
    except Exception:
        return Image.Exif()


def evidence(tags: Image.Exif) -> dict[str, Any]:
    """`captured` (the camera's wall time) with `offset` if known, `gps`, and `satellite` (UTC)."""
    found: dict[str, Any] = {}
    with contextlib.suppress(Exception):
        details = tags.get_ifd(ExifTags.IFD.Exif)
        found["captured"] = text(details.get(ExifTags.Base.DateTimeOriginal) or tags.get(ExifTags.Base.DateTime))
        found["offset"] = text(details.get(ExifTags.Base.OffsetTimeOriginal))
    with contextlib.suppress(Exception):
        place = tags.get_ifd(ExifTags.IFD.GPSInfo)
        found["gps"] = position(place)
        found["satellite"] = fix_time(place)
    return {name: value for name, value in found.items() if value}


def text(value: Any) -> str:
    """A short line of text without padding."""
    return str(value or "").strip("\0 ")[:40]


def position(place: Mapping[int, Any]) -> dict[str, float] | None:
    """Degrees north and east (WGS 84)."""
    latitude = degrees(place.get(ExifTags.GPS.GPSLatitude), place.get(ExifTags.GPS.GPSLatitudeRef), "S")
    longitude = degrees(place.get(ExifTags.GPS.GPSLongitude), place.get(ExifTags.GPS.GPSLongitudeRef), "W")
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        return None
    return {"latitude": latitude, "longitude": longitude}


def degrees(parts: Any, reference: Any, negative: str) -> float | None:
    """Degrees, minutes and seconds as one number."""
    if not parts or len(parts) != 3:
        return None
    value = float(parts[0]) + float(parts[1]) / 60 + float(parts[2]) / 3600
    if value != value:
        return None
    return round(-value if text(reference) == negative else value, 7)


def fix_time(place: Mapping[int, Any]) -> str:
    """The UTC time of the position fix as "2026:03:03 12:14:00"."""
    day = text(place.get(ExifTags.GPS.GPSDateStamp))
    clock = place.get(ExifTags.GPS.GPSTimeStamp)
    if not day or not clock or len(clock) != 3:
        return ""
    return f"{day} {int(clock[0]):02}:{int(clock[1]):02}:{int(clock[2]):02}"
