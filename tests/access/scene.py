"""Everybody who may knock, and one of everything behind the doors. Names in braces in `routes.txt` are made here."""

from datetime import timedelta
from types import SimpleNamespace

from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from accounts import invitations, sessions
from accounts.choices import Role
from cases import drafts, facts, files, links, signing, workflow
from cases.choices import Channel, ClaimedRole, Status
from cases.models import Case, Notice, Report
from cases.papers import RESIDENT_RECORD, certificate, closing, receipt
from contractors.models import Appointment
from defects_portal.imports import runs
from desk.papers import case_record, unit_record
from documents import sendings, shots
from homeowners import papers as link_papers
from homeowners.choices import TenureRole
from homeowners.models import Tenure
from inspections import feeds, visits
from inspections import links as visit_links
from inspections.taking_part import Invited
from ledger.actors import Actor
from outbox.models import OutgoingMail
from tests.factories import accounts, contractors, homeowners, units
from tests.factories.cases import a_fault, evidence_for, fresh, make_case, make_report, make_world
from tests.factories.documents import jpeg, make_stored_file, pdf, sent
from tests.factories.papers import make_ready_paper
from tests.factories.videos import make_video
from units import report_links
from works import list_links
from works.models import DefectList

ROLES = ["anon", "off", "oth", "mgr", "adm", "own", "jnt", "ten", "nei", "for", "bod", "main", "sub", "co", "tok"]


def build():
    """The scene: `.clients` by role and `.names` for the braces."""
    scene = SimpleNamespace(at=timezone.now() - timedelta(days=2), names={})
    scene.world = make_world()
    scene.people = cast(scene.world)
    cases_of(scene)
    pages_of_the_desk(scene)
    links_of_mails(scene)
    drafts_of_hana(scene)
    scene.names["import"] = import_of(scene.people["adm"], scene.at)
    papers_of_all_kinds(scene)
    scene.clients = {role: client_of(user) for role, user in scene.people.items()}
    scene.names["session"] = accounts_session(scene.people["own"])
    scene.clients |= {"anon": Client(), "tok": token_reporter(scene)}
    return scene


def cast(world):
    """The accounts, by the columns of the table."""
    other = units.make_development(code="SIN", name="Sinar Heights")
    units.make_unit(development=other, number="B-1-1")
    olga = accounts.make_user(role=Role.OFFICER, name="Olga Lim", email="olga@demo.example")
    units.limit_officer(olga, other)
    joint = homeowners.make_homeowner(name="Jun Yusof", email="jun@demo.example")
    homeowners.make_tenure(unit=world.unit, homeowner=joint, role=TenureRole.JOINT_OWNER)
    body, _area = homeowners.make_management_body(development=world.development, email="jmb@demo.example")
    siva = contractors.siva(development=world.development, parent=world.company)
    otto = contractors.otto(development=world.development)
    return {
        "off": world.amira,
        "oth": olga,
        "mgr": world.mo,
        "adm": accounts.ada(),
        "own": world.hana.user,
        "jnt": joint.user,
        "ten": homeowners.tariq(unit=world.unit).user,
        "nei": world.noor.user,
        "for": homeowners.farid(unit=world.unit).user,
        "bod": body.user,
        "main": world.company.contacts.get().user,
        "sub": siva.user,
        "co": otto.user,
    }


def import_of(ada, at):
    """A register file that waits for its columns."""
    content = ContentFile(b"Unit,Owner\nA-12-3,Hana Yusof\n", name="homes.csv")
    return runs.take(content, by=ada.actor(), at=at).public_id


def client_of(user):
    """A browser in which this person has just signed in."""
    client = Client()
    client.force_login(user)
    session = client.session
    sessions.prove(session, at=timezone.now())
    session.save()
    return client


def cases_of(scene):
    """KRM-1 with Lim, 2 to confirm, 3 not covered, 4 the tenant's to confirm, 5 hidden, 6 signed."""
    world, at, names = scene.world, scene.at, scene.names
    amira = world.actor("amira")
    photo = make_stored_file(is_developed=True)
    one = make_case(world=world, at=at, status=Status.WITH_CONTRACTOR, faults=[with_files(photo)])
    names["before"] = one.attachments.get().public_id
    add = lambda role, content, name, **more: (  # noqa: E731
        files.attach(
            one,
            [make_stored_file(content=content, name=name, is_developed=name.endswith("jpg"))],
            role=role,
            by=amira,
            at=at,
            **more,
        )[0].public_id
    )
    names["hidden"] = add("other", jpeg(comment=b"hidden"), "hidden.jpg")
    names["cause"] = add("cause", jpeg(comment=b"cause"), "cause.jpg")
    names["film"], names["hidden_film"] = (
        files.attach(one, [make_video(name=name)], role="other", by=amira, at=at, is_visible=shown)[0].public_id
        for name, shown in (("shown.mp4", True), ("hidden.mp4", False))
    )
    names["paper"] = add("document", pdf(), "paper.pdf", is_visible=True)
    two = make_case(world=world, at=at, status=Status.AWAITING_HOMEOWNER, faults=[with_files(stored(b"two"))])
    names["before2"] = two.attachments.filter(role="before").get().public_id
    names["hidden2"] = files.attach(two, [stored(b"hidden2")], role="other", by=amira, at=at)[0].public_id
    three = make_case(world=world, at=at, faults=[a_fault(location="LIV", tile="wall", kind="CRK-H")])
    Case.objects.filter(pk=three.pk).update(priority_id="P3", trade_id="PNT")
    workflow.move(
        fresh(three),
        "close-out-of-scope",
        by=amira,
        at=at,
        seen_version=three.version,
        **evidence_for("close-out-of-scope", world=world, at=at),
    )
    tariq = Tenure.objects.get(homeowner__name="Tariq Aziz").homeowner
    four = make_case(
        world=world, at=at, person=tariq, status=Status.AWAITING_HOMEOWNER, faults=[with_files(stored(b"four"))]
    )
    names["tenants"] = four.attachments.filter(role="before").get().public_id
    five = make_case(world=world, at=at)
    facts.edit(five, seen_version=five.version, by=amira, at=at, is_visible=False)
    names |= {"version2": two.version, "report": one.report_item.report.reference}
    six = make_case(world=world, at=at, status=Status.AWAITING_HOMEOWNER)
    hana = Actor(world.hana.name, "homeowner", world.hana.user_id, world.hana.pk, "portal")
    answers = {six: signing.Answer("accepted")}
    drawn = stored(b"signature")
    signing.sign(
        [six],
        answers,
        by=hana,
        at=at,
        name="Hana Yusof",
        how="portal",
        seen_versions={six: six.version},
        signature=signing.Signature(drawn, drawn.sha256),
    )
    scene.cases = {number: fresh(case) for number, case in enumerate((one, two, three, four, five, six), start=1)}
    assert [case.reference for case in scene.cases.values()] == [f"KRM-{number}" for number in range(1, 7)]


def stored(mark):
    return make_stored_file(content=jpeg(comment=mark), is_developed=True)


def with_files(*kept):
    fault = a_fault()
    return type(fault)(**{**fault.__dict__, "files": list(kept)})


def pages_of_the_desk(scene):
    """A visit, a decision, notices, mails, an unverified report, rows of the registers."""
    world, at, names, amira = scene.world, scene.at, scene.names, scene.world.actor("amira")
    one, two = scene.cases[1], scene.cases[2]
    tomorrow = timezone.now() + timedelta(days=1)
    start = tomorrow.replace(hour=2, minute=0, second=0, microsecond=0)
    window = {"starts_at": start, "ends_at": start + timedelta(hours=3)}
    invited = [Invited(company=world.company)]
    visit = visits.book([one], kind="rectification", who="Lim", invited=invited, by=amira, at=at, **window)
    facts.escalate(fresh(one), why="The neighbour complains as well.", by=amira, at=at)
    world.hana.__class__.objects.filter(pk=world.hana.pk).update(prefers_letter=True)
    facts.made_safe(fresh(one), words="The water was turned off.", by=amira, at=at)
    world.hana.__class__.objects.filter(pk=world.hana.pk).update(prefers_letter=False)
    stranger = make_report(
        world=world,
        person=False,
        at=at,
        channel=Channel.LINK,
        claimed_role=ClaimedRole.TENANT,
        faults=[with_files(stored(b"stranger"))],
    )
    newcomer = accounts.make_user(role=Role.OFFICER, name="Uma Neu", email="uma@demo.example")
    invitations.invite(newcomer, by=scene.people["adm"].actor(), at=at)
    letter = Notice.objects.get(case=one, channel="letter")
    names |= {
        "visit": visit.reference,
        "decision": one.decisions.get().public_id,
        "letter": letter.pk,
        "notice": letter.pk,
        "foreign_notice": Notice.objects.filter(case=two).first().pk,
        "stranger": stranger.reference,
        "unverified": stranger.items.get().attachments.get().public_id,
        "mail": Notice.objects.filter(case=one, mail__isnull=False).first().mail_id,
        "account_mail": OutgoingMail.objects.get(recipient="uma@demo.example").pk,
        "user": newcomer.pk,
        "development": world.development.pk,
        "case": one.pk,
        "hana": world.hana.public_id,
        "tenure": Tenure.objects.get(homeowner=world.hana).pk,
        "contact": world.company.contacts.get().public_id,
        "appointment": Appointment.objects.get(company=world.company).public_id,
        "article": "water-or-steam",
    }
    scene.stranger = stranger


def links_of_mails(scene):
    """What Hana's mails hold, what Farid's old mails hold, the link on the letter of the home and the one before it."""
    world, names = scene.world, scene.names
    seller = Tenure.objects.get(homeowner__name="Farid Omar").homeowner
    for name, person, purpose, about in (
        ("action", world.hana, links.ACTION, {"case": scene.cases[2].pk, "action": "confirm"}),
        ("hidden_action", world.hana, links.ACTION, {"case": scene.cases[5].pk, "action": "confirm"}),
        ("sellers_action", seller, links.ACTION, {"case": scene.cases[2].pk, "action": "confirm"}),
        ("sign", world.hana, links.SIGN, {"cases": [scene.cases[2].pk, scene.cases[5].pk], "action": "sign"}),
        ("sellers_sign", seller, links.SIGN, {"cases": [scene.cases[2].pk], "action": "sign"}),
        ("claim", world.hana, links.TENANT, {"report": scene.stranger.pk, "action": "yes"}),
        ("sellers_claim", seller, links.TENANT, {"report": scene.stranger.pk, "action": "yes"}),
        ("photos", world.hana, links.PHOTOS, {"case": scene.cases[1].pk, "action": "photos"}),
        ("sellers_photos", seller, links.PHOTOS, {"case": scene.cases[1].pk, "action": "photos"}),
    ):
        slot = {"purpose": purpose, "homeowner": person.pk, **about}
        names[name] = links.mint(SimpleNamespace(recipient=person.email), slot).rstrip("/").rsplit("/", 1)[-1]
    visit = scene.cases[1].visits.first()
    for name, person in (("visit_link", world.hana), ("sellers_visit_link", seller)):
        slot = {"purpose": "visit", "visit": visit.pk, "action": "slots", "homeowner": person.pk}
        address = visit_links.mint(SimpleNamespace(recipient=person.email), slot)
        names[name] = address.rstrip("/").rsplit("/", 1)[-1]
    names["feed"] = feeds.make(scene.people["off"], at=scene.at)
    names["sellers_feed"] = feeds.make(scene.people["for"], at=scene.at)
    photo_link = Client().post(
        f"/portal/photos/{names['photos']}/videos/", {"key": "k", "name": "leak.mp4", "size": "9"}
    )
    names["photos_sending"] = photo_link.json()["url"].rstrip("/").rsplit("/", 1)[-1]
    made = DefectList.objects.order_by("number").first()
    mail = SimpleNamespace(recipient="lim@demo.example")
    address = list_links.mint(mail, {"purpose": "defect-list", "list": made.pk, "name": "Lim Wei"})
    names["list_link"] = address.rstrip("/").rsplit("/", 1)[-1]
    names |= {"list": made.reference, "order": made.lines.first().order.reference}
    names["dead_link"] = report_links.token(world.unit)
    report_links.revoke(world.unit, by=world.actor("amira"), at=scene.at)
    names["link"] = report_links.token(world.unit)


def papers_of_all_kinds(scene):
    """One PDF of each kind, as a worker would have left it: who may have it is asked of rows, not of its bytes."""
    one, hana = scene.cases[1], Tenure.objects.get(homeowner=scene.world.hana)
    report = one.report_item.report
    kinds = {
        "office_record": (case_record.KEY, "case", one.pk, {}),
        "home_record": (RESIDENT_RECORD, "case", one.pk, {"tenure": hana.pk}),
        "unit_record": (unit_record.KEY, "unit", one.unit_id, {}),
        "receipt_own": (receipt.KEY, "report", report.pk, receipt.RESIDENT),
        "receipt_file": (receipt.KEY, "report", report.pk, receipt.STAFF),
        "closing_letter": (closing.KEY, "closing-letter", scene.cases[3].letters.get().pk, {}),
        "certificate": (certificate.KEY, certificate.KEY, scene.cases[6].signoff_lines.get().signoff_id, {}),
        "link_letter": (link_papers.LETTER, "unit", one.unit_id, {}),
        "link_cards": (link_papers.CARDS, "development", one.development_id, {}),
    }
    for name, (key, subject, subject_id, parameters) in kinds.items():
        paper = make_ready_paper(key, subject=subject, subject_id=subject_id, parameters=parameters, at=scene.at)
        scene.names[name] = paper.public_id


def drafts_of_hana(scene):
    """A report that Hana is writing, and a photo that she has just uploaded for a message."""
    by = Actor("Hana Yusof", "homeowner", scene.people["own"].pk, None, "portal")
    draft = drafts.start(scene.world.unit, user=scene.people["own"], at=timezone.now())
    item = draft.items.get()
    fault = a_fault()
    drafts.save_item(
        item,
        at=timezone.now(),
        location=fault.location,
        element_tile="ceiling",
        defect_type=fault.defect_type,
        words="A drop falls from the ceiling.",
    )
    file = make_stored_file(content=jpeg(comment=b"draft"), by=by, is_developed=True)
    drafts.add_photo(item, file, by=by, at=timezone.now())
    kept = make_stored_file(content=jpeg(comment=b"kept"), by=by, is_developed=True)
    scene.names |= {
        "sending": sending_of(f"user:{by.user_id}"),
        "draft_sending": sending_of(f"draft:{draft.key}:1"),
    }
    scene.names |= {"draft": draft.key, "draft_photo": file.public_id, "kept": kept.public_id}


def sending_of(holder):
    """A video that this holder has begun to send."""
    sending = sendings.begin(holder=holder, client_key="phone", name="leak.mp4", size=1000, at=timezone.now())
    return sending.public_id


def accounts_session(user):
    """Another session of this person, on another device."""
    from allauth.usersessions.models import UserSession

    key = client_of(user).session.session_key
    return UserSession.objects.create(user=user, session_key=key, ip="127.0.0.1", user_agent="Phone").pk


def token_reporter(scene):
    """The browser of somebody who only holds the link of the home and has begun a report by it."""
    client, start = Client(), f"/report/{scene.names['link']}/"
    assert client.post(start, {"room": "MBA"}).status_code == 302
    answer = client.post(f"{start}1/photos/", {shots.NAME: sent(jpeg(comment=b"token"))})
    scene.names["link_photo"] = answer.json()["thumb"].rstrip("/").rsplit("/", 1)[-1]
    begun = client.post(f"{start}1/videos/", {"key": "phone", "name": "leak.mp4", "size": "1000"})
    scene.names["link_sending"] = begun.json()["url"].rstrip("/").rsplit("/", 1)[-1]
    client.post(f"{start}1/", {"part": "ceiling"})
    client.post(f"{start}1/", {"kind": "LEAK"})
    assert Report.objects.count() == len(scene.cases) + 1
    return client
