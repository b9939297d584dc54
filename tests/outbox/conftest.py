"""What only the outbox's tests need."""

import pytest

from defects_portal.celery import app
from outbox import registry


@pytest.fixture
def broker(redis_server):
    """The product's Celery application on a real Redis; the same object as `redis_server`."""
    before = app.conf.broker_url
    app.conf.broker_url = redis_server.url
    app.conf.worker_hijack_root_logger = False
    yield redis_server
    app.conf.broker_url = before


@pytest.fixture
def link_minter(monkeypatch):
    """A purpose "answer" whose links count up with each minting."""
    minted = []

    def mint(mail, slot):
        minted.append(slot)
        return f"https://portal.example/a/{slot['case']}/?a=1&n={len(minted)}"

    monkeypatch.setitem(registry.link_minters, "answer", mint)
    return minted


@pytest.fixture
def secret_renderer(monkeypatch):
    """A purpose "sign-in-code" whose body holds a new code each time."""
    codes = []

    def render(mail):
        codes.append(f"code-{mail.context['user_id']}-{len(codes)}")
        return codes[-1], f"<p>{codes[-1]}</p>"

    monkeypatch.setitem(registry.body_renderers, "sign-in-code", render)
    return codes
