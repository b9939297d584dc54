"""The PDF of a defect list."""

import pypdfium2
import pytest
from django.utils import timezone

from cases.models import Case
from documents import papers as paper_kinds
from documents.models import Paper
from tests.factories import contractors
from tests.factories.lists import make_list
from works import papers

pytestmark = pytest.mark.django_db(transaction=True)


def text_of(paper):
    from documents import shelf

    with shelf.current().open(paper.path) as file:
        pages = list(pypdfium2.PdfDocument(file.read()))
    return "\n".join(page.get_textpage().get_text_bounded() for page in pages)


@pytest.fixture
def paper(world):
    make_list(world=world, count=3, photos=2, at=timezone.now(), access="Ring first, Hana 012-555 0187")
    row = Paper.objects.get(key=papers.KEY)
    paper_kinds.make(row.pk, at=timezone.now() + paper_kinds.PICTURE_WAIT)
    row.refresh_from_db()
    assert row.is_ready, row.failure
    return row


def test_it_names_every_item_by_home_with_its_date_and_access(paper):
    text = text_of(paper)
    assert "3 items in 1 home" in text
    assert [reference for reference in Case.objects.values_list("reference", flat=True) if reference not in text] == []
    assert "Ring first" in text


def test_it_holds_no_resident(paper):
    text = text_of(paper)
    assert [word for word in ("Hana", "Yusof", "555 0187") if word in text] == []


def test_who_may_have_it(paper, world):
    otto = contractors.otto(development=world.development)
    assert paper_kinds.may_read(paper, world.company.contacts.get().user)
    assert paper_kinds.may_read(paper, world.amira)
    assert not paper_kinds.may_read(paper, otto.user)
    assert not paper_kinds.may_read(paper, world.hana.user)
