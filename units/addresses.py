"""The home that an address names."""

from django.http import Http404

from units import doors
from units.models import Unit
from units.querysets import UnitQuerySet


def unit_at(units: UnitQuerySet, code: str, number: str) -> Unit:
    """The one of these homes, else 404; code in any case, number in any case and, where one home fits, any marks."""
    if "\0" in code + number:  # PostgreSQL cannot even be asked
        raise Http404
    here = units.filter(development__code=code.upper())
    found = here.numbers_meant(doors.from_address(number))
    if len(found) != 1:
        raise Http404
    return here.get(number=found[0])
