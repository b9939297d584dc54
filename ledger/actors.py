"""Who did something: a value that is stored beside what was done, never a foreign key."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    """The person (or the system) behind a change.

    `user_id` is the account, if there is one; `party_id` the row of the register that the person acts as (a homeowner's
    id; by the link of a contractor's list the company's), also when acting through a mail link without an account.
    `channel` is how it came: desk, portal, link, phone, e-mail, system, command.
    """

    name: str
    role: str
    user_id: int | None = None
    party_id: int | None = None
    channel: str = "desk"
    address: str = ""


SYSTEM = Actor(name="System", role="system", channel="system")
