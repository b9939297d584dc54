"""The bytes of a mail."""

from email import message_from_bytes, policy

import pytest
from django.core.mail import BadHeaderError
from hypothesis import given
from hypothesis import strategies as st

from outbox import wire
from outbox.wire import Inline

HEAD = {"From": "a@demo.example", "To": "b@demo.example"}


def as_bytes(*, text="words", html="<p>words</p>", inline=(), **head):
    return wire.message({**HEAD, **head}, text=text, html=html, inline=inline, mark="=_mark").as_bytes(linesep="\r\n")


def parsed(**parts):
    return message_from_bytes(as_bytes(**parts), policy=policy.default)


def body(message, kind):
    return message.get_body((kind,)).get_content().replace("\r\n", "\n")


@pytest.mark.parametrize("value", ["Leak\nBcc: otto@demo.example", "Leak\rBcc: otto@demo.example", "Leak\r\n\r\n<p>"])
def test_a_header_holds_no_line_break(value):
    with pytest.raises(BadHeaderError):
        as_bytes(Subject=value)


@pytest.mark.parametrize(
    "subject", ["Leak", "Leak " * 40 + "end", "Bocor – 漏水 " * 20 + "end", "=?utf-8?q?typed?= by hand"]
)
def test_a_subject_arrives_as_it_was_written_on_short_lines(subject):
    content = as_bytes(Subject=subject)

    assert max(map(len, content.split(b"\r\n"))) < 79
    assert content.isascii()
    assert message_from_bytes(content, policy=policy.default)["Subject"] == subject


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0")))
def test_any_words_arrive_as_they_were_written(words):
    assert body(parsed(text=words, html=words), "plain") == words
    assert body(parsed(text=words, html=words), "html") == words


def test_no_line_is_longer_than_mail_servers_take():
    content = as_bytes(text="x" * 5000, html="<p>" + "漏水" * 2000)

    assert content.isascii()
    assert max(map(len, content.split(b"\r\n"))) < 1000
    assert b"\n" not in content.replace(b"\r\n", b"")


def test_a_line_that_begins_with_a_dot_or_from_stays():
    assert body(parsed(text=".\n..\nFrom me"), "plain") == ".\n..\nFrom me"


def test_pictures_belong_to_the_html_part():
    message = parsed(html='<img src="cid:p1@x">', inline=[Inline(1, "p1@x", b"\xff\xd8jpeg\r\n\n")])

    _text, related = message.iter_parts()
    _html, picture = related.iter_parts()
    assert (picture["Content-ID"], picture.get_content()) == ("<p1@x>", b"\xff\xd8jpeg\r\n\n")
    assert picture.get_content_disposition() == "inline"
