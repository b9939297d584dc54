"""PDFs: made by the real press, or as a worker would have left them."""

import hashlib
from datetime import timedelta

from documents import papers, paths, shelf
from documents.choices import PaperState
from documents.models import Paper
from ledger.actors import SYSTEM
from tests.factories.documents import AT, pdf


def make_paper(key, *, subject, subject_id, parameters=None, at=AT, by=SYSTEM):
    """Asked for, and built when no picture is waited for any more."""
    paper = papers.ask(key, subject=subject, subject_id=subject_id, parameters=parameters, by=by, at=at)
    assert papers.make(paper.pk, at=at + papers.PICTURE_WAIT + timedelta(seconds=1))
    return Paper.objects.get(pk=paper.pk)


def make_ready_paper(key, *, subject, subject_id, parameters=None, at=AT, by=SYSTEM, **facts):
    """A row that is ready, with another PDF's bytes."""
    paper = papers.ask(key, subject=subject, subject_id=subject_id, parameters=parameters, by=by, at=at)
    content = pdf()
    facts = {"path": paths.paper(paper.public_id, at), "name": "paper.pdf", "ready_at": at, **facts}
    with shelf.new_file(".pdf") as (file, target):
        file.write(content)
        file.flush()
        shelf.current().put(target, facts["path"])
    digest = hashlib.sha256(content).hexdigest()
    Paper.objects.filter(pk=paper.pk).update(state=PaperState.READY, pages=1, size=len(content), sha256=digest, **facts)
    return Paper.objects.get(pk=paper.pk)
