"""PDFs: made by the real press, or as a worker would have left them."""

import ctypes
import hashlib
from dataclasses import dataclass
from datetime import timedelta

import pypdfium2 as pdfium
import pypdfium2.raw as raw

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


@dataclass
class Sheets:
    """What a reader of the PDF finds."""

    texts: list
    fonts: dict
    pictures: int
    attachments: int
    outside: list

    @property
    def text(self):
        return "\n".join(self.texts)


def read(paper):
    """The PDF of a row, looked into: text by page, fonts with whether they are embedded, what lies off the page."""
    with shelf.current().open(paper.path) as file:
        return look_into(file.read())


def look_into(content):
    """The same of a PDF's bytes."""
    found = Sheets([], {}, 0, 0, [])
    with pdfium.PdfDocument(content) as document:
        found.attachments = document.count_attachments()
        for number, page in enumerate(document, start=1):
            found.texts.append(page.get_textpage().get_text_range().replace("\r\n", "\n"))
            width, height = page.get_size()
            for thing in page.get_objects(max_depth=6):
                found.pictures += thing.type == raw.FPDF_PAGEOBJ_IMAGE
                if thing.type == raw.FPDF_PAGEOBJ_TEXT:
                    font = raw.FPDFTextObj_GetFont(thing)
                    found.fonts[name_of(font)] = bool(raw.FPDFFont_GetIsEmbedded(font))
                    left, _bottom, right, _top = thing.get_bounds()
                    if left < 0 or right > width:
                        found.outside.append((number, left, right))
    return found


def name_of(font):
    """A font's name without the mark of its subset."""
    size = raw.FPDFFont_GetBaseFontName(font, None, 0)
    buffer = ctypes.create_string_buffer(size)
    raw.FPDFFont_GetBaseFontName(font, buffer, size)
    return buffer.value.decode().rpartition("+")[2]
