"""What a person taps, in the order of the three steps."""

from cases.models import ReportDraft

START = "/portal/report/"
WORDS = "A drop falls from the ceiling after rain."
TOM = {"reporter_name": "Tom Lee", "reporter_email": "tom@example.com", "claimed_role": "tenant"}


def draft():
    return ReportDraft.objects.order_by("-pk").first()


def begin(client, start=START, room="MBA"):
    """Taps a room; gives the address of step 2."""
    return client.post(start, {"room": room})["Location"]


def describe(client, start=START, *, room="MBA", part="ceiling", kind="LEAK", **facts):
    """One described defect; gives the address of step 3."""
    address = begin(client, start, room)
    if part:
        client.post(address, {"part": part})
    if kind:
        client.post(address, {"kind": kind})
    answer = client.post(address, {"go": "next", "words": WORDS, **facts})
    assert answer.status_code == 302, answer.context["form"].errors
    return answer["Location"]


def send(client, review, **facts):
    """Presses "Send report"."""
    return client.post(review, {"go": "send", "access_times_shown": "1", **facts})


def words(response):
    """The text of a page."""
    return response.content.decode()
