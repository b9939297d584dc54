"""Fields that are needed in some cases only."""

from typing import Any


def at_times(field: Any) -> Any:
    """The form takes it empty, the verb knows when it is needed; so its label never says "optional"."""
    field.may_be_needed = True
    return field
