"""Keyset pages in the order of time; they stand in `units.pages`, where rooms below the desk reach them too."""

from units.pages import PER_PAGE, Mark, Page, page, read

__all__ = ["PER_PAGE", "Mark", "Page", "page", "read"]
