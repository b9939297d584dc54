"""What a journey needs: people with browsers of their own, and a post office that does what the workers would do."""

import io
import re

from celery import current_app
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect

from outbox import registry
from tests.factories import documents
from tests.factories.accounts import PASSWORD

MOST_ROUNDS = 20
HANA, AMIRA, MO, LIM = "hana@demo.example", "amira@demo.example", "mo@demo.example", "lim@demo.example"


class Letter:
    """A mail as it came out of the mail server."""

    def __init__(self, message):
        self.to = message.envelope_to[0]
        self.subject = str(message["Subject"])
        parts = list(message.walk())
        self.text = self._part(parts, "text/plain")
        self.html = self._part(parts, "text/html")
        self.pictures = [part.get_content() for part in parts if part.get_content_maintype() == "image"]

    @staticmethod
    def _part(parts, kind):
        return next(part.get_content().replace("\r\n", "\n") for part in parts if part.get_content_type() == kind)

    def __repr__(self):
        return f"<{self.to}: {self.subject}>"

    def link(self, label):
        """The address that stands under this label; the HTML holds the same one."""
        found = re.search(rf"^{re.escape(label)}:\n(\S+)$", self.text, re.M)
        assert found, f"{label} is no link of:\n{self.text}"
        assert found[1] in self.html
        return found[1]

    def code(self):
        """The six digits of a sign-in code."""
        return re.search(r"^\d{6}$|\b\d{3} ?\d{3}\b", self.text, re.M)[0]


class PostOffice:
    """Does at once what relay and workers do, and hands out what the mail server then has."""

    def __init__(self, server):
        self.server = server
        current_app.loader.import_default_modules()

    @property
    def letters(self):
        """Everything that was ever sent."""
        return [Letter(message) for message in self.server.messages]

    def deliver(self):
        """Makes the pictures and sends the mails that are due; the letters that came of it."""
        before = len(self.server.messages)
        for _round in range(MOST_ROUNDS):
            at = timezone.now()
            due = [(source.task, row) for source in registry.work_sources.values() for row in source.due(at)]
            if not due:
                return self.letters[before:]
            for task, row in due:
                current_app.tasks[task](row)
        raise AssertionError(f"still due after {MOST_ROUNDS} rounds: {due}")


def the(letters, *, to, about):
    """The one letter to this person whose subject says this."""
    found = [letter for letter in letters if letter.to == to and about in letter.subject]
    assert len(found) == 1, (to, about, letters)
    return found[0]


class Walker:
    """One person with a browser: looks at every page as it comes, and remembers what was read and what went wrong."""

    def __init__(self, page, axe, *, runs_scripts=True):
        self.page, self.axe, self.runs_scripts = page, axe, runs_scripts
        self.complaints, self.read = [], []
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("console", self._hear)

    def _hear(self, line):
        if line.type == "error" or "Security Policy" in line.text:
            self.complaints.append(f"{self.page.url}: {line.text}")

    def look(self):
        """The page as it stands can be read by everybody and does not scroll sideways."""
        page = self.page
        self.read.append((page.url, page.content()))
        if self.runs_scripts:
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, page.url
            faults = self.axe(page)
            assert not faults, f"{page.url}: {faults}"

    def open(self, address):
        """Types an address or clicks a link of a mail."""
        answer = self.page.goto(address)
        assert answer.ok, (address, answer.status)
        self.look()

    def button(self, name, *, exact=True):
        """The button or link of this name that can be seen."""
        either = self.page.get_by_role("button", name=name, exact=exact)
        return either.or_(self.page.get_by_role("link", name=name, exact=exact)).locator("visible=true").last

    def press(self, name, *, exact=True):
        """Presses a button or link that leads to another page, and looks at it."""
        with self.page.expect_navigation():
            self.button(name, exact=exact).click()
        self.look()

    def sees(self, words):
        """The page says this where it can be seen."""
        expect(self.page.get_by_text(words).locator("visible=true").first).to_be_visible()

    def choose(self, name):
        """Presses one of the acts that stand folded under *More*."""
        self.page.locator("summary").filter(has_text="More").locator("visible=true").first.click()
        self.press(name)

    def sign_in_by_code(self, post, email):
        """From the sign-in page, by the digits of the mail."""
        self.page.get_by_label("E-mail").fill(email)
        self.press("E-mail me a code")
        (letter,) = post.deliver()
        assert letter.to == email
        self.page.get_by_label("code", exact=False).fill(letter.code())
        self.press("Sign in")

    def come_by(self, link, email):
        """Opens a link of a mail, signed out: to the door, through it by password, and there."""
        self.open(link)
        self.sign_in_by_password(email)
        assert self.page.url == link

    def sign_in_by_password(self, email):
        """From the sign-in page, as the office and contractors do."""
        assert "/sign-in/" in self.page.url
        self.page.get_by_label("E-mail").fill(email)
        self.page.get_by_text("Use my password").click()
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        self.press("Sign in")

    def add_photos(self, *photos):
        """Chooses pictures in the one field for them; with scripts each is sent at once."""
        self.page.set_input_files("input[type=file]", list(photos))
        if self.runs_scripts:
            expect(self.page.locator(".shot .ok")).to_have_count(len(photos))

    def pictures(self, within="main"):
        """The pictures of the page in the large form that a tap opens, as bytes; each once."""
        links = self.page.locator(f"{within} a[data-lightbox]").evaluate_all("all => all.map(one => one.href)")
        answers = [self.page.request.get(link) for link in dict.fromkeys(links)]
        assert all(answer.ok for answer in answers), [(answer.url, answer.status) for answer in answers]
        return [answer.body() for answer in answers]


def kept_inside(words, letters, *outsiders):
    """These words are in none of the letters, and on no page that these people read."""
    told = [letter for letter in letters if words in letter.text + letter.html + letter.subject]
    return not told and not any(words in content for person in outsiders for _url, content in person.read)


def photo(name="ceiling.jpg", content=None, mime="image/jpeg"):
    """A file as the browser's chooser gives it."""
    return {"name": name, "mimeType": mime, "buffer": content or documents.jpeg()}


def lying_heic():
    """A telephone's photo, stored lying on its side, with the place in it."""
    return photo("IMG_3.HEIC", documents.heic(orientation=6, gps=documents.KLANG), "image/heic")


def lying_jpeg():
    """The same of a telephone that takes JPEGs."""
    return photo("close.jpg", documents.jpeg(size=(600, 500), orientation=6, gps=documents.KLANG))


def tells_no_place(content):
    """No trace of where or with what it was taken."""
    return b"GPS" not in content and not Image.open(io.BytesIO(content)).getexif()


def is_upright_again(content):
    """A picture that was stored lying, turned as people held the telephone: its stored top edge is on the right."""
    picture = Image.open(io.BytesIO(content)).convert("RGB")
    red, _green, blue = picture.getpixel((picture.width - picture.width // 40, picture.height // 2))
    return picture.height > picture.width and blue > red + 60
