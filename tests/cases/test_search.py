"""Searching: which words of a case are found, how they are kept up to date, that an index answers on both databases."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from cases import facts, people, search, talk
from cases.choices import PartyRole, Status
from cases.models import Case, CaseSearch, SearchMark
from cases.search import index, marks, texts
from cases.search.terms import Terms, normalised, readings
from contractors import companies
from homeowners import register, tenures
from inspections import visits
from tests.factories.cases import REPORTED_AT, a_fault, fresh, make_case, make_report
from tests.factories.homeowners import make_homeowner, make_tenure
from tests.factories.units import make_unit
from units import editing

pytestmark = [pytest.mark.django_db, pytest.mark.database]

HOUR = timedelta(hours=1)
LATER = REPORTED_AT + timedelta(days=2)


def found(text):
    result = search.find(text)
    return set(Case.objects.filter(pk__in=result.keys).values_list("reference", flat=True))


@pytest.fixture
def rebuilt():
    """`rebuilt()`: no case is marked any more, so what is found is found by the index."""

    def build():
        search.rebuild(at=timezone.now())
        assert not SearchMark.objects.exists()

    return build


@pytest.fixture
def pair(world):
    """Hana's case, which shall be found, and Noor's next door, which shall not."""
    hers = make_case(world=world, faults=[a_fault(words="Brown ring above the shower tray")])
    other = make_case(
        world=world, unit=world.next_door, person=world.noor, faults=[a_fault(location="KIT", words="Loose handle")]
    )
    return hers, other


WORDS = [
    "krm1", "r-1 hana", "A-12-3", "a123", "A 12 3", "a/12/3", "hana", "YUSOF", "hana@demo",
    "brown ring", '"above the shower"', "ring shower brown", "shower tr", "Hána",
]  # fmt: skip


@pytest.mark.parametrize("is_built", [True, False])
@pytest.mark.parametrize("text", WORDS)
def test_what_people_type_finds_the_case(pair, rebuilt, text, is_built):
    """By the index, and as long as it is not built by the case's own words."""
    if is_built:
        rebuilt()

    assert found(text) == {pair[0].reference}


@pytest.mark.parametrize(
    "text", ["xyzzy", '"ring brown"', "brown handle", "tray lift", "%", "_", "%%%", '"""', "'; --"]
)
def test_what_does_not_stand_there_finds_nothing(pair, rebuilt, text):
    rebuilt()

    assert found(text) == set()


@pytest.mark.parametrize(
    "typed", ["+60 12-345 6789", "012-345 6789", "0123456789", "60123456789", "345 6789", "0060123456789"]
)
def test_a_phone_in_any_format(world, rebuilt, typed):
    person = make_homeowner(name="Tan Ah Kow", phone="+60123456789")
    unit = make_unit(development=world.development, number="B-1-1")
    make_tenure(unit=unit, homeowner=person)
    case = make_case(world=world, unit=unit, person=person)
    make_case(world=world, unit=world.next_door, person=world.noor)
    rebuilt()

    assert found(typed) == {case.reference}


@pytest.mark.parametrize("is_built", [True, False])
def test_every_lane_and_the_contractor_are_searched(world, rebuilt, is_built):
    case = make_case(world=world, status=Status.WITH_CONTRACTOR)
    by = world.actor("amira")
    talk.note(fresh(case), words="keykeeper downstairs", by=by, at=LATER)
    talk.update(fresh(case), words="plumber tomorrow", by=by, at=LATER)
    talk.reply(fresh(case), words="dog barks", by=world.actor("hana"), at=LATER)
    talk.call(fresh(case), words="rang twice", with_whom="Granny", direction="in", also_mail=False, by=by, at=LATER)
    start = LATER + timedelta(days=1)
    visit = visits.book(
        [fresh(case)],
        kind="rectification",
        starts_at=start,
        ends_at=start + HOUR,
        who="Siva plumber",
        note="bring ladder",
        by=by,
        at=LATER,
    )
    visits.finish(visit, finding="grout cracked", seen_version=1, by=by, at=start + HOUR)
    if is_built:
        rebuilt()

    for words in ("keykeeper", "plumber tomorrow", "barks", "twice", "granny", "siva", "ladder", "grout", "lim", "V-1"):
        assert found(words) == {case.reference}, words


def test_scripts_without_spaces_and_with_vowel_signs(world, rebuilt):
    case = make_case(world=world, faults=[a_fault(words="浴室漏水了 நீர் கசிவு تَسَرُّب ماء Straße ①")])
    rebuilt()

    for words in ("漏水了", "浴室漏", "நீர்", "கசிவு", "تسرب", "STRASSE"):
        assert found(words) == {case.reference}, words
    assert found("கசவ்") == set()


@pytest.mark.parametrize("text", ["A1", "b2", "陈伟", "li", "Li N", "kr"])
def test_short_words_begin_a_home_a_reference_or_a_name(world, rebuilt, text):
    """Two Chinese characters are shorter than the trigram index can see."""
    unit = make_unit(development=world.development, number="B-2-1")
    for name in ("陈伟明", "Li Na"):
        make_tenure(unit=unit, homeowner=make_homeowner(name=name), role="joint-owner")
    here = make_case(world=world)
    there = make_case(world=world, unit=unit, person=make_homeowner(name="Somebody Else"))
    rebuilt()

    expected = {"A1": {here}, "kr": {here, there}}.get(text, {there})
    assert found(text) == {case.reference for case in expected}


def test_renaming_a_person_a_company_a_home_or_a_development_marks_their_cases(world, rebuilt):
    case = make_case(world=world, status=Status.WITH_CONTRACTOR)
    by = world.actor("amira")

    def change(act, words):
        rebuilt()
        act()
        assert list(SearchMark.objects.values_list("pk", flat=True)) == [case.pk], words
        rebuilt()
        assert found(words) == {case.reference}

    change(lambda: register.change_contact(world.hana, name="Hana Zulkifli", region="MY", by=by, at=LATER), "zulkifli")
    change(
        lambda: companies.change_company(world.company, name="Brickworks", region="MY", by=by, at=LATER), "brickworks"
    )
    world.unit.number = "PH-9"
    change(lambda: editing.save_edit(world.unit, by=by, at=LATER), "ph9")
    world.development.name = "Sunrise Court"
    change(lambda: editing.save_edit(world.development, by=by, at=LATER), "sunrise")


def test_a_wish_for_letters_marks_nothing(world, rebuilt):
    make_case(world=world)
    rebuilt()

    register.change_contact(world.hana, prefers_letter=True, region="MY", by=world.actor("amira"), at=LATER)

    assert not SearchMark.objects.exists()


def test_a_sale_marks_the_cases_and_its_day_marks_them_again(world, rebuilt):
    case = make_case(world=world)
    rebuilt()
    now = timezone.now()
    buyer = make_homeowner(name="Budi Santoso")
    day = now.date() + timedelta(days=3)
    tenures.transfer(world.unit, buyers=[buyer], on=day, proof="SPA", by=world.actor("amira"), at=now)
    rebuilt()
    assert found("santoso") == set()

    search.turn(at=now)
    assert not SearchMark.objects.exists()
    then = now + timedelta(days=4)
    search.turn(at=then)
    search.rebuild(at=then)

    assert found("santoso") == {case.reference}
    assert CaseSearch.objects.get().stale_on is None


def test_a_party_and_an_edited_fact_mark_the_case(world, rebuilt):
    case = make_case(world=world)
    rebuilt()
    people.join(case, make_homeowner(name="Follower Fong"), PartyRole.FOLLOWER, at=LATER)
    assert found("fong") == {case.reference}
    rebuilt()
    facts.edit(case, seen_version=case.version, by=world.actor("amira"), at=LATER, fault="cracked lintel")

    assert found("lintel") == {case.reference}


def test_a_mark_falls_with_its_transaction(world, rebuilt):
    case = make_case(world=world)
    rebuilt()

    with transaction.atomic():
        talk.note(case, words="never said", by=world.actor("amira"), at=LATER)
        transaction.set_rollback(True)

    assert not SearchMark.objects.exists()


def test_words_that_change_while_they_are_read_keep_their_mark(world, rebuilt, monkeypatch):
    """Two sweeps at once: the slower one has read old words and must not write them over the newer ones."""
    case = make_case(world=world)
    by = world.actor("amira")
    slow = texts.gather([case.pk], at=LATER)
    stamp = SearchMark.objects.get().stamp
    talk.note(case, words="fresh words", by=by, at=LATER)

    assert marks._write(case.pk, stamp, slow[case.pk]) is False
    assert SearchMark.objects.exists()
    rebuilt()
    assert marks._write(case.pk, stamp, slow[case.pk]) is False
    assert found("fresh words") == {case.reference}


def test_rebuilding_again_changes_nothing(pair, rebuilt):
    rebuilt()
    before = list(CaseSearch.objects.order_by("pk").values())
    search.touch(Case.objects.all())
    rebuilt()

    assert list(CaseSearch.objects.order_by("pk").values()) == before
    assert found("brown") == {pair[0].reference}


def test_the_words_are_capped_and_the_newest_stay(world, rebuilt):
    case = make_case(world=world, faults=[a_fault(words="oldestword " * 40)])
    by = world.actor("amira")
    for number in range(8):
        talk.note(fresh(case), words=f"note{number}x " * 500, by=by, at=LATER + number * HOUR)
    rebuilt()

    text = CaseSearch.objects.get().text
    assert len(text.encode()) <= texts.LONGEST_TEXT
    assert "note7x" in text
    assert "oldestword" not in text
    assert found("hana") == {case.reference}


def test_more_than_the_cap_keeps_the_newest_and_says_so(pair, rebuilt, monkeypatch):
    monkeypatch.setattr("cases.search.finding.CAP", 1)
    rebuilt()

    result = search.find("kerinci")

    assert result.is_cut
    assert result.keys == {pair[1].pk}
    assert not search.find("brown ring").is_cut


def test_the_words_are_found_by_the_trigram_index(pair, rebuilt):
    rebuilt()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_indexscan = off")
            cursor.execute(f"EXPLAIN SELECT case_id FROM {index.TABLE} WHERE text LIKE '%brown%' AND text LIKE '% ri%'")
        else:
            words = f"SELECT rowid FROM {index.FTS} WHERE {index.FTS} MATCH '\"brown\"' ORDER BY rowid DESC"
            cursor.execute(f"EXPLAIN QUERY PLAN {words}")
        plan = " ".join(str(cell) for row in cursor.fetchall() for cell in row)

    assert (index.GIN if connection.vendor == "postgresql" else "VIRTUAL TABLE INDEX") in plan
    assert "TEMP B-TREE" not in plan


def fitting(word):
    with connection.cursor() as cursor:
        cursor.execute(*index.candidates(Terms((word,)), most=9))
        return [key for (key,) in cursor.fetchall()]


def test_the_index_follows_deletion_and_is_installed_again(pair, rebuilt):
    rebuilt()
    index.install(connection)
    CaseSearch.objects.filter(case=pair[0]).delete()

    assert fitting("brown") == []
    assert fitting("handle") == [pair[1].pk]


def test_a_search_costs_the_same_queries_for_any_number_of_cases(world, rebuilt, django_assert_max_num_queries):
    make_report(world=world, faults=[a_fault() for _ in range(3)])
    with django_assert_max_num_queries(9):
        search.find("dripping ceiling hana")
    rebuilt()
    with django_assert_max_num_queries(2):
        assert len(search.find("dripping ceiling hana").keys) == 3


def test_normal_form():
    assert normalised("  Ａ-12/3\tÉclair, ٣٤ DON'T ") == "a 12 3 eclair 34 don t"
    assert readings("@@") == []
    assert readings('"a b') == [Terms((), ("a", "b")), Terms(("a b",))]
    assert all(len(word) <= 80 for terms in readings("ﷺ" * 200) for word in terms.long)


def test_the_pieces_of_a_label_are_not_looked_up_singly():
    """Each of them begins a third of all homes, and together they mean only the one label."""
    assert readings("A-12-3") == [Terms(("a 12 3",)), Terms(("a123",))]
    assert readings("12A") == [Terms(("12a",))]


def test_a_search_is_looked_up_in_one_statement(world, rebuilt, queries):
    make_report(world=world)
    rebuilt()
    for text in ("A-12-3", "12", "ha li", "window leak", "012-345 6789", "李 王"):
        with queries(1):
            search.find(text)
