"""What a contractor sees of a case: where, what, until when, pictures. No name and no phone of a resident."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from cases.choices import Audience, Status
from cases.headlines import headline, pill
from cases.models import Attachment, Case
from units.wording import when

PICTURES_OF_A_JOB = 3


@dataclass
class Job:
    """One case as one row."""

    case: Case
    state: str
    pill: str
    due: str
    is_late: bool
    pictures: list[Attachment] = field(default_factory=list)


@dataclass
class Home:
    """The jobs in one home."""

    title: str
    place: str
    jobs: list[Job] = field(default_factory=list)


@dataclass(frozen=True)
class Work:
    """The page: homes in the order of their first due date, and three counts."""

    homes: list[Home]
    new: int
    late: int
    booked: int
    total: int


def work(cases: Iterable[Case], pictures: Iterable[Attachment], *, at: datetime) -> Work:
    """Groups cases by home, those with work to do first; asks nothing of the database."""
    jobs = [_job(case, at=at) for case in sorted(cases, key=lambda case: case.status != Status.WITH_CONTRACTOR)]
    by_case = {job.case.pk: job for job in jobs}
    for picture in pictures:
        job = by_case.get(picture.case_id or 0)
        if job and len(job.pictures) < PICTURES_OF_A_JOB:
            job.pictures.append(picture)
    homes: dict[int, Home] = {}
    for job in jobs:
        unit = job.case.unit
        home = homes.setdefault(unit.pk, Home(unit.number, _place(job.case)))
        home.jobs.append(job)
    return Work(
        list(homes.values()),
        new=sum(1 for job in jobs if job.case.step == "contractor-new"),
        late=sum(1 for job in jobs if job.is_late),
        booked=sum(1 for job in jobs if job.case.step == "repair-booked"),
        total=len(jobs),
    )


def _job(case: Case, *, at: datetime) -> Job:
    due = case.work_due_at
    is_with_them = case.status == Status.WITH_CONTRACTOR
    return Job(
        case,
        state=headline(case, Audience.CONTRACTOR),
        pill=pill(case),
        due=when(due, case.development.tz) if due and is_with_them else "",
        is_late=bool(due and due < at and is_with_them),
    )


def _place(case: Case) -> str:
    block = case.unit.block.name if case.unit.block else ""
    return ", ".join(part for part in (block, case.development.name, case.development.address) if part)
