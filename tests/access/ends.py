"""What the tests of ended rights share: the address in a mail, the address of a picture, answers in a row."""

from types import SimpleNamespace

from cases import links


def link_to(person, purpose, **about):
    """The address in a mail that went to this person."""
    slot = {"purpose": purpose, "homeowner": person.pk, **about}
    return links.mint(SimpleNamespace(recipient=person.email), slot).replace("http://testserver", "")


def file_of(case):
    return f"/cases/files/{case.attachments.filter(role='before').get().public_id}/list/"


def statuses(client, *paths):
    return [client.get(path).status_code for path in paths]
