"""One press, one piece of work."""

from datetime import UTC, datetime

import pytest
from django.test import RequestFactory

from accounts.presses import once
from ledger.idempotency import FIELD
from tests.factories.accounts import amira

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 11, 4, tzinfo=UTC)


@pytest.fixture
def press():
    user, done = amira(), []

    def send(key, *, fails=False):
        request = RequestFactory().post("/", {FIELD: key})
        request.user = user

        def work():
            done.append(key)
            if fails:
                raise ValueError("no")
            return f"/done/{len(done)}/"

        return once(request, work, at=AT).url

    send.done = done
    return send


def test_a_repeat_is_sent_where_the_first_press_went(press):
    assert press("a") == press("a") == "/done/1/"
    assert press("b") == "/done/2/"
    assert press.done == ["a", "b"]


def test_work_that_failed_does_not_use_up_the_key(press):
    with pytest.raises(ValueError, match="no"):
        press("a", fails=True)
    assert press("a") == "/done/2/"
