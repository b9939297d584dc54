"""Mails about a whole report: the receipt, the alert, the question to the owners (workflow.md section 6)."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases import notices, people
from cases.choices import Audience
from cases.mailing import Mailing
from cases.models import Attachment, Case, Report
from cases.people import Recipient
from cases.together import MOST_PICTURES
from cases.told import Picture, Told
from homeowners.models import Tenure
from ledger.actors import Actor
from outbox import layout
from units.wording import day, when


def send_receipt(report: Report, *, mailing: Mailing, at: datetime) -> None:
    """The numbered receipt with the list and the pictures: the homeowner's written record. No owner data in it."""
    if not (report.reporter_email or report.reporter):
        return
    items, firsts = _items(report)
    pictures = firsts + _further(report, firsts)
    home = report.unit.number
    count = len(items)
    received = when(report.received_at, report.development.tz)
    subject = ngettext("%(n)d defect in %(home)s", "%(n)d defects in %(home)s", count) % {"n": count, "home": home}
    letter = layout.Letter(
        eyebrow=_("Report %(ref)s") % {"ref": report.reference},
        title=_("We have your report"),
        lead=_("We received this on %(received)s; this e-mail is your written record.") % {"received": received},
        items=items,
        pictures=[layout.Picture(n, pictures[n - 1][1]) for n in range(len(firsts) + 1, len(pictures) + 1)],
        next=_next_news(report),
        caution=_caution(report),
        buttons=[(_("See your report"), f"/portal/reports/{report.reference}/")] if report.is_verified else (),
        signature=_signature(report),
        footer=notices.footer(report.development, Audience.HOMEOWNER),
    )
    subject = _("We have your report: %(what)s (%(ref)s)") % {"what": subject, "ref": report.reference}
    mailing.add([Told(_reporter(report), "receipt", subject, letter, report=report, pictures=tuple(pictures))])


def _reporter(report: Report) -> Recipient:
    person = report.reporter
    email = report.reporter_email or (person.email if person else "")
    if person and person.prefers_letter:
        email = ""
    return Recipient(
        Audience.HOMEOWNER, report.reporter_name, email, report.reporter_phone, person.pk if person else None
    )


def _items(report: Report, *, of: Sequence[Case] = ()) -> tuple[list[layout.Item], list[Picture]]:
    """What was reported, with one picture each; of some cases only what became these."""
    items: list[layout.Item] = []
    pictures: list[Picture] = []
    shown = {
        row.report_item_id: row.file
        for row in Attachment.objects.pictures()
        .filter(report_item__report=report)
        .select_related("file")
        .order_by("-pk")
    }
    wanted = report.items.filter(case__in=of) if of else report.items.all()
    for item in wanted.select_related("location", "defect_type"):
        title = f"{item.location}: {item.chosen}" if item.chosen else str(item.location)
        picture = None
        if item.pk in shown and len(pictures) < MOST_PICTURES:
            pictures.append((shown[item.pk], title))
            picture = layout.Picture(len(pictures), title)
        items.append(layout.Item(title, item.words, picture))
    return items, pictures


def _further(report: Report, shown: Sequence[Picture]) -> list[Picture]:
    """The photographs beside the first of each defect: a record that lacks them is not the whole record."""
    known = {file.pk for file, _title in shown}
    rows = Attachment.objects.pictures().filter(report_item__report=report).exclude(file__in=known)
    found = rows.select_related("file", "report_item__location").order_by("report_item__position", "pk")
    return [(row.file, str(row.report_item.location)) for row in found[: MOST_PICTURES - len(shown)]]


def _next_news(report: Report) -> str:
    if not report.is_verified:
        return _("We check first who lives there, then we write to you. Anything dangerous goes on at once.")
    due = (
        report.items.filter(case__isnull=False)
        .order_by("case__update_due_at")
        .values_list("case__update_due_at", flat=True)
    )
    first = due.first()
    officer = report.development.default_officer
    name = people.first_name(officer.name) if officer else report.development.name
    if first is None:
        return _("%(name)s writes to you.") % {"name": name}
    on = day(first.astimezone(report.development.tz).date())
    return _("%(name)s writes to you by %(day)s.") % {"name": name, "day": on}


def _caution(report: Report) -> layout.Caution | None:
    """Do this now, when anything reported is urgent."""
    texts = {item.defect_type.do_now for item in report.items.select_related("defect_type") if item.defect_type}
    text = " ".join(sorted(text for text in texts if text))
    if not text:
        return None
    return layout.Caution(_("Do this now"), text, report.development.emergency_phone)


def _signature(report: Report) -> layout.Signature:
    development = report.development
    officer = development.default_officer
    return layout.Signature(
        officer.name if officer else development.name, "", development.office_phone, development.office_hours
    )


def send_verified(report: Report, *, mailing: Mailing, at: datetime) -> None:
    """We know now who reported."""
    letter = layout.Letter(
        eyebrow=_("Report %(ref)s") % {"ref": report.reference},
        title=_("We are looking into your report"),
        lead=_("Thank you, we checked your details on %(day)s.")
        % {"day": day(at.astimezone(report.development.tz).date())},
        next=_next_news(report),
        buttons=[(_("See your report"), f"/portal/reports/{report.reference}/")],
        signature=_signature(report),
        footer=notices.footer(report.development, Audience.HOMEOWNER),
    )
    subject = _("We are looking into your report (%(ref)s)") % {"ref": report.reference}
    mailing.add([Told(_reporter(report), "verified", subject, letter, report=report)])


def send_refusal(report: Report, words: str, *, mailing: Mailing, at: datetime) -> None:
    """The report was not for us, and why."""
    if not report.reporter_email:
        return
    letter = layout.Letter(
        eyebrow=_("Report %(ref)s") % {"ref": report.reference},
        title=_("We cannot act on your report"),
        paragraphs=words.split("\n\n"),
        next=_("If this is wrong, please call us: %(phone)s.") % {"phone": report.development.office_phone},
        signature=_signature(report),
        footer=notices.footer(report.development, Audience.HOMEOWNER),
    )
    subject = _("About your report (%(ref)s)") % {"ref": report.reference}
    mailing.add([Told(_reporter(report), "refused", subject, letter, report=report)])


def ask_owners(report: Report, *, mailing: Mailing, at: datetime) -> None:
    """A tenant we do not know reported: each owner says yes or no by a link that shows only this (workflow.md 4)."""
    today = at.astimezone(report.development.tz).date()
    owners = Tenure.objects.filter(unit_id=report.unit_id).in_force(today).owners().select_related("homeowner")
    count = report.items.count()
    for row in owners:
        person = row.homeowner
        slot = {"purpose": "tenant-claim", "report": report.pk, "homeowner": person.pk, "name": person.name}
        letter = layout.Letter(
            eyebrow=str(report.unit),
            title=_("Is this your tenant?"),
            lead=ngettext(
                "%(name)s reported a defect in %(home)s and says to rent it from you.",
                "%(name)s reported %(n)d defects in %(home)s and says to rent it from you.",
                count,
            )
            % {"name": report.reporter_name, "home": report.unit.number, "n": count},
            next=_("Your answer lets us deal with the report. Nothing about you was shown to this person."),
            buttons=[(_("Yes, my tenant"), "[[link:yes]]"), (_("I do not know this person"), "[[link:no]]")],
            signature=_signature(report),
            footer=notices.footer(report.development, Audience.HOMEOWNER),
        )
        subject = _("Is this your tenant? %(home)s (%(ref)s)") % {"home": report.unit.number, "ref": report.reference}
        person_told = Recipient(
            Audience.HOMEOWNER,
            person.name,
            "" if person.prefers_letter else person.email,
            person.phone,
            person.pk,
            may_confirm=True,
        )
        links = {"yes": slot | {"action": "yes"}, "no": slot | {"action": "no"}}
        mailing.add([Told(person_told, "tenant-claim", subject, letter, report=report, links=links)])


def send_alerts(report: Report, cases: Sequence[Case], *, mailing: Mailing, at: datetime) -> None:
    """The officer of the cases is told at once; of a P1 the manager too. One mail for a report with several defects.

    Nobody is alerted of what they have just entered themselves.
    """
    urgent = [case for case in cases if case.priority_id == "P1"]
    officers = people.officers_of(cases[0])
    managers = [user for user in people.managers_of(cases[0]) if user not in officers] if urgent else []
    for group, users in ((cases, officers), (urgent, managers)):
        recipients = people.staff(users, but=_enterer(report, mailing))
        if len(group) > MANY:
            mailing.add(_alert_for_many(report, group, person) for person in recipients)
            continue
        for case in group:
            _alert(report, case, recipients, mailing=mailing)


def _enterer(report: Report, mailing: Mailing) -> Actor | None:
    """Who enters the report in this very act; who verifies it later did not enter it."""
    return mailing.by if report.logged_at == mailing.at else None


def ask_to_verify(report: Report, *, mailing: Mailing) -> None:
    """A report of somebody unknown waits for the officer, who hears of it; not when that officer entered it."""
    items, pictures = _items(report)
    count = len(items)
    facts = {
        "n": count,
        "home": report.unit.number,
        "ref": report.reference,
        "name": report.reporter_name,
        "when": when(report.received_at, report.development.tz),
    }
    letter = layout.Letter(
        eyebrow=str(report.unit),
        title=_("Please verify who reported"),
        lead=ngettext(
            "%(name)s reported %(n)d defect on %(when)s and is not known at this home.",
            "%(name)s reported %(n)d defects on %(when)s and is not known at this home.",
            count,
        )
        % facts,
        items=items,
        next=_("Until then no case is open, except for what may be dangerous."),
        buttons=[(_("Open the report"), f"/intake/{report.reference}/")],
        signature=_signature(report),
        footer=report.development.name,
    )
    subject = ngettext(
        "Please verify: %(n)d defect, %(home)s (%(ref)s)", "Please verify: %(n)d defects, %(home)s (%(ref)s)", count
    )
    for person in people.staff(people.officers_for(report.development), but=_enterer(report, mailing)):
        mailing.add([Told(person, "verify", subject % facts, letter, report=report, pictures=tuple(pictures))])


MANY = 3
"""More defects than this in one report: the alert leads to the triage sheet."""


def _alert(report: Report, case: Case, recipients: Sequence[Recipient], *, mailing: Mailing) -> None:
    pictures = list(case.attachments.pictures().select_related("file"))
    event = case.events.order_by("pk").first()
    notices.tell(
        case,
        event,
        "alert" if report.is_verified else "safety",
        recipients,
        mailing=mailing,
        words=case.report_item.words,
        pictures=pictures,
        name=people.first_name(report.reporter_name),
        photos=notices.picture_count(len(pictures)),
        cover=notices.cover_words(case, mailing.at),
        due=when(case.acknowledge_due_at or mailing.at, report.development.tz),
    )


def _alert_for_many(report: Report, cases: Sequence[Case], person: Recipient) -> Told:
    items, pictures = _items(report, of=cases)
    worst = min(cases, key=lambda case: case.priority.order).priority_id
    letter = layout.Letter(
        eyebrow=str(report.unit),
        title=_("%(n)d new defects") % {"n": len(cases)},
        lead=_("%(name)s reported them %(received)s.")
        % {"name": report.reporter_name, "received": when(report.received_at, report.development.tz)},
        items=items,
        buttons=[(_("Open triage sheet"), f"/cases/triage/{report.reference}/")],
        signature=_signature(report),
        footer=report.development.name,
    )
    subject = _("New %(priority)s: %(n)d defects, %(home)s (%(ref)s)") % {
        "priority": worst,
        "n": len(cases),
        "home": report.unit.number,
        "ref": report.reference,
    }
    event = cases[0].events.order_by("pk").first()
    return Told(person, "alert", subject, letter, report=report, event=event, pictures=tuple(pictures))
