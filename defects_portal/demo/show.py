"""Puts the demonstration together: office, places, people, stories."""

from datetime import datetime, timedelta
from random import Random

from django.core.management import call_command
from django.db import transaction

from cases.models import Case
from defects_portal.demo import people, places
from defects_portal.demo.stage import Stage, owner_of
from defects_portal.demo.stories import CAST_STORIES, POOL, WAYS, Story
from homeowners.models import Homeowner
from ledger import triggers
from outbox.models import OutgoingMail
from units.choices import UnitKind
from units.models import Unit

STORIES = 60
LEFT_TO_SEND = 12
"""The newest mails are left to the outbox, so that /inbox/ shows real ones at once."""


def make(*, now: datetime, random: Random) -> int:
    """Everything, in order; answers the number of cases."""
    call_command("install_defaults", verbosity=0)
    long_ago = now - timedelta(days=500)
    staff = places.make_staff()
    developments = places.make_places(staff, at=long_ago, now=now)
    places.make_companies(developments, at=now)
    cast = people.make_people(developments, at=now, random=random)
    stage = Stage(now=now, staff=staff, random=random)
    for story in CAST_STORIES:
        unit = Unit.objects.select_related("development").get(number=story.home, development__code="KRM")
        stage.play(story, unit, cast[story.by])
    _others(stage, STORIES - Case.objects.count())
    _deliver(now)
    return Case.objects.count()


def _others(stage: Stage, count: int) -> None:
    """The other homes' cases: every fault and every way in turn, so that each state is there in each development."""
    taken = {story.home for story in CAST_STORIES}
    homes = [
        unit
        for unit in Unit.objects.filter(kind=UnitKind.HOME).select_related("development__default_officer", "block")
        if unit.number not in taken
    ]
    stage.random.shuffle(homes)
    for index in range(count):
        unit = homes[index % len(homes)]
        story = _story(unit, index, stage.random)
        stage.play(story, unit, _owner(unit, stage.now - timedelta(days=story.ago)))


def _owner(unit: Unit, at: datetime) -> Homeowner:
    return owner_of(unit, at)


def _story(unit: Unit, index: int, random: Random) -> Story:
    room, tile, kind, words, photos = POOL[index % len(POOL)]
    acts = WAYS[(index * 5) % len(WAYS)]
    last = max((act[0] for act in acts), default=0)
    is_settled = bool(acts) and acts[-1][1] in {"confirm", "withdraw"}
    waits = [6, 11, 19, 27] if is_settled else [0.2, 0.7, 1.5, 3, 6] if len(acts) > 1 else [0.1, 0.4, 0.8, 1.6]
    ago = last + random.choice(waits) + random.random() / 4
    return Story(unit.number, ago, room, tile, kind, words, photos, acts, channel="portal" if index % 4 else "phone")


def _deliver(now: datetime) -> None:
    """What lies in the past was delivered then; one mail came back."""
    kept = OutgoingMail.objects.order_by("-queued_at").values_list("pk", flat=True)[:LEFT_TO_SEND]
    past = OutgoingMail.objects.exclude(pk__in=list(kept))
    for mail in past:
        mail.state, mail.sent_at, mail.attempts = "sent", mail.queued_at + timedelta(seconds=40), 1
    OutgoingMail.objects.bulk_update(past, ["state", "sent_at", "attempts"], batch_size=200)


@transaction.atomic
def _flush() -> None:
    call_command("flush", interactive=False, verbosity=0)


def empty() -> None:
    """Remove everything; the append-only tables are opened for the moment."""
    with triggers.lifted():
        _flush()
