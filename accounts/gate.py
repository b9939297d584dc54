"""The pages before the door: whoever cannot get in reads there whom to call."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest
from django.template.response import TemplateResponse

office_finders: list[Callable[[], Any]] = []
"""Filled by an upper room (units): the office to call, or nothing where there are several. See `units.offices`."""


def page(request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200) -> TemplateResponse:
    """A page of the door, with the `office` that its frame names."""
    office = next((found for find in office_finders if (found := find())), None)
    return TemplateResponse(request, template, {**context, "office": office}, status=status)
