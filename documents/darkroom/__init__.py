"""The darkroom: a bounded process that opens files nobody has looked into yet.

`python -m documents.darkroom` reads one order from its input and answers with one line. Nothing here imports Django or
another part of the product, so that it starts in a twentieth of a second and has nothing to give away.
"""


class Unusable(Exception):
    """The file can't be used; `reason` is one of the keys of `documents.refusals.SENTENCES`."""

    def __init__(self, reason: str, *, limit: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.limit = limit
