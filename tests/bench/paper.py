"""Promise 35: a paper of 50 cases with two photos each, by the press and by WeasyPrint alone, each a fresh process."""

from tests.bench.figures import Figure, middle

ROUNDS = 3
WHAT = "PDF of 50 cases with two photos"


def measure(installation):
    """In turn, so that a machine which is busy is busy for both; the ratio is of the processor's time."""
    place = installation.folder / "paper.json"
    installation.run(["-m", "tests.bench.paper_order", str(place)])
    ways = {"press": "documents.press", "alone": "tests.bench.paper_alone"}
    spent = {way: [] for way in ways}
    for _ in range(ROUNDS):
        for way, module in ways.items():
            spent[way].append(installation.spent(["-m", module], given=place))
    seconds = {way: middle([one.seconds for one in some]) for way, some in spent.items()}
    ratio = round(_cpu(spent["press"]) / _cpu(spent["alone"]), 2)
    note = f"{seconds['press']:g} s against {seconds['alone']:g} s alone"
    megabytes = round(max(one.megabytes for one in spent["press"]))
    return [
        Figure(35, WHAT, max(one.seconds for one in spent["press"]), "s", 5, more=seconds, note=note),
        Figure(35, f"{WHAT}, memory", megabytes, "MB", 300),
        Figure(35, f"{WHAT}, against WeasyPrint alone", ratio, "x", 1.15, note="of the processor's time"),
    ]


def _cpu(some):
    return min(one.cpu for one in some)
