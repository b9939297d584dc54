"""Settings come from the environment; an odd value is refused with a sentence, and a careless one does not start."""

import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from defects_portal.environment import Environment, broker, database, mail
from tests.conventions.sources import ROOT, python_files

PRODUCTION = {
    "PATH": os.environ["PATH"],
    "SECRET_KEY": "vBd1-a-key-that-is-long-enough-9fXq2LmPzR7tKw0sYc4hJ-and-has-many-characters",
    "BASE_URL": "https://defects.example.com",
    "EMAIL_URL": "smtp://localhost:25",
}


def manage(*words, **environment):
    """Runs one command as its own process with only this environment."""
    return subprocess.run(
        [sys.executable, "-W", "error::UserWarning", "manage.py", *words],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (lambda env: env.flag("NAME", default=True), "perhaps"),
        (lambda env: env.number("NAME", 1, low=1, high=9), "ten"),
        (lambda env: env.number("NAME", 1, low=1, high=9), "10"),
        (lambda env: env.number("NAME", 1, low=1, high=9), "-1"),
        (lambda env: env.zone("NAME", "UTC"), "Asia/Atlantis"),
        (lambda env: env.one_of("NAME", "teal", ("teal", "blue")), "mauve"),
        (lambda env: env.web_address("NAME", ""), "defects.example.com"),
        (lambda env: env.web_address("NAME", ""), "https://example.com/path"),
        (lambda env: env.web_address("NAME", ""), "ftp://example.com"),
    ],
)
def test_an_odd_value_is_refused_with_its_name(read, value):
    with pytest.raises(ImproperlyConfigured, match="NAME=.*" + value.split("/")[0]):
        read(Environment({"NAME": value}))


@pytest.mark.parametrize("word", ["1", "TRUE", " yes ", "On"])
def test_a_yes_is_understood(word):
    assert Environment({"NAME": word}).flag("NAME", default=False) is True


def test_an_empty_value_means_the_default():
    env = Environment({"NAME": "  "})

    assert env.flag("NAME", default=True) is True
    assert env.number("NAME", 7, low=1, high=9) == 7
    assert env.words("NAME", "a, b") == ["a", "b"]


def test_sqlite_is_set_up_for_many_writers(tmp_path):
    options = database("", tmp_path)["OPTIONS"]

    assert options["transaction_mode"] == "IMMEDIATE"
    assert options["timeout"] == 20
    assert "journal_mode=WAL" in options["init_command"]


def test_postgresql_takes_its_socket_from_the_address(tmp_path):
    settings = database("postgresql://portal:a%40b@/cases?host=/run/postgresql", tmp_path)

    assert (settings["HOST"], settings["NAME"], settings["PASSWORD"]) == ("/run/postgresql", "cases", "a@b")
    assert "statement_timeout" in settings["OPTIONS"]["options"]


@pytest.mark.parametrize("url", ["mysql://localhost/cases", "sqlite://"])
def test_an_odd_database_is_refused(url, tmp_path):
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        database(url, tmp_path)


@pytest.mark.parametrize("url", ["http://localhost", "smtp://", "localhost:25"])
def test_an_odd_mail_server_is_refused(url):
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL"):
        mail(url, debug=True)


def test_a_server_without_mail_does_not_start():
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL"):
        mail("", debug=False)


@pytest.mark.parametrize("url", ["http://localhost", "localhost:6379", "amqp://localhost"])
def test_an_odd_broker_is_refused(url):
    with pytest.raises(ImproperlyConfigured, match="REDIS_URL"):
        broker(url)


def test_the_broker_never_holds_up_a_process_for_long():
    _, options = broker("redis://localhost:6379/0")

    assert options["socket_timeout"] <= 2
    assert options["socket_connect_timeout"] <= 1


@pytest.mark.parametrize("key", ["", "short", "only-for-development-and-refused-when-debug-is-off"])
def test_a_server_with_a_default_key_does_not_start(key, tmp_path):
    answer = manage("check", **{**PRODUCTION, "SECRET_KEY": key, "VAR_DIR": str(tmp_path)})

    assert answer.returncode != 0
    assert "SECRET_KEY" in answer.stderr


def test_the_deployment_check_is_silent(tmp_path):
    answer = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION, VAR_DIR=str(tmp_path))

    assert answer.returncode == 0, answer.stderr
    assert "no issues" in answer.stdout


def test_the_deployment_check_wants_https(tmp_path):
    environment = {**PRODUCTION, "BASE_URL": "http://defects.example.com", "VAR_DIR": str(tmp_path)}

    answer = manage("check", "--deploy", **environment)

    assert "BASE_URL is not https" in answer.stderr


def test_nothing_but_the_settings_reads_the_environment():
    allowed = {"defects_portal/environment.py", "defects_portal/celery.py", "defects_portal/wsgi.py"}
    allowed |= {"defects_portal/management/commands/up.py", "defects_portal/supervisor.py"}  # hand it to their children
    readers = {
        str(path.relative_to(ROOT))
        for room in (path.parent.name for path in ROOT.glob("*/apps.py"))
        for path in python_files(room)
        if "os.environ" in path.read_text() or "os.getenv" in path.read_text()
    }

    assert readers - allowed == set()
