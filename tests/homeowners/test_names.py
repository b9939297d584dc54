"""Names as people really write them."""

import pytest

from homeowners.names import NameMatch, compare, folded

SAME, PARTLY, DIFFERENT = NameMatch.SAME, NameMatch.PARTLY, NameMatch.DIFFERENT

TABLE = [
    # Malay: bin and binti, Mohd, titles, spelling
    ("Nurul Huda binti Mohd Kamaruzzaman", "Nurul Huda Kamaruzaman", SAME),
    ("Puan Nurul Huda bt. Muhammad Kamaruzzaman", "NURUL HUDA BINTI MOHD KAMARUZZAMAN", SAME),
    ("Dato' Sri Haji Ahmad Zaki bin Osman", "ahmad zaki osman", SAME),
    ("Tan Sri Dato’ Abdul Rahman bin Yusof", "Abd Rahman b. Yusof", SAME),
    ("Encik Mohd. Faizal bin Abdullah", "Muhammad Faizal Abdullah", SAME),
    ("Siti Aminah", "Siti Aminah binti Yusof", SAME),
    ("Siti Amina binti Yusof", "Siti Aminah binti Yusof", SAME),
    ("Ahmad bin Ismail", "Ismail bin Ahmad", DIFFERENT),
    ("Ahmad bin Ismail", "Ahmad bin Osman", DIFFERENT),
    ("Nurul Huda binti Osman", "Nurul Ain binti Osman", PARTLY),
    ("Mohd", "Mohd Faizal bin Abdullah", PARTLY),
    ("Mohd Faizal", "Mohd Hafiz", PARTLY),
    # Chinese: family name first or last, hyphens, spacing, a Western name beside
    ("Tan Wei Ming", "Wei Ming Tan", SAME),
    ("Tan Wei-Ming", "Tan Weiming", SAME),
    ("Jason Tan Wei Ming", "Tan Wei Ming", SAME),
    ("TAN WEI MING, JASON", "Jason Tan", SAME),
    ("Lim Ah Kow @ Lim Kow", "Mr Lim Ah Kow", SAME),
    ("Mdm Tan Siew Ling", "Tan Siew Ling", SAME),
    ("Tan Sri Dewi", "Tan Sri Dewi", SAME),
    ("Bin Wang", "Wang Bin", SAME),
    ("陈伟明", "陈伟明", SAME),
    ("陳偉明", "陈伟强", DIFFERENT),
    ("Tan Wei Ming", "Tan Wei Liang", PARTLY),
    ("Chong Wei", "Cheong Wei", PARTLY),
    ("Tan", "Tan Wei Ming", PARTLY),
    # Tamil: a/l, s/o, initials for the father's name, the script itself
    ("Sivakumar a/l Subramaniam", "Sivakumar Subramaniam", SAME),
    ("S. Sivakumar", "Sivakumar A/L Subramaniam", SAME),
    ("Sivakumar s/o Subramaniam", "Sivakumar a/l Subramaniam", SAME),
    ("Kavitha anak perempuan Rajan", "Kavitha D/O Rajan", SAME),
    ("Thiru Subramanian Rajan", "Subramaniam Rajan", SAME),
    ("Kavitha a/p Rajan", "Kavitha a/p Muthu", DIFFERENT),
    ("சிவகுமார்", "சிவகுமார்", SAME),
    ("சிவகுமார்", "சிவகாமி", DIFFERENT),
    # English and neighbours: accents, apostrophes, double names, initials
    ("Charlotte Fitzgerald-Pemberton", "charlotte fitzgerald pemberton", SAME),
    ("C. Fitzgerald-Pemberton", "Charlotte Fitzgerald-Pemberton", SAME),
    ("Zoë O’Brien", "Zoe O'Brien", SAME),
    ("Dr José Núñez", "Jose Nunez", SAME),
    ("  Mr.  John   Smith ", "Smith, John", SAME),
    ("John Smith", "Jane Smith", PARTLY),
    ("Hana", "Hana", SAME),
    ("", "Hana Yusof", DIFFERENT),
    ("!!!", "Hana Yusof", DIFFERENT),
]


@pytest.mark.parametrize(("one", "other", "expected"), TABLE)
def test_compares_names_as_people_write_them(one, other, expected):
    assert compare(one, other) is expected


@pytest.mark.parametrize(("one", "other", "expected"), TABLE)
def test_the_order_of_the_two_names_does_not_matter(one, other, expected):
    assert compare(other, one) is expected


def test_a_folded_name_loses_case_and_latin_accents_only():
    assert folded("  Zoë  O’Brien-SMITH ") == "zoe obrien smith"
    assert folded("சிவகுமார்") == "சிவகுமார்"
