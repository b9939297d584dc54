"""Fixtures that every room's tests may use. All servers are real, on the loopback, and end with the session."""

import shutil

import pytest
from django.test import Client
from django.utils import timezone, translation

from tests.rig import kept, parts, smtp, sockets
from tests.rig.redis import RedisServer

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]


@pytest.fixture(scope="session", autouse=True)
def closed_network():
    """No test leaves this machine."""
    with sockets.loopback_only():
        yield


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    """Files of one test are seen by no other."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.INBOX_DIR = tmp_path / "inbox"


@pytest.fixture(autouse=True)
def own_language(settings):
    """The language and zone that one test's visitor chose do not reach the next test."""
    translation.activate(settings.LANGUAGE_CODE)
    timezone.deactivate()


@pytest.fixture(scope="session")
def _kept_defaults(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        return kept.keep()


@pytest.fixture
def defaults(_kept_defaults, db):
    """The catalogue and the policies that every installation starts with."""
    kept.put(_kept_defaults)


@pytest.fixture
def queries(django_assert_num_queries):
    """`with queries(7): client.get(...)`: exactly so many queries; prints them when not."""
    return django_assert_num_queries


@pytest.fixture
def client_for(db):
    """`client_for(user)`: a test client in which this person is signed in."""

    def sign_in(user, **options):
        client = Client(**options)
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture(scope="session")
def _smtp_sink():
    sink = smtp.Sink()
    controller = smtp.serve(sink)
    yield sink
    controller.stop()


@pytest.fixture
def smtp_server(_smtp_sink, settings):
    """A real SMTP server that Django sends to; see `tests.rig.smtp.Sink` for failing on demand."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = _smtp_sink.host, _smtp_sink.port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_TIMEOUT = 3
    yield _smtp_sink
    _smtp_sink.clear()


@pytest.fixture(scope="session")
def _redis_server(tmp_path_factory):
    server = RedisServer(tmp_path_factory.mktemp("redis"))
    if not server.broker.command:
        parts.missing("a Redis or Valkey server")
    yield server
    server.remove()


@pytest.fixture
def redis_server(_redis_server):
    """A real, empty Redis-speaking server at `.url`; a test may `kill`, `freeze`, `thaw` and `start` it."""
    if _redis_server.process is None or _redis_server.process.poll() is not None:
        _redis_server.start()
    _redis_server.thaw()
    _redis_server.flush()
    return _redis_server


@pytest.fixture(scope="session")
def browser_type_launch_args():
    """How the Playwright plugin starts the browser: the machine's own Chromium, which can reach nothing outside."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not program:
        parts.missing("Chromium")
    return {"executable_path": program, "args": CHROMIUM_ARGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    """Without motion: axe would measure a colour in the middle of its transition."""
    return {**browser_context_args, "reduced_motion": "reduce"}


@pytest.fixture
def site(live_server, settings):
    """The address of the running site; links in mails lead to it."""
    settings.BASE_URL = live_server.url
    return live_server.url


@pytest.fixture
def browser_page(site, new_context):
    """A page at phone size with the site as its base; scripts that fail and refused content fail the test."""
    page = new_context(base_url=site, viewport={"width": 390, "height": 844}, locale="en-GB").new_page()
    page.set_default_timeout(30_000)
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if "Security Policy" in line.text else None)
    yield page
    assert complaints == []


@pytest.fixture
def browser_as(browser_page, client_for, settings):
    """`browser_as(user)`: the page with this person signed in (or nobody, for None)."""

    def sign_in(user):
        browser_page.context.clear_cookies()
        if user is not None:
            cookie = client_for(user).cookies[settings.SESSION_COOKIE_NAME]
            browser_page.context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": cookie.value, "url": settings.BASE_URL}]
            )
        return browser_page

    return sign_in


@pytest.fixture
def axe():
    """`axe(page)`: the WCAG A and AA faults of the page as it stands, as readable lines."""
    from axe_playwright_python.sync_playwright import Axe

    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
    script = Axe().axe_script

    def faults(page):
        if page.evaluate("!window.axe"):
            page.evaluate(script)
        found = page.evaluate("rules => axe.run(rules).then(answer => answer.violations)", rules)
        return [f"{rule['id']}: {node['target']} {node['html'][:120]}" for rule in found for node in rule["nodes"]]

    return faults
