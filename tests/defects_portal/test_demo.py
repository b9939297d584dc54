"""The demonstration: deterministic, complete, only with DEBUG."""

import re
from io import StringIO
from random import Random
from types import SimpleNamespace

import pytest
from django.core import management
from django.core.management import CommandError
from django.db.models import Count
from django.utils import timezone

from accounts.models import User
from cases.choices import DecisionState, Status
from cases.models import Case, CaseEvent, DecisionRequest, Report
from defects_portal.demo import show, stage, stories
from defects_portal.management.commands.up import Command
from units.models import Development

pytestmark = pytest.mark.django_db

PEOPLE = "amira mo ada hana tariq noor farid lim siva otto"


@pytest.fixture(scope="module")
def shown(django_db_setup, django_db_blocker, tmp_path_factory):
    """The stories once for all tests of the module, taken away afterwards."""
    from django.conf import settings
    from django.db import transaction

    with django_db_blocker.unblock():
        before = settings.MEDIA_ROOT
        settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")
        with transaction.atomic():
            point = transaction.savepoint()
            show.make(now=timezone.now(), random=Random(1))
            yield
            transaction.savepoint_rollback(point)
        settings.MEDIA_ROOT = before


def test_it_is_refused_when_debug_is_off(settings):
    settings.DEBUG = False
    with pytest.raises(CommandError):
        management.call_command("demo")


def test_every_picture_of_a_story_is_there():
    told = [*stories.CAST_STORIES, *stories.POOL]
    names = {name for story in told for name in (story.photos if hasattr(story, "photos") else story[4])}
    assert all(stage.place_of(name).is_file() for name in names)


@pytest.mark.usefixtures("shown")
class TestStories:
    """One demonstration, looked at from several sides."""

    def test_sixty_cases_in_three_developments_and_every_state(self):
        assert Case.objects.count() == show.STORIES
        assert Development.objects.count() == 3
        assert set(Case.objects.values_list("status", flat=True)) == set(Status.values)

    def test_all_people_of_the_surface_page_can_sign_in(self):
        for name in PEOPLE.split():
            assert User.objects.get(email=f"{name}@demo.example").check_password("demo-pass-1"), name

    def test_a_contractor_speaks_through_its_own_people(self):
        said = CaseEvent.objects.filter(move="report-done").select_related("case__work_company")
        names = [(row.evidence["said_by"], row.case.work_company) for row in said if row.case.work_company]
        assert names
        assert all(company.contacts.filter(name=name).exists() for name, company in names)

    def test_what_a_homeowner_reads_of_a_call_speaks_to_the_homeowner(self):
        told = [act[2] for story in stories.CAST_STORIES for act in story.acts if act[1] == "call"]
        assert told
        assert not [words for words in told if re.search(r"\b(she|her|he|him|his)\b", words, re.I)]

    def test_one_report_is_long_enough_for_the_triage_sheet(self):
        assert Report.objects.annotate(n=Count("items__case")).filter(n=8).exists()

    def test_a_manager_finds_something_to_decide(self):
        assert DecisionRequest.objects.filter(state=DecisionState.WAITING).exists()

    def test_the_start_names_the_cast_alone_and_the_address_last(self, settings):
        settings.DEBUG = False
        said = StringIO()
        command = Command(stdout=said)
        command.list_demo_people()
        command.greet(SimpleNamespace(name="none", url="redis://nowhere"))
        assert said.getvalue().count("@demo.example") == len(PEOPLE.split())
        assert "http://localhost:" in said.getvalue().strip().splitlines()[-1]
