"""The POST of a move, each on a case of its own, as the button sends it."""

from tests.bench import load
from tests.bench.figures import Figure
from tests.bench.visitor import form_of

MOVE = "accept"


def measure(visitor, references, requests):
    """Opens the panels first; then one client presses, then eight."""
    half = min(requests, len(references) // 2)
    posts = [opened(visitor, reference) for reference in references[: 2 * half]]
    alone = load.told(load.one_by_one([lambda post=post: post(visitor) for post in posts[:half]]))
    many = load.told(load.at_once(visitor, posts[half:]))
    return [
        Figure(33, "move POST", alone["p95"], limit=80, clients=1, more=alone),
        Figure(33, "move POST", many["p95"], clients=load.MANY, more=many),
    ]


def opened(visitor, reference):
    """The panel of the move, ready to be sent."""
    path = f"/cases/{reference}/moves/{MOVE}/"
    page = visitor.get(path).must_be(200)
    if "csrf" not in visitor.cookies:
        visitor.keep(page)
    fields = form_of(_panel(page.text), "").fields
    return lambda by: by.post(path, fields).must_be(302)


def _panel(text):
    """The page from its panel on: the first form there is the move's."""
    return text[text.index('<form class="panel"') :]
