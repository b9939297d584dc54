"""What people do again and again: describe a defect on a phone, send the report."""

from tests.factories.documents import jpeg, sent

START = "/portal/report/"


def photos(count, *, name="leak"):
    """So many different pictures, as a telephone sends them."""
    return [sent(jpeg(comment=f"{name}-{number}".encode()), f"{name}-{number}.jpg") for number in range(count)]


def describe(browser, *, room, part, kind, words, pictures=(), answers=None, start=START):
    """Steps 1 and 2 of a report by its tiles; ends at step 3. `answers` are those of the triage questions by key."""
    browser.open(start)
    browser.press(room)
    browser.press(part)
    browser.press(kind)
    asked = {f"q-{key}": value for key, value in (answers or {}).items()}
    files = {"photos": list(pictures)} if pictures else None
    return browser.press("Next", words=words, files=files, **asked)


def send(browser, **typed):
    """Step 3: press *Send report*; ends at the receipt."""
    return browser.press("Send report", **typed)


def case_of(browser):
    """The reference of the first case that the page names."""
    import re

    return re.search(r"\b[A-Z]{2,5}-\d+\b", browser.words.replace("A-12-3", "").replace("A-12-4", "")).group()
