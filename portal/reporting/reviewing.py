"""The list of defects of a draft, as step 3 shows it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.forms import Form
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases import drafts
from cases.models import DraftItem, ReportItem
from catalogue.choices import ElementTile
from portal.reporting import choosing, cover
from portal.reporting.choosing import Now
from portal.reporting.sittings import Sitting


@dataclass(frozen=True)
class Row:
    """One defect of the list."""

    number: int
    title: str
    words: str
    photos: int
    films: int
    thumb: str
    url: str
    position: int
    lacks: Sequence[str]
    cover: str
    now: Now | None


def title_of(item: DraftItem | ReportItem) -> str:
    """As "Master bathroom, ceiling: Water is leaking"."""
    place = ", ".join(filter(None, [str(item.location or _("Room?")), ElementTile.word_for(item.element_tile).lower()]))
    return f"{place}: {item.defect_type.owner_label}" if item.defect_type else place


def begun(sitting: Sitting) -> list[DraftItem]:
    """The defects that anything was said of; two queries and one for the sizes of the pictures."""
    items = sitting.draft.items.select_related("location", "defect_type")
    return [item for item in items.prefetch_related("photos__file") if drafts.is_begun(item)]


def rows(sitting: Sitting) -> list[Row]:
    """All defects with what each lacks; a fixed number of queries."""
    items = begun(sitting)
    said = cover.notices(sitting.unit, items, at=sitting.at, is_visitor=sitting.home is None)
    return [_row(sitting, item, number, said.get(item.position, "")) for number, item in enumerate(items, start=1)]


def _row(sitting: Sitting, item: DraftItem, number: int, said: str) -> Row:
    files = [photo.file for photo in item.photos.all()]
    return Row(
        number=number,
        title=title_of(item),
        words=item.words.strip(),
        photos=sum(file.is_picture for file in files),
        films=sum(file.is_video for file in files),
        thumb=sitting.thumb(files[0]) if files else "",
        url=sitting.url("fault", item.position),
        position=item.position,
        lacks=list(drafts.missing(item).values()),
        cover=said,
        now=choosing.now(item) if choosing.is_danger(item) else None,
    )


def others(sitting: Sitting, item: DraftItem) -> list[str]:
    """The other defects of this sitting, for step 2."""
    return [title_of(other) for other in begun(sitting) if other.pk != item.pk]


def nows(rows: Sequence[Row]) -> list[Now]:
    """What to do at once, each said once."""
    return list(dict.fromkeys(row.now for row in rows if row.now))


def lacking(sitting: Sitting, form: Form) -> bool:
    """Names each defect that lacks something in the form's errors."""
    found = [row for row in rows(sitting) if row.lacks]
    for row in found:
        for sentence in row.lacks:
            form.add_error(None, _("Defect %(n)d: %(what)s") % {"n": row.number, "what": sentence})
    return bool(found)


def summary(sitting: Sitting, rows: Sequence[Row]) -> str:
    """As "3 defects in A-12-3, with 6 photos."."""
    home, count, photos = sitting.unit.number, len(rows), sum(row.photos for row in rows)
    what = ngettext("%(n)d defect in %(home)s", "%(n)d defects in %(home)s", count) % {"n": count, "home": home}
    films = sum(row.films for row in rows)
    if not photos and not films:
        return _("%(what)s, without photos.") % {"what": what}
    with_photos = ngettext("%(n)d photo", "%(n)d photos", photos) % {"n": photos}
    with_films = ngettext("%(n)d video", "%(n)d videos", films) % {"n": films}
    if photos and films:
        return _("%(what)s, with %(photos)s and %(videos)s.") % {
            "what": what,
            "photos": with_photos,
            "videos": with_films,
        }
    return _("%(what)s, with %(photos)s.") % {"what": what, "photos": with_photos if photos else with_films}
