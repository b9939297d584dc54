"""Acts the stories out with the same verbs that the pages call, at the times the stories name."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from cases import decisions, files, holds, intake, talk, workflow
from cases.choices import Channel
from cases.dates import end_of_day, local_date
from cases.intake import Arrival, Fault, Reporter
from cases.models import Case, Report
from catalogue.choices import ElementTile
from catalogue.models import DefectType, Location
from contractors.appointments import for_trade
from defects_portal.demo.stories import Story
from documents import renditions, uploads, videos
from documents.choices import PICTURES as PICTURES_TAKEN
from documents.models import StoredFile
from homeowners.models import Homeowner, Tenure
from inspections import visits
from ledger.actors import Actor
from units.models import Unit
from works import orders
from works.choices import WaitReason

PICTURES = Path(__file__).parent / "pictures"


def place_of(name: str) -> Path:
    """The file of a drawn picture; the name of a video has its ending."""
    return PICTURES / (name if "." in name else f"{name}.jpg")


class Stage:
    """The office and the moment from which stories count back."""

    def __init__(self, *, now: datetime, staff: dict[str, User], random: Random) -> None:
        self.now = now
        self.staff = staff
        self.random = random
        self.pictures: dict[str, StoredFile] = {}

    def play(self, story: Story, unit: Unit, person: Homeowner) -> Report:
        """Report, then act by act; each act sees the case as the one before left it."""
        at = self.now - timedelta(days=story.ago)
        by = self._resident(person)
        told = [story, *story.also]
        report = intake.file_report(
            unit,
            reporter=Reporter(person.name, person.email, person.phone, person=person, how=["Signed in to the portal"]),
            arrival=Arrival(story.channel, at, at, at if story.channel == Channel.PORTAL else None),
            faults=[self._fault(one, by, at) for one in told],
            by=by if story.channel == Channel.PORTAL else self._officer(unit),
            at=at,
        )
        for case in Case.objects.filter(report_item__report=report):
            moment = at
            for act in story.acts:
                moment = max(_in_the_day(case, at + timedelta(days=act[0])), moment + timedelta(minutes=35))
                self._act(case, act, person, moment)
        return report

    def _act(self, case: Case, act: tuple[Any, ...], person: Homeowner, at: datetime) -> None:
        if at < self.now:
            self._decide(case, at - timedelta(minutes=20))
            fresh = Case.objects.for_page().get(pk=case.pk)
            ACTS[act[1]](self, fresh, person, at, *act[2:])

    def _decide(self, case: Case, at: datetime) -> None:
        """What waits for the manager is approved before the story goes on; a last act's request stays waiting."""
        for request in case.decisions.waiting().select_related("case__development"):
            fresh = Case.objects.for_page().get(pk=case.pk)
            request.case = fresh
            decisions.approve(
                request, by=self.staff["mo"].actor(), at=at, seen_version=fresh.version, remarks="Agreed."
            )

    def _fault(self, story: Story, by: Actor, at: datetime) -> Fault:
        return Fault(
            location=Location.objects.get(code=story.room),
            element_tile=story.tile if story.tile in ElementTile.values else ElementTile.OTHER,
            defect_type=DefectType.objects.get(code=story.kind),
            words=story.words,
            answers=story.answers,
            files=[self.picture(name, by=by, at=at) for name in story.photos],
        )

    def picture(self, name: str, *, by: Actor, at: datetime) -> StoredFile:
        """A drawn picture (or video) as a photo, with its sizes made; stored once, shown in several homes."""
        if name not in self.pictures:
            path = place_of(name)
            file = uploads.store(SimpleUploadedFile(path.name, path.read_bytes()), by=by, at=at, allow=PICTURES_TAKEN)
            renditions.make(file.pk, at=self.now)
            videos.make(file.pk, at=self.now)
            self.pictures[name] = file
        return self.pictures[name]

    def officer(self, case: Case) -> Actor:
        """Who works this case."""
        return (case.officer or self.staff["amira"]).actor()

    def _officer(self, unit: Unit) -> Actor:
        return (unit.development.default_officer or self.staff["amira"]).actor()

    def _resident(self, person: Homeowner) -> Actor:
        return Actor(person.name, "homeowner", person.user_id, person.pk, "portal")

    def move(self, case: Case, name: str, at: datetime, /, *, by: Actor | None = None, **given: Any) -> None:
        """One move by the case's officer unless told otherwise."""
        workflow.move(case, name, by=by or self.officer(case), at=at, seen_version=case.version, **given)

    def review(self, case: Case, person: Homeowner, at: datetime) -> None:
        """The officer starts."""
        self.move(case, "start-review", at)

    def accept(self, case: Case, person: Homeowner, at: datetime, words: str) -> None:
        """Ours to repair."""
        self.move(case, "accept", at, words=words, why="Found during the first year; to be repaired.")

    def send(self, case: Case, person: Homeowner, at: datetime, words: str) -> None:
        """To the contractor of this trade."""
        company = for_trade(case.development, case.trade, local_date(case, at))
        due = end_of_day(case, local_date(case, at + timedelta(days=12)))
        company_id = company.pk if company else None
        why = "Cover is not certain, but the fault was there at handover."
        self.move(case, "accept-and-send", at, words=words, company_id=company_id, due_at=due.isoformat(), why=why)

    def said(self, case: Case, person: Homeowner, at: datetime, stage: str, proof: str, note: str = "") -> None:
        """What the contractor told us."""
        order = case.work_orders.live().get(cycle=case.cycle)
        seen = order.version
        told: dict[str, Any] = {"by": self.officer(case), "at": at, "said_by": speaker(case), "proof": proof}
        if stage == "waiting":
            orders.wait(order, reason=WaitReason.PARTS, words=note, seen_version=seen, **told)
        else:
            {"accepted": orders.accept, "under-way": orders.start}[stage](order, seen_version=seen, **told)

    def message(self, case: Case, person: Homeowner, at: datetime, words: str) -> None:
        """Update resident."""
        talk.update(case, words=words, by=self.officer(case), at=at)

    def note(self, case: Case, person: Homeowner, at: datetime, words: str) -> None:
        """Internal."""
        talk.note(case, words=words, by=self.officer(case), at=at)

    def call(self, case: Case, person: Homeowner, at: datetime, words: str) -> None:
        """A call out."""
        talk.call(
            case, words=words, with_whom=person.name, direction="out", also_mail=True, by=self.officer(case), at=at
        )

    def reply(self, case: Case, person: Homeowner, at: datetime, words: str) -> None:
        """The homeowner writes."""
        talk.reply(case, words=words, by=self._resident(person), at=at)

    def question(self, case: Case, person: Homeowner, at: datetime, words: str, days: int) -> None:
        """Ask the homeowner."""
        until = end_of_day(case, local_date(case, at + timedelta(days=days)))
        talk.ask(case, words=words, until_at=until, by=self.officer(case), at=at)

    def hold(self, case: Case, person: Homeowner, at: datetime, reason: str, days: int, words: str) -> None:
        """Pause."""
        until = end_of_day(case, local_date(case, at + timedelta(days=days)))
        holds.hold(case, reason=reason, until_at=until, words=words, by=self.officer(case), at=at)

    def visit(self, case: Case, person: Homeowner, at: datetime, kind: str, days: int) -> None:
        """Book a visit, in the morning."""
        start = end_of_day(case, local_date(case, at + timedelta(days=days))).replace(hour=9, minute=0)
        who = speaker(case) if kind == "rectification" else "Amira Rahman"
        visits.book(
            [case],
            kind=kind,
            starts_at=start,
            ends_at=start + timedelta(hours=3),
            who=who,
            by=self.officer(case),
            at=at,
        )

    def done(self, case: Case, person: Homeowner, at: datetime, method: str, photo: str) -> None:
        """Repaired, with a picture."""
        by = self.officer(case)
        file = self.picture(photo, by=by, at=at)
        before = case.attachments.filter(role="before").first()
        files.attach(
            case, [file], role="after", caption="After the repair", pair_of=before, is_visible=True, by=by, at=at
        )
        self.move(case, "report-done", at, said_by=speaker(case), proof="Mail with pictures", method_note=method)

    def ask(self, case: Case, person: Homeowner, at: datetime, who: str) -> None:
        """Looks right: ask the homeowner."""
        self.move(case, "ask-sign-off", at, checked_by=who, basis="pictures")

    def back(self, case: Case, person: Homeowner, at: datetime, words: str) -> None:
        """Not good enough."""
        self.move(case, "send-back", at, words=words)

    def confirm(self, case: Case, person: Homeowner, at: datetime) -> None:
        """Yes, it is fixed."""
        self.move(case, "confirm", at, by=self._resident(person), name=person.name)

    def not_right(self, case: Case, person: Homeowner, at: datetime, words: str) -> None:
        """No, not yet."""
        self.move(case, "not-right", at, by=self._resident(person), words=words)

    def reopen(self, case: Case, person: Homeowner, at: datetime, words: str) -> None:
        """It came back."""
        self.move(case, "reopen", at, by=self._resident(person), words=f"{words} The same place as before.")

    def refuse(self, case: Case, person: Homeowner, at: datetime, reason: str, words: str, rule: str) -> None:
        """Not covered."""
        self.move(case, "close-out-of-scope", at, reason=reason, words=words, rule=rule, why=words)

    def withdraw(self, case: Case, person: Homeowner, at: datetime, words: str) -> None:
        """The homeowner does not need it any more."""
        self.move(case, "close-other", at, reason="withdrawn", words=words)


def speaker(case: Case) -> str:
    """Who speaks for the contractor that has the case."""
    contact = case.work_company.contacts.order_by("pk").first() if case.work_company else None
    return contact.name if contact else str(case.work_company or "")


def _in_the_day(case: Case, at: datetime) -> datetime:
    """People of the demonstration work and write between eight and eight at the home."""
    local = at.astimezone(case.development.tz)
    if 8 <= local.hour < 20:
        return at
    return local.replace(hour=9 + local.minute % 9)


ACTS: dict[str, Callable[..., None]] = {
    "review": Stage.review,
    "accept": Stage.accept,
    "send": Stage.send,
    "said": Stage.said,
    "message": Stage.message,
    "note": Stage.note,
    "call": Stage.call,
    "reply": Stage.reply,
    "question": Stage.question,
    "hold": Stage.hold,
    "visit": Stage.visit,
    "done": Stage.done,
    "ask": Stage.ask,
    "back": Stage.back,
    "confirm": Stage.confirm,
    "not-right": Stage.not_right,
    "reopen": Stage.reopen,
    "refuse": Stage.refuse,
    "withdraw": Stage.withdraw,
}


def owner_of(unit: Unit, at: datetime) -> Homeowner:
    """Who holds a home then."""
    day = at.astimezone(unit.development.tz).date()
    return Tenure.objects.filter(unit=unit).in_force(day).may_confirm().select_related("homeowner__user")[0].homeowner
