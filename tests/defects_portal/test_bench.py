"""`./run bench` itself: small, quick, and the whole way through."""

import pytest

from tests.bench import figures, options
from tests.bench.figures import Figure
from tests.bench.visitor import form_of


def test_without_options_it_measures_what_the_quality_page_names():
    asked = options.read([])
    assert asked.runs == (
        ("sqlite", 10_000),
        ("sqlite", 100_000),
        ("postgresql", 10_000),
        ("postgresql", 100_000),
        ("postgresql", 1_000_000),
    )
    assert options.read(["--quick"]).runs == (("sqlite", 10_000),)
    assert options.read(["--sizes", "200,100", "--databases", "postgresql"]).runs == (
        ("postgresql", 100),
        ("postgresql", 200),
    )


@pytest.mark.parametrize("wrong", [["--only", "pages,tea"], ["--databases", "oracle"], ["--sizes", "many"]])
def test_an_unknown_wish_is_refused(wrong, capsys):
    with pytest.raises(SystemExit):
        options.read(wrong)


def test_a_figure_is_held_against_its_promise():
    assert Figure(33, "case", 80.0, limit=80).verdict == "met"
    assert Figure(33, "case", 80.1, limit=80).verdict == "missed (80.1 of 80)"
    assert Figure(36, "mail", 0.69, limit=0.7, at_least=True).is_missed
    assert Figure(38, "hosts", 1, limit=0).is_missed
    assert Figure(33, "my day", 5.0).verdict == ""
    assert figures.skipped(35, "PDF", "not yet").verdict == "skipped: not yet"


def test_growth_compares_the_smallest_with_the_largest():
    def page(cases, p50):
        return Figure(33, "table", p50, limit=100, database="sqlite", cases=cases, clients=1, more={"p50": p50})

    (grown,) = figures.growth([page(100_000, 30.0), page(10_000, 10.0), page(50_000, 99.0)])
    assert (grown.value, grown.cases, grown.is_missed) == (3.0, 100_000, True)
    assert figures.growth([page(10_000, 10.0)]) == []


def test_figures_come_back_from_their_file():
    told = [Figure(33, "table", 30.0, limit=100, database="sqlite", cases=10, clients=1, more={"p50": 3.0})]
    assert figures.from_json(figures.as_json(told, at="now")) == told


def test_a_part_that_breaks_off_is_named_and_the_others_go_on(monkeypatch):
    from tests.bench import __main__ as bench

    def broken(installation, sample, asked):
        raise RuntimeError("no server")

    monkeypatch.setitem(bench.PARTS, "mail", broken)
    (one,) = bench.part_of("mail", None, {}, None)
    assert (one.promise, one.verdict) == (36, "skipped: broke off: no server")


def test_the_95th_of_a_hundred():
    assert figures.p95(range(100)) == 95
    assert figures.p95([7]) == 7


def test_a_form_is_read_as_a_browser_would_send_it():
    form = form_of(
        '<form action="/a/"><input name="x" value="1"></form><form action="/b/"><input name="key" value="k">'
        '<input type="radio" name="r" value="1"><input type="radio" name="r" value="2" checked>'
        '<input type="checkbox" name="c"><button name="go" value="1">Go</button><input type="submit" name="s">'
        '<select name="s1"><option value="u"></option><option value="v" selected>V</option></select>'
        '<textarea name="words">A &amp; B</textarea></form>',
        "/b/",
    )
    assert form.fields == {"key": "k", "r": "2", "s1": "v", "words": "A & B"}
