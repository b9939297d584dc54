"""Promises 35 and 37 are measured once the product can do what they are about; until then they are skipped by name.

A part fills its place here: a function of the installation that answers figures.
"""

from importlib.util import find_spec

from tests.bench.figures import skipped

NEEDED = {
    "pdf": (35, "PDF of 50 cases with two photos", "tests.bench.paper", "no page makes PDFs yet"),
    "import": (37, "import of 10,000 units", "tests.bench.registers", "there is no import_register yet"),
}


def measure(part, installation):
    """The figures of the part's own module, if there is one."""
    promise, what, module, reason = NEEDED[part]
    if find_spec(module) is None:
        return [skipped(promise, what, reason)]
    return __import__(module, fromlist=["measure"]).measure(installation)
