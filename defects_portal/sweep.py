"""Does what is due now in every room: the safety net under broker, beat and workers."""

import logging
from collections.abc import Iterator
from datetime import datetime
from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from defects_portal.models import Duty

logger = logging.getLogger(__name__)


def sweep(*, at: datetime) -> list[str]:
    """Calls `duties.sweep(at=...)` of each room, lowest floor first, and returns the rooms that failed.

    One room's failure is logged and does not stop the others. A room that another process is sweeping is left to it.
    """
    return [room for room, module in duties() if not is_done(room, module, at)]


def duties() -> Iterator[tuple[str, str]]:
    """The rooms that have duties and where they stand, in the order of the ladder."""
    for config in apps.get_app_configs():
        if config.module is not None and module_has_submodule(config.module, "duties"):
            yield config.label, f"{config.name}.duties"


def is_done(room: str, module: str, at: datetime) -> bool:
    """Runs one room's duty under its lease; False when it failed."""
    token = Duty.objects.claim(room, at)
    if token is None:
        logger.info("Another process is sweeping %s.", room)
        return True
    failure = ""
    try:
        import_module(module).sweep(at=at)
    except Exception as error:
        logger.exception("The duties of %s failed; the next sweep tries again.", room)
        failure = type(error).__name__
    Duty.objects.release(token, at, failure)
    return not failure
