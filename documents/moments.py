"""When a picture was taken, from the best evidence that came with it."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

from django.utils import timezone

from documents.choices import CapturedFrom

EARLIEST_YEAR = 2000
"""Cameras without a set clock write 1970 or 1980."""
SLACK = timedelta(days=1)

Moment = tuple[datetime | None, CapturedFrom]


def taken(findings: Mapping[str, Any], *, at: datetime, device_time: datetime | None = None) -> Moment:
    """The time of capture and how we know it; `at` is now, `device_time` the date of the file at the sender's.

    A camera time without its offset is read in Django's current time zone, which the caller may have activated.
    """
    camera, offset = read(findings.get("captured")), read_offset(findings.get("offset"))
    satellite = read(findings.get("satellite"))
    candidates = [
        (aware(camera, offset) if offset else None, CapturedFrom.CAMERA),
        (aware(satellite, UTC), CapturedFrom.SATELLITE),
        (aware(camera, timezone.get_current_timezone()), CapturedFrom.CAMERA),
        (device_time, CapturedFrom.DEVICE),
    ]
    for moment, source in candidates:
        if moment and moment.year >= EARLIEST_YEAR and moment <= at + SLACK:
            return moment, source
    return None, CapturedFrom.UNKNOWN


def read(written: str | None) -> datetime | None:
    """Exif's "2026:03:03 20:14:00"."""
    try:
        return datetime.strptime(written or "", "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 - its zone comes apart from it
    except ValueError:
        return None


def read_offset(written: str | None) -> tzinfo | None:
    """Exif's "+08:00"."""
    try:
        return datetime.strptime(written or "", "%z").tzinfo
    except ValueError:
        return None


def aware(moment: datetime | None, zone: tzinfo | None) -> datetime | None:
    """A wall time placed in its zone."""
    return moment.replace(tzinfo=zone) if moment else None
