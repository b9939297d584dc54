"""Template tag for the hidden key of a form."""

from uuid import uuid4

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ledger.idempotency import FIELD

register = template.Library()


@register.simple_tag
def idempotency_key(key: str = "") -> SafeString:
    """The hidden input with a fresh key, or with `key` where a refused form is shown again."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, key or uuid4())
