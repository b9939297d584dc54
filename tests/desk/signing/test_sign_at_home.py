"""The officer's phone in the homeowner's hand: nine of eleven signed with a finger, two back to work, one paper."""

import base64
import io
from datetime import timedelta

import pytest
from django.utils import timezone
from PIL import Image, ImageDraw

from cases.choices import Status
from cases.models import Case, SignOff
from documents.models import Paper, StoredFile
from inspections import visits
from tests.factories import homeowners
from tests.factories.cases import a_fault, fresh, make_report, walk
from tests.factories.papers import make_paper, read

pytestmark = pytest.mark.django_db
AT_HOME = "/cases/sign/KRM-A-12-3/"
HOSTILE = '<img src="http://127.0.0.1:9/a.png"><script>x()</script> url(file:///etc/passwd) {{ 7*7 }} 陳大文'


def ink():
    """What the canvas sends: a white box with a stroke in it."""
    image = Image.new("RGB", (640, 352), "white")
    ImageDraw.Draw(image).line([(60, 60), (200, 300), (500, 90)], fill="#14213d", width=6)
    out = io.BytesIO()
    image.save(out, "PNG")
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()


def done(world, count=2, **fault):
    at = timezone.now() - timedelta(hours=5)
    faults = [a_fault(location="LIV", tile="wall", kind="CRK-H", **fault) for _ in range(count)]
    report = make_report(world=world, faults=faults, at=at)
    for case in Case.objects.filter(report_item__report=report):
        for minutes, step in enumerate(("accept-and-send", "report-done"), start=1):
            walk(fresh(case), step, world=world, at=at + timedelta(minutes=minutes))
    return list(Case.objects.for_page().filter(report_item__report=report).order_by("pk"))


def sent(world, cases, *, but=(), **more):
    data = {f"seen-{case.reference}": case.version for case in cases}
    data |= {f"fixed-{case.reference}": "on" for case in cases if case not in but}
    data |= {"name": "Hana Yusof", "signer": world.hana.pk, "go": "sign", "pad": "1", "back": "on", "drawn": ink()}
    return data | more


def states(cases):
    return [fresh(case).status for case in cases]


def test_the_list_is_ticked_and_what_is_unfinished_is_named_but_not_signed_for(desk, world):
    cases = done(world)
    walk(fresh(cases[1]), "send-back", world=world, at=timezone.now() - timedelta(hours=1))
    page = desk.get(AT_HOME).content.decode()
    assert f"fixed-{cases[0].reference}" in page
    assert f"fixed-{cases[1].reference}" not in page
    assert "Not finished, you do not sign for this" in page


def test_one_is_signed_with_a_finger_the_other_goes_back_at_once(desk, world):
    first, second = cases = done(world)
    data = sent(world, cases, but=[second], **{f"words-{second.reference}": "The shade differs."})
    answer = desk.post(AT_HOME, data)
    assert answer["Location"] == "/cases/sign-offs/S-1/"
    assert states(cases) == [Status.CLOSED_COMPLETE, Status.WITH_CONTRACTOR]
    signoff = SignOff.objects.get()
    assert (signoff.how, signoff.name, signoff.witness_name) == ("finger", "Hana Yusof", world.amira.name)
    assert signoff.signature.mime == "image/png"
    assert signoff.signature_sha256 == signoff.signature.sha256
    page = desk.get(answer["Location"]).content.decode()
    assert "The rows are the list that was signed." in page
    assert signoff.list_hash in page


def test_a_box_without_a_drawing_is_asked_for_it_and_the_name_is_enough_when_said_so(desk, world):
    cases = done(world)
    answer = desk.post(AT_HOME, sent(world, cases, drawn=""))
    assert answer.status_code == 422
    assert "Sign in the box, or confirm by name instead." in answer.content.decode()
    assert desk.post(AT_HOME, sent(world, cases, drawn="", go="name")).status_code == 302
    assert SignOff.objects.get().signature is None


def test_without_a_script_the_name_counts(desk, world):
    cases = done(world)
    assert desk.post(AT_HOME, sent(world, cases, drawn="", pad="")).status_code == 302
    assert states(cases) == [Status.CLOSED_COMPLETE] * 2


@pytest.mark.parametrize(
    "drawn",
    [
        "data:image/png;base64,AAAA",
        "data:image/svg+xml;base64,PHN2Zz4=",
        "data:text/html,<script>",
        "javascript:1",
        "data:image/png;base64,###",
    ],
)
def test_what_is_no_picture_is_no_signature_and_nothing_is_kept(desk, world, drawn):
    cases = done(world, 1)
    files = StoredFile.objects.count()
    answer = desk.post(AT_HOME, sent(world, cases, drawn=drawn))
    assert answer.status_code == 422
    assert "confirm by name instead" in answer.content.decode()
    assert (SignOff.objects.count(), StoredFile.objects.count()) == (0, files)
    assert states(cases) == [Status.TO_CHECK]


def test_a_list_that_went_on_leaves_no_drawing_behind(desk, world):
    first, second = cases = done(world)
    walk(second, "send-back", world=world, at=timezone.now())
    files = StoredFile.objects.count()
    answer = desk.post(AT_HOME, sent(world, cases))
    assert answer.status_code == 409
    assert second.title in answer.content.decode()
    assert (SignOff.objects.count(), StoredFile.objects.count()) == (0, files)


def test_the_same_press_twice_is_one_signature_and_one_image(desk, world):
    cases = done(world)
    data = sent(world, cases, idempotency_key="once")
    files = StoredFile.objects.count()
    assert desk.post(AT_HOME, data)["Location"] == desk.post(AT_HOME, data)["Location"]
    assert (SignOff.objects.count(), StoredFile.objects.count()) == (1, files + 1)


def test_a_tenant_or_a_stranger_cannot_be_chosen_to_sign(desk, world):
    tariq = homeowners.tariq(unit=world.unit)
    cases = done(world, 1)
    for person in (tariq, world.noor):
        assert desk.post(AT_HOME, sent(world, cases, signer=person.pk)).status_code == 422
    assert states(cases) == [Status.TO_CHECK]


def test_a_visit_lists_its_own_cases_and_is_named_on_the_signature(desk, world):
    first, second = done(world)
    at = timezone.now()
    start = at + timedelta(days=1)
    visit = visits.book(
        [first],
        kind="check",
        starts_at=start,
        ends_at=start + timedelta(hours=2),
        who="Amira",
        by=world.actor("amira"),
        at=at,
    )
    path = f"/cases/sign/{visit.reference}/"
    page = desk.get(path).content.decode()
    assert f"fixed-{first.reference}" in page
    assert f"fixed-{second.reference}" not in page
    desk.post(path, sent(world, [fresh(first)]))
    assert SignOff.objects.get().visit == visit.reference


def test_other_places_are_as_if_they_did_not_exist(desk, world):
    for place in ("KRM-Z-9-9", "XXX-A-12-3", "V-99", "V-x", "nothing"):
        assert desk.get(f"/cases/sign/{place}/").status_code == 404


def test_who_does_not_want_to_sign_is_heard(desk, world):
    cases = done(world)
    data = sent(world, cases, go="refuse", refusal="The shade of the tiles differs everywhere.", drawn="")
    assert desk.post(AT_HOME, data).status_code == 302
    assert states(cases) == [Status.TO_CHECK] * 2
    assert SignOff.objects.get().is_refusal


@pytest.fixture
def signed(desk, world):
    """Three repairs: two accepted, one not, whatever people typed."""
    cases = done(world, 3, words=HOSTILE)
    Case.objects.update(fault=HOSTILE[:80])
    cases = [fresh(case) for case in cases]
    data = sent(world, cases, but=[cases[2]], name=f"Hana {HOSTILE}"[:120], **{f"words-{cases[2].reference}": HOSTILE})
    assert desk.post(AT_HOME, data).status_code == 302
    return SignOff.objects.get()


def test_the_certificate_lists_both_groups_with_signature_name_time_and_hash(signed, monkeypatch):
    from documents import printing

    found = []
    run = printing.read_answer
    monkeypatch.setattr(printing, "read_answer", lambda *given: found.append(run(*given)) or found[-1])
    Paper.objects.all().delete()
    from documents import renditions

    for file_id in list(renditions.due(timezone.now())):
        renditions.make(file_id, at=timezone.now())
    paper = read(make_paper("sign-off", subject="sign-off", subject_id=signed.pk, at=timezone.now()))
    text = "".join(paper.text.split())
    for words in (
        "Certificate S-1",
        "Accepted: 2 repairs",
        "Not accepted: 1 repair",
        "does not waive any right",
        "On our phone, in our presence, with Amira Rahman",
        signed.list_hash,
        signed.signature_sha256,
        HOSTILE,
        "Hana <img",
    ):
        assert words.replace(" ", "") in text, words
    assert [answer["refused"] for answer in found] == [[]]
    assert (paper.pictures, paper.attachments, paper.outside) == (1, 0, [])


def test_signing_asks_for_the_certificate_by_itself(signed):
    assert Paper.objects.get(key="sign-off").subject_id == signed.pk


def test_hostile_words_are_text_on_every_page(signed, desk, client_for, world):
    home = client_for(world.hana.user)
    for client, path in ((desk, "/cases/sign-offs/S-1/"), (home, "/portal/sign-offs/S-1/")):
        page = client.get(path).content.decode()
        assert '<img src="http' not in page
        assert "&lt;script&gt;x()" in page
        assert client.get(f"{path}signature/").status_code == 200
