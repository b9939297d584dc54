"""The rows of PDFs: asked for, claimed, built, tried again, taken over, forgotten."""

import threading
from datetime import timedelta

import pytest

from documents import duties, papers, printing, sanity, tasks
from documents.models import Paper
from ledger.actors import SYSTEM
from ledger.models import AuditEntry
from outbox.registry import work_sources
from tests.factories import documents as make
from tests.factories.papers import make_ready_paper, read

pytestmark = pytest.mark.django_db

AT = make.AT
MINUTE = timedelta(minutes=1)


@pytest.fixture
def shown():
    """A kind of paper whose content the test chooses: `shown["html"]`, `shown["pictures"]`, `shown["error"]`."""
    wanted = {"html": "<title>T</title><h1>Water stain</h1>", "pictures": {}, "error": None}

    def build(paper, at):
        if wanted["error"]:
            raise wanted["error"]
        html = f"<html lang=en>{wanted['html']}<p>{papers.MADE}</p>"
        return papers.Content(html=html, name="stain.pdf", made=f"made {at:%H:%M}", pictures=wanted["pictures"])

    papers.register(
        "test",
        papers.Builder(
            title=lambda paper: "Test paper",
            build=build,
            may_read=lambda paper, user: True,
            back=lambda paper, user: ("/", "Home"),
        ),
    )
    yield wanted
    del papers.builders["test"]


def ask(at=AT, **parameters):
    return papers.ask("test", subject="thing", subject_id=7, parameters=parameters, by=SYSTEM, at=at)


def fresh(paper):
    return Paper.objects.get(pk=paper.pk)


def test_a_paper_that_was_asked_for_is_due_until_it_is_made(shown, settings):
    paper = ask()
    assert papers.due(AT) == [paper.pk]

    assert papers.make(paper.pk, at=AT)

    made = fresh(paper)
    assert (made.state, made.pages, made.name, papers.due(AT)) == ("ready", 1, "stain.pdf", [])
    assert read(made).texts == ["Water stain\nmade 12:14"]
    assert (settings.MEDIA_ROOT / made.path).stat().st_size == made.size
    assert list(sanity.check(at=AT)) == []


def test_the_relay_hands_papers_to_the_task(shown):
    source = work_sources["papers"]
    paper = ask()
    assert (source.due(AT), source.task) == ([paper.pk], tasks.make_paper.name)
    tasks.make_paper(paper.pk)
    assert fresh(paper).is_ready


def test_two_who_ask_at_once_share_one_row(shown):
    assert ask() == ask(at=AT + MINUTE)
    assert ask(audience="resident") != ask()


def test_an_unknown_kind_is_refused(shown):
    with pytest.raises(ValueError, match="Nobody makes"):
        papers.ask("unknown", subject="thing", subject_id=7, by=SYSTEM, at=AT)


def test_asked_again_unchanged_the_same_bytes_serve(shown):
    first = ask()
    papers.make(first.pk, at=AT)
    second = ask(at=AT + MINUTE)
    papers.make(second.pk, at=AT + MINUTE)
    assert second.pk != first.pk
    assert (fresh(second).path, fresh(second).sha256) == (fresh(first).path, fresh(first).sha256)


def test_what_changed_is_made_anew(shown):
    first = ask()
    papers.make(first.pk, at=AT)
    shown["html"] = "<title>T</title><h1>Repaired</h1>"
    second = ask(at=AT + MINUTE)
    papers.make(second.pk, at=AT + MINUTE)
    assert "Repaired" in read(fresh(second)).text
    assert fresh(second).path != fresh(first).path


def test_the_second_worker_finds_nothing_to_do(shown):
    paper = ask()
    papers.take(paper.pk, AT)
    assert papers.make(paper.pk, at=AT + MINUTE) is False
    assert papers.due(AT + MINUTE) == []


def test_a_dead_worker_gives_its_paper_back_after_the_lease(shown):
    paper = ask()
    papers.take(paper.pk, AT)
    later = AT + papers.LEASE
    assert papers.due(later) == [paper.pk]
    assert papers.make(paper.pk, at=later)
    assert fresh(paper).is_ready


def test_a_worker_that_lost_its_lease_changes_nothing(shown):
    paper = ask()
    lost = papers.take(paper.pk, AT)
    papers.take(paper.pk, AT + papers.LEASE)
    papers.fail(lost, "paper-broken")
    assert fresh(paper).is_waiting


def test_our_failures_are_tried_again_and_then_told(shown):
    shown["error"] = RuntimeError("a bug")
    paper, at, tries = ask(), AT, []
    while due := papers.due(at):
        papers.make(due[0], at=at)
        tries.append(at - AT)
        at = max(fresh(paper).next_try_at, at + timedelta(seconds=1))
    assert [int(delay.total_seconds()) for delay in tries] == [0, 5, 35, 155, 755]
    assert fresh(paper).failure == (
        "“Test paper” could not be made. Try again in a minute; if it fails once more, tell the office."
    )


def test_try_again_makes_it_due_and_is_noted(shown):
    shown["error"] = papers.Gone()
    paper = ask()
    papers.make(paper.pk, at=AT)
    assert fresh(paper).failure == "“Test paper” could not be made: what it is about is no longer there for its reader."
    shown["error"] = None

    again = papers.retry(fresh(paper), by=SYSTEM, at=AT + MINUTE)

    assert papers.due(AT + MINUTE) == [again.pk] == [paper.pk]
    assert AuditEntry.objects.filter(action="paper-retried", about="thing", about_id=7).exists()
    papers.make(paper.pk, at=AT + MINUTE)
    assert fresh(paper).is_ready


def test_try_again_joins_one_that_waits_already(shown):
    shown["error"] = papers.Gone()
    failed = ask()
    papers.make(failed.pk, at=AT)
    waiting = ask(at=AT + MINUTE)
    assert papers.retry(fresh(failed), by=SYSTEM, at=AT + MINUTE) == waiting


def test_a_paper_waits_a_minute_for_its_pictures(shown):
    file = make.make_stored_file()
    shown["pictures"] = {"picture:1": file}
    shown["html"] = '<title>T</title><img src="picture:1" alt="stain">'
    paper = ask()

    papers.make(paper.pk, at=AT)
    waiting = fresh(paper)
    assert (waiting.state, waiting.attempts, waiting.next_try_at) == ("waiting", 0, AT + papers.PICTURE_PAUSE)

    papers.make(paper.pk, at=AT + papers.PICTURE_WAIT)
    assert fresh(paper).is_ready
    assert read(fresh(paper)).pictures == 0


def test_a_picture_that_is_ready_is_in_it_and_later_asked_again_makes_it_anew(shown):
    from documents import renditions

    file = make.make_stored_file()
    shown["pictures"] = {"picture:1": file}
    shown["html"] = '<title>T</title><img src="picture:1" alt="stain">'
    first = ask()
    papers.make(first.pk, at=AT + papers.PICTURE_WAIT)
    renditions.make(file.pk, at=AT)
    file.refresh_from_db()
    second = ask(at=AT + 2 * MINUTE)
    papers.make(second.pk, at=AT + 2 * MINUTE)
    assert (read(fresh(first)).pictures, read(fresh(second)).pictures) == (0, 1)


def test_a_paper_that_takes_too_long_fails_with_a_sentence(shown, monkeypatch):
    monkeypatch.setattr(printing, "SECONDS", 1)
    rows = "".join(f"<tr><td>{n}<td>room<td>fault" for n in range(4000))
    shown["html"] = f"<title>T</title><table>{rows}</table>"
    paper = ask()
    papers.make(paper.pk, at=AT)
    assert fresh(paper).failure.startswith("“Test paper” takes longer to make than we allow.")
    shown["html"] = "<title>T</title>The worker lives"
    papers.make(papers.retry(fresh(paper), by=SYSTEM, at=AT).pk, at=AT)
    assert fresh(paper).is_ready


def test_a_paper_that_wants_too_much_memory_fails_with_a_sentence(shown):
    shown["html"] = "<title>T</title><p>" + "a" * 150_000_000
    paper = ask()
    papers.make(paper.pk, at=AT)
    assert fresh(paper).failure.startswith("“Test paper” holds too much for one PDF.")


def test_a_paper_that_takes_its_worker_down_each_time_is_given_up(shown):
    paper, at = ask(), AT
    for _ in range(papers.MOST_ATTEMPTS):
        papers.take(paper.pk, at)
        at += papers.LEASE
    papers.make(paper.pk, at=at)
    assert fresh(paper).has_failed


def test_replaced_papers_go_after_a_day_and_all_after_a_month(shown, settings):
    old = make_ready_paper("test", subject="thing", subject_id=7, at=AT)
    new = make_ready_paper("test", subject="thing", subject_id=7, at=AT + MINUTE)

    assert papers.forget_old(AT + timedelta(hours=23)) == 0
    assert papers.forget_old(AT + timedelta(days=1, minutes=2)) == 1
    assert list(Paper.objects.all()) == [new]
    assert not (settings.MEDIA_ROOT / old.path).exists()
    assert (settings.MEDIA_ROOT / new.path).exists()

    duties.sweep(at=AT + timedelta(days=31))
    assert not Paper.objects.exists()
    assert not (settings.MEDIA_ROOT / new.path).exists()


def test_bytes_that_another_row_shows_stay(shown, settings):
    first = make_ready_paper("test", subject="thing", subject_id=7, at=AT)
    second = make_ready_paper("test", subject="thing", subject_id=7, at=AT + MINUTE, path=first.path)
    papers.forget(first)
    assert (settings.MEDIA_ROOT / second.path).exists()


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_build_it_once(shown, monkeypatch):
    from django.db import connection

    built = []
    build = papers.build
    monkeypatch.setattr(papers, "build", lambda *all_of_it: built.append(1) or build(*all_of_it))
    paper = ask()

    def work():
        papers.make(paper.pk, at=AT)
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert (built, fresh(paper).state) == ([1], "ready")
