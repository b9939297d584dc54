"""Parts of the suite that need a program of the machine: skipped by name on a laptop, a failure where CI=true."""

import os

import pytest


def missing(what):
    """Skips the test because `what` is not here; in CI that is a failure."""
    sentence = f"NOT RUN: {what} is missing on this machine"
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(sentence)
    pytest.skip(sentence)
