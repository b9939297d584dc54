"""What the machine that watches this one is told."""

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from defects_portal import health

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def forget():
    """Each test looks up the migrations anew."""
    health.are_migrated.cache_clear()
    yield
    health.are_migrated.cache_clear()


def test_the_process_answers_anybody(client):
    assert client.get("/healthz").json() == {"status": "ok"}


def test_a_whole_installation_is_ready(client, settings, redis_server):
    settings.REDIS_URL = redis_server.url

    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ready", "database": "ok", "disk": "ok", "migrations": "ok", "outbox": "ok", "broker": "ok"
    }  # fmt: skip


def test_without_its_broker_it_says_so_and_stays_ready(client, settings, redis_server):
    settings.REDIS_URL = redis_server.url
    redis_server.kill()

    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json()["broker"] == "away"


def test_with_a_hanging_broker_it_answers_in_time(client, settings, redis_server):
    settings.REDIS_URL = redis_server.url
    redis_server.freeze()

    assert client.get("/readyz").json()["broker"] == "away"


def test_tables_behind_the_code_are_not_ready(client):
    recorder = MigrationRecorder(connection)
    recorder.migration_qs.filter(app="defects_portal").delete()

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["migrations"] == "behind"


def test_a_full_disk_is_not_ready(client, monkeypatch):
    monkeypatch.setattr(health, "LEAST_FREE_BYTES", 2**80)

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["disk"] == "nearly full"


def test_no_secret_is_told(client, settings):
    settings.REDIS_URL = "redis://:hunter2@127.0.0.1:1/0"

    assert "hunter2" not in client.get("/readyz").content.decode()
