"""Puts the key words of a guidance article into a letter that is being written, when there is no script to do it."""

from dataclasses import replace

from django.http import QueryDict

from cases.forms import articles
from desk.case_page.acting import ActDeed
from desk.case_page.deeds import Deed, keep_photos
from desk.case_page.moving import MoveDeed


def with_article_words(deed: Deed, key: str) -> Deed:
    """The same deed with the words of the article `key` at the end of what was typed, and the article attached.

    Unknown articles change nothing. Nothing is sent: the panel is shown again.
    """
    if not isinstance(deed, ActDeed | MoveDeed):
        return deed
    article = next((row for row in articles.shown(deed.form, deed.case, at=deed.at) if str(row.pk) == key), None)
    if article is None:
        return deed
    data = deed.data.copy() if deed.data is not None else QueryDict(mutable=True)
    data["words"] = "\n\n".join(part for part in (data.get("words", "").strip(), article.in_notes) if part)
    if data.get(articles.OTHER) != key:
        data[articles.CHIPS] = key
    fresh: ActDeed | MoveDeed = replace(deed, data=data, sent_files=None)
    keep_photos(deed.form, fresh.form)
    return fresh
