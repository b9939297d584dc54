"""Letters and cards with the report link."""

import io

import pytest
import segno
from django.conf import settings

from documents.models import Paper
from homeowners import papers
from homeowners.views import link_papers
from tests.factories import units
from tests.factories.cases import make_world
from tests.factories.papers import make_paper, read
from units import report_links

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(defaults):
    return make_world()


def test_the_letter_names_the_home_its_people_and_the_link(world):
    paper = read(make_paper(papers.LETTER, subject="unit", subject_id=world.unit.pk))
    text = " ".join(paper.text.split())
    assert "Hana Yusof A-12-3" in text
    assert "Something wrong in A-12-3?" in text
    assert f"{settings.BASE_URL}/report/{report_links.token(world.unit)}/" in "".join(paper.text.split())
    assert (paper.pictures, len(paper.texts), paper.outside) == (1, 1, [])


def test_the_square_is_the_link_of_this_home(world):
    drawn = io.BytesIO()
    address = f"{settings.BASE_URL}/report/{report_links.token(world.unit)}/"
    segno.make(address, error="q", micro=False).save(drawn, kind="png", scale=8, border=2)
    assert papers.code(world.unit) == (drawn.getvalue(), "image/png")
    assert papers.code(world.next_door) != papers.code(world.unit)


def test_a_new_link_makes_another_paper(world):
    first = make_paper(papers.CARDS, subject="development", subject_id=world.development.pk, parameters={"part": 1})
    report_links.revoke(world.unit, by=world.actor("amira"), at=first.asked_at)
    again = make_paper(papers.CARDS, subject="development", subject_id=world.development.pk, parameters={"part": 1})
    assert again.path != first.path


def test_ten_cards_a_page_in_the_order_of_the_doors(world):
    for number in (10, 9, 2, 1, 11, 12, 13, 14, 15):
        units.make_unit(development=world.development, number=f"B-{number}")
    paper = read(make_paper(papers.CARDS, subject="development", subject_id=world.development.pk))
    assert [" ".join(text.split()).count("Something wrong at home?") for text in paper.texts] == [10, 1]
    found = [line for line in paper.text.split() if line.startswith("B-")]
    assert found == [f"B-{number}" for number in (1, 2, 9, 10, 11, 12, 13, 14, 15)]
    assert (paper.pictures, paper.outside) == (11, [])


def test_a_large_block_comes_in_parts(world, client, monkeypatch):
    monkeypatch.setattr(link_papers, "MOST_CARDS", 1)
    client.force_login(world.amira)
    page = client.get("/units/report-cards/").content.decode()
    block = world.unit.block
    assert f'value="block-{block.pk}-2"' in page
    client.post("/units/report-cards/", {"place": f"block-{block.pk}-2"})
    paper = Paper.objects.get()
    assert (paper.subject_id, paper.parameters) == (world.development.pk, {"block": block.pk, "part": 2})


@pytest.mark.parametrize("place", ["", "block-", "block-x-1", "unit-1-1", "block-99999-1", "block-1-0"])
def test_an_odd_place_is_none(world, client, place):
    client.force_login(world.amira)
    assert client.post("/units/report-cards/", {"place": place}).status_code == 404
