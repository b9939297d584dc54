"""One signature for many repairs: each is confirmed, goes back or stays open, all in one act (domain 6.4)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from cases import clocks, diary, files, notices, people, signatures, steps, telling, workflow
from cases.capacities import capacity_of
from cases.choices import SIGNED_FOR, AttachmentRole, Audience, Basis, EventKind, SignAnswer, SignHow, Status
from cases.dates import end_of_day, local_date
from cases.evidence import MoveRefused, StaleCase
from cases.mailing import Mailing
from cases.models import Case, SignOff, SignOffLine
from cases.moves import MOVES, OWNER
from cases.signatures import REFUSED
from documents import papers
from documents.models import StoredFile
from homeowners import tenures
from homeowners.choices import CONFIRMING_ROLES
from homeowners.models import Homeowner, Tenure
from ledger import audit, references
from ledger.actors import Actor
from units.calendars import add_working_days

COUNTER = "S"
PAPER = "sign-off"
SECOND_VISIT_DAYS = 5
"""Working days within which a second visit follows a refusal (domain 6.4)."""
WAITING = (Status.AWAITING_HOMEOWNER, Status.TO_CHECK)


class ListStale(StaleCase):
    """Cases of the list moved on after the list was shown; nothing was signed."""

    def __init__(self, gone: Sequence[str]) -> None:
        names = ", ".join(gone)
        words = _("This changed after you opened the list: %(names)s. Nothing was signed; look at the list again.")
        MoveRefused.__init__(self, words % {"names": names})


@dataclass(frozen=True)
class Answer:
    """What was answered about one repair. Words and pictures say what is not right."""

    kind: str
    words: str = ""
    files: Sequence[StoredFile] = ()


@dataclass(frozen=True)
class Signature:
    """The image as it was drawn and its SHA-256."""

    file: StoredFile
    sha256: str


@dataclass
class _Session:
    """One signing, while it is carried out."""

    cases: list[Case]
    answers: Mapping[Case, Answer]
    seen: dict[int, int]
    by: Actor
    at: datetime
    name: str
    how: str
    signer: Homeowner | None
    witness: Actor | None
    back_to_work: bool
    mailing: Mailing
    signoff: SignOff = field(init=False)


@transaction.atomic
def sign(
    cases: Sequence[Case],
    answers: Mapping[Case, Answer],
    *,
    by: Actor,
    at: datetime,
    name: str,
    how: str,
    seen_versions: Mapping[Case, int],
    signature: Signature | None = None,
    witness: Actor | None = None,
    visit: str = "",
    back_to_work: bool = False,
    is_refusal: bool = False,
) -> SignOff:
    """Keep one signature for a list of one home and carry out every answer; one mail a person lists all of them.

    `by` is who signs: an owner, a joint owner or a representative, also on our phone (`at_the_home`), where `witness`
    is the officer; then `back_to_work` sends what is not accepted back to the contractor in the same act.
    `is_refusal`: none is accepted, and a second visit follows within five working days. MoveRefused or ListStale: as a
    whole, nothing is kept.
    """
    told = Mailing(by=witness or by, at=at)
    session = _Session(
        cases=list(cases),
        answers=answers,
        seen={case.pk: seen_versions[case] for case in cases},
        by=by,
        at=at,
        name=" ".join(name.split()),
        how=how,
        signer=None,
        witness=witness,
        back_to_work=back_to_work,
        mailing=told,
    )
    _check(session, is_refusal=is_refusal)
    session.signer = _signer(session)
    _keep(session, signature, visit=visit, is_refusal=is_refusal)
    for case in session.cases:
        _carry_out(session, case)
    _with_certificate(session)
    told.send()
    papers.ask(PAPER, subject=PAPER, subject_id=session.signoff.pk, by=witness or by, at=at)
    return session.signoff


def at_the_home(person: Homeowner, *, address: str = "") -> Actor:
    """The homeowner who signs on our phone: rights are asked of the register, as everywhere."""
    return Actor(person.name, "homeowner", person.user_id, person.pk, "finger", address)


def signers(case: Case, *, at: datetime) -> list[Homeowner]:
    """Who may sign for this home today; never a tenant."""
    return people.holders(case, at=at)


def _check(session: _Session, *, is_refusal: bool) -> None:
    if not session.cases:
        raise MoveRefused(_("There is nothing to sign for."))
    if len({case.unit_id for case in session.cases}) > 1:
        raise MoveRefused(_("One signature is for one home."))
    if len(session.name) < 3:
        raise MoveRefused(_("Write your name."), "name")
    for case in session.cases:
        answer = session.answers[case]
        if capacity_of(case, session.by, at=session.at) != OWNER:
            raise MoveRefused(_("Only an owner or a representative signs for this home."))
        if answer.kind == SignAnswer.NOT_YET and len(answer.words.strip()) < 3:
            raise MoveRefused(_("%(what)s: say what is not right yet.") % {"what": case.title}, f"words-{case.pk}")
        if answer.kind == SignAnswer.PROTEST and not was_refused(case):
            raise MoveRefused(_("%(what)s: say yes, or what is not right.") % {"what": case.title})
    if is_refusal and any(session.answers[case].kind != SignAnswer.NOT_YET for case in session.cases):
        raise MoveRefused(_("Who signs for a repair does not refuse the list."))
    _check_versions(session)


def was_refused(case: Case) -> bool:
    """Whether this repair was not accepted before: only then it can be accepted under protest."""
    return case.events.filter(move="not-right").exists()


def _check_versions(session: _Session) -> None:
    """Refuse the whole list, naming what moved on; the moves themselves compare and set once more."""
    now = {row.pk: row for row in Case.objects.filter(pk__in=[case.pk for case in session.cases])}
    gone = [
        case.title
        for case in session.cases
        if now[case.pk].version != session.seen[case.pk] or not _may_be_answered(session, now[case.pk], case)
    ]
    if gone:
        raise ListStale(gone)


def _may_be_answered(session: _Session, row: Case, case: Case) -> bool:
    if row.status in WAITING:
        return row.is_visible
    closed_by_decision = row.status == Status.CLOSED_OUT_OF_SCOPE
    return closed_by_decision and session.answers[case].kind == SignAnswer.PROTEST


def _signer(session: _Session) -> Homeowner | None:
    """The person of the register; of a couple with one account the one whose name was written."""
    case = session.cases[0]
    held = Tenure.objects.filter(unit_id=case.unit_id, role__in=CONFIRMING_ROLES).in_force(local_date(case, session.at))
    if session.by.party_id:
        held = held.filter(homeowner_id=session.by.party_id)
    else:
        held = held.filter(homeowner__user_id=session.by.user_id or 0)
    found = [row.homeowner for row in held.select_related("homeowner").order_by("pk")]
    named = [person for person in found if person.name.casefold() == session.name.casefold()]
    return next(iter([*named, *found]), None)


def _keep(session: _Session, signature: Signature | None, *, visit: str, is_refusal: bool) -> None:
    """The signature with its list: rows first, so that every move can name them."""
    case, signer, by = session.cases[0], session.signer, session.by
    day = local_date(case, session.at)
    signoff = SignOff(
        number=references.next_number(COUNTER),
        unit=case.unit,
        how=session.how,
        homeowner=signer,
        name=session.name[:120],
        role=(tenures.capacity(case.unit, on=day, homeowner_id=signer.pk) if signer else "") or "",
        at=session.at,
        address=by.address,
        witness_name=session.witness.name if session.witness else "",
        witness_id_value=session.witness.user_id if session.witness else None,
        visit=visit[:20],
        is_refusal=is_refusal,
        signature=signature.file if signature else None,
        signature_sha256=signature.sha256 if signature else "",
    )
    lines = [_line(session, signoff, number, case) for number, case in enumerate(session.cases, start=1)]
    signoff.list_hash = signatures.digest(signoff, lines)
    signoff.save(force_insert=True)
    for line in lines:
        line.signoff = signoff
    SignOffLine.objects.bulk_create(lines)
    session.signoff = signoff
    audit.record(
        "sign-off",
        by=by,
        at=session.at,
        about="unit",
        about_id=case.unit_id,
        reference=signoff.reference,
        new={
            "how": session.how,
            "name": signoff.name,
            "witness": signoff.witness_name,
            "list": signoff.list_hash,
            "answers": {line.case.reference: line.answer for line in lines},
        },
    )


def _line(session: _Session, signoff: SignOff, number: int, case: Case) -> SignOffLine:
    answer = session.answers[case]
    rows = files.attach(case, answer.files, role=AttachmentRole.BEFORE, is_visible=True, by=session.by, at=session.at)
    return SignOffLine(
        signoff=signoff,
        case=case,
        position=number,
        cycle=case.cycle,
        seen_version=session.seen[case.pk],
        title=case.title[:200],
        answer=answer.kind,
        words=answer.words.strip(),
        pictures=[str(row.public_id) for row in rows],
    )


def _carry_out(session: _Session, case: Case) -> None:
    kind = session.answers[case].kind
    try:
        if case.status == Status.CLOSED_OUT_OF_SCOPE:
            _noted(session, case, reason=kind)
        elif kind in SIGNED_FOR:
            _accept(session, case, kind)
        elif kind == SignAnswer.NOT_YET:
            _not_yet(session, case)
    except StaleCase as stale:
        raise ListStale([case.title]) from stale


def _accept(session: _Session, case: Case, kind: str) -> None:
    """The case is completed, or waits for the owners who have not signed yet."""
    by, at = session.by, session.at
    waiting = signatures.missing(case, at=at)
    if waiting:
        _one_of_several(session, case, waiting)
        return
    facts: dict[str, Any] = {"reason": kind} if kind == SignAnswer.PROTEST else {}
    workflow.move(
        case,
        "confirm",
        by=by,
        at=at,
        seen_version=session.seen[case.pk],
        name=session.name,
        mailing=session.mailing,
        words=session.answers[case].words,
        signoff=session.signoff.reference,
        **facts,
    )


def _one_of_several(session: _Session, case: Case, waiting: list[Homeowner]) -> None:
    """Every owner signs here: the others are asked, the signer is told who is missing."""
    by, at = session.by, session.at
    _checked_on_the_spot(session, case)
    won = Case.objects.filter(pk=case.pk, version=session.seen[case.pk]).update(version=F("version") + 1)
    if not won:
        raise StaleCase
    case.version = session.seen[case.pk] + 1
    event = diary.record(
        case,
        EventKind.SIGNED,
        by=by,
        at=at,
        is_visible=True,
        evidence={"signoff": session.signoff.reference, "missing": [person.name for person in waiting]},
    )
    names = ", ".join(person.name for person in waiting)
    asked = {person.pk for person in waiting}
    residents = people.residents(case, at=at)
    pictures = list(case.attachments.pictures().filter(is_visible=True, role=AttachmentRole.AFTER, cycle=case.cycle))
    for key, is_asked in (("sign-too", True), ("signed", False)):
        told = [person for person in residents if (person.homeowner_id in asked) == is_asked]
        notices.tell(
            case, event, key, told, mailing=session.mailing, pictures=pictures, name=session.name, missing=names
        )


def _not_yet(session: _Session, case: Case) -> None:
    """Not right: the officer answers; at a joint check it goes back to the contractor at once."""
    by, at, mailing = session.by, session.at, session.mailing
    words = session.answers[case].words
    _checked_on_the_spot(session, case)
    refusal = {"reason": REFUSED} if session.signoff.is_refusal else {}
    facts: dict[str, Any] = {"name": session.name, "signoff": session.signoff.reference, **refusal}
    is_back = bool(session.back_to_work and session.witness)
    event = workflow.move(
        case, "not-right", by=by, at=at, seen_version=session.seen[case.pk], words=words, quiet=True, **facts
    )
    if is_back and session.witness:
        workflow.move(
            case, "send-back", by=session.witness, at=at, seen_version=case.version, words=words, mailing=mailing
        )
        return
    if session.signoff.is_refusal:
        _second_visit(case, at=at)
    telling.of_move(case, MOVES["not-right"], event, {"words": words, **facts}, mailing=mailing)


def _second_visit(case: Case, *, at: datetime) -> None:
    """The next news of the case is the second visit."""
    last = add_working_days(local_date(case, at), SECOND_VISIT_DAYS, case.development.week())
    clocks.promise_news(case, by=end_of_day(case, last), at=at)
    steps.refresh(case, at=at)


def _checked_on_the_spot(session: _Session, case: Case) -> None:
    """On our phone a repair that still waits for our check gets it now: the officer stands before it."""
    if case.status != Status.TO_CHECK or session.witness is None:
        return
    workflow.move(
        case,
        "ask-sign-off",
        by=session.witness,
        at=session.at - timedelta(microseconds=1),
        seen_version=session.seen[case.pk],
        checked_by=session.witness.name,
        basis=Basis.SEEN,
        quiet=True,
    )
    session.seen[case.pk] = case.version


def _noted(session: _Session, case: Case, *, reason: str) -> None:
    """Accepted under protest after the manager's decision: kept with the case, which stays as it was decided."""
    diary.record(
        case,
        EventKind.SIGNED,
        by=session.by,
        at=session.at,
        is_visible=True,
        reason=reason,
        words=session.answers[case].words,
        evidence={"signoff": session.signoff.reference},
    )


def _with_certificate(session: _Session) -> None:
    """Every mail to the home leads to the certificate."""
    label = _("Certificate %(ref)s") % {"ref": session.signoff.reference}
    button = (label, f"/portal/sign-offs/{session.signoff.reference}/")
    session.mailing.told = [
        replace(told, letter=replace(told.letter, buttons=(*told.letter.buttons, button)))
        if told.recipient.audience == Audience.HOMEOWNER and told.recipient.may_confirm
        else told
        for told in session.mailing.told
    ]


def door_of(by: Actor) -> str:
    """By which door this person signs alone."""
    return SignHow.LINK if by.channel == "link" else SignHow.PORTAL
