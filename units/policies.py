"""Putting policies in force. A policy that stands behind a home is never edited: a change is its next version."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from catalogue.models import GuidanceArticle
from ledger import audit
from ledger.actors import Actor
from units.models import Block, CoverageRule, Development, Policy, PolicyAssignment, Unit

Place = Development | Block | Unit


@transaction.atomic
def assign(policy: Policy, place: Place, *, from_on: date, by: Actor, at: datetime) -> PolicyAssignment:
    """From that day on the policy counts for the development, block or unit; freezes the policy.

    The most specific place wins, then the latest day. An IntegrityError when the place already has one for that day.
    """
    assignment = PolicyAssignment.objects.create(policy=policy, from_on=from_on, **_place(place))
    freeze(policy, at=at)
    about = place._meta.model_name or ""
    audit.record(
        "policy.assigned",
        by=by,
        at=at,
        about=about,
        about_id=place.pk,
        reference=str(place),
        new={"policy": policy.code, "version": policy.version, "from_on": from_on},
    )
    return assignment


def in_force(development: Development, *, on: date) -> Policy | None:
    """The policy of a whole development on a day, with its rules; blocks and homes may have others. Two queries."""
    begun = development.policy_assignments.begun(on).select_related("policy").prefetch_related("policy__rules")
    latest = begun.order_by("-from_on", "-pk").first()
    return latest.policy if latest else None


def quote_numbers(articles: Iterable[GuidanceArticle], development: Development, *, on: date) -> None:
    """Has the articles quote the numbers of the policy in force; asks nothing when none of them quotes any."""
    quoting = [article for article in articles if article.thresholds]
    if not quoting:
        return
    begun = development.policy_assignments.begun(on).select_related("policy").order_by("-from_on", "-pk")
    latest = begun.first()
    for article in quoting:
        article.quoting(latest.policy.quoted if latest else {})


def appeal_days(policy: Policy | None, development: Development) -> int:
    """Days to disagree with a refusal: the policy's, else the development's."""
    return (policy and policy.appeal_days) or development.appeal_days


def reply_days(policy: Policy | None) -> int:
    """Days to confirm a repair before silence counts."""
    return policy.reply_days if policy else Policy._meta.get_field("reply_days").get_default()


def freeze(policy: Policy, *, at: datetime) -> None:
    """Marks the policy as used; from now on neither it nor its rules change."""
    Policy.objects.filter(pk=policy.pk, used_at=None).update(used_at=at)
    policy.refresh_from_db(fields=["used_at"])


@transaction.atomic
def next_version(policy: Policy, *, by: Actor, at: datetime) -> Policy:
    """A draft copy of the policy with all its rules, to be edited and then assigned in its place."""
    latest = Policy.objects.filter(code=policy.code).aggregate(latest=Max("version"))["latest"]
    rules = list(policy.rules.all())
    draft = Policy.objects.get(pk=policy.pk)
    draft.pk, draft.version, draft.used_at, draft._state.adding = None, latest + 1, None, True
    draft.save()
    for rule in rules:
        rule.pk, rule.policy, rule._state.adding = None, draft, True
    CoverageRule.objects.bulk_create(rules)
    audit.record(
        "policy.drafted",
        by=by,
        at=at,
        about="policy",
        about_id=draft.pk,
        reference=draft.code,
        old={"version": policy.version},
        new={"version": draft.version},
    )
    return draft


def _place(place: Place) -> dict[str, Place]:
    return {place._meta.model_name or "": place}
