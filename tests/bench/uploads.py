"""Promise 34: the POST of a report's defect with five photos of 4 MB, from its last byte to the answer."""

import io
import os

from PIL import Image

from tests.bench.figures import Figure, middle
from tests.bench.pages import OWNER
from tests.bench.visitor import Visitor, address, form_of

PHOTOS, TRIES = 5, 5
SIDE = (4000, 3000)


def photo(megabytes=4):
    """A JPEG of twelve megapixels, with bytes after the picture so that it weighs what phones make."""
    noise = Image.frombytes("RGB", (400, 300), os.urandom(400 * 300 * 3)).resize(SIDE)
    held = io.BytesIO()
    noise.save(held, "JPEG", quality=80)
    body = held.getvalue()
    comment = os.urandom(65_000)
    while len(body) < megabytes * 1_000_000:
        body = body[:2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment + body[2:]
    return body


def measure(installation):
    """Five reports; the slowest counts."""
    content = photo()
    with installation.serving(), Visitor(installation.port) as visitor:
        visitor.sign_in(OWNER)
        times = [_post(visitor, content).wall for _ in range(TRIES)]
        memory = max(installation.memory())
    size = round(len(content) / 1_000_000, 1)
    more = {"p50": middle(times), "memory": memory}
    note = f"{PHOTOS} photos of {size} MB; web process {memory} MB after"
    return [Figure(34, "report POST with photos", round(max(times)), limit=1000, clients=1, more=more, note=note)]


def _post(visitor, content):
    start = visitor.get("/portal/report/").must_be(200)
    visitor.keep(start) if "set-cookie" in start.headers else None
    token = form_of(start.text, "").fields["csrfmiddlewaretoken"]
    begun = visitor.post("/portal/report/", {"csrfmiddlewaretoken": token, "room": "MBA"}).must_be(302)
    path = address(begun, "/portal/report/")
    for choice in ({"part": "ceiling"}, {"kind": "LEAK"}):
        visitor.post(path, {"csrfmiddlewaretoken": token, **choice}).must_be(302)
    fields = {"csrfmiddlewaretoken": token, "go": "next", "words": "A drop falls from the ceiling after rain."}
    files = [("photos", f"photo-{number}.jpg", "image/jpeg", content) for number in range(PHOTOS)]
    answer = visitor.post(path, fields, files).must_be(302)
    review = visitor.get(address(answer, path)).must_be(200)
    discard = path.rsplit("/", 2)[0] + "/discard/"
    visitor.post(discard, form_of(review.text, "").fields | {"csrfmiddlewaretoken": token})
    return answer
