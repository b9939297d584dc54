"""Small readings for templates/components/ and templates/widgets/: a bar's length, an age's band, a field's look."""

from django import template
from django.forms import BoundField

register = template.Library()

AGE_BANDS = (2, 8, 15, 29)
LOOKS = {"tiles", "chips", "ticks", "slots"}


@register.filter
def age_band(days: int) -> int:
    """0 to 4: under 2, 8, 15, 29 days, or older. The bands of the case table and of the dashboard."""
    return sum(days >= edge for edge in AGE_BANDS)


@register.filter
def share(per_cent: float | None, width: int = 100) -> int:
    """How long a bar is: `per_cent` of `width`, a whole number inside it."""
    return round(min(max(float(per_cent or 0), 0.0), 100.0) * width / 100)


@register.filter
def initials(name: str) -> str:
    """Two letters for an avatar: of the first and the last word of a name."""
    words = str(name).split() or ["?"]
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


@register.filter
def look(field: BoundField) -> str:
    """How a choice is drawn: the widget's `data-look` (tiles, chips, ticks, slots), or "" for plain marks."""
    wanted = str(field.field.widget.attrs.get("data-look", ""))
    return wanted if wanted in LOOKS else ""
