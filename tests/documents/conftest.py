"""Fixtures of the documents room."""

import pytest


@pytest.fixture
def photo_pages(settings):
    """The site is the form of tests/documents/pages.py."""
    settings.ROOT_URLCONF = "tests.documents.pages"
