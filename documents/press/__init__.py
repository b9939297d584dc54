"""The press: a bounded process that makes a PDF of HTML that was rendered elsewhere.

`python -m documents.press` reads one order from its input and answers with one line. Nothing here imports Django or
knows the database: it gets the words, and the few files that this paper may show, by the names the words use for them.
"""

from documents.darkroom import Unusable

__all__ = ["Unusable"]
