"""How the tests read and press the pages of a case."""

import re

from tests.factories.cases import evidence_for


def form(case, name, *, world, at, **facts):
    """What the confirm panel of a move sends, good enough; `facts` replace it, None leaves a field out."""
    given = dict(evidence_for(name, world=world, at=at))
    if "company_id" in given:
        given["company"] = given.pop("company_id")
    if "due_at" in given:
        given["due_at"] = given["due_at"][:10]
    given = {"seen_version": case.version, "idempotency_key": f"press-{name}-{case.pk}", **given, **facts}
    return {key: value for key, value in given.items() if value is not None}


def move(client, case, name, *, world, at, **facts):
    """Press the confirming button of a move."""
    return client.post(f"/cases/{case.reference}/moves/{name}/", form(case, name, world=world, at=at, **facts))


def text_of(response):
    """The page as text without tags, spaces joined."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))
