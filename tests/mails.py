"""Reading mails as a person does: the words, the links, the pictures of a message that an SMTP server took."""

import re

LINK = re.compile(r"https?://[^\s<>\"')\]]+")


def text_of(message):
    """The plain part."""
    return message.get_body(("plain",)).get_content()


def html_of(message):
    """The formatted part."""
    return message.get_body(("html",)).get_content()


def links_in(message):
    """The addresses of the plain part, in order."""
    return LINK.findall(text_of(message))


def link_to(message, part):
    """The one address that holds this part of a path."""
    found = [link for link in dict.fromkeys(links_in(message)) if part in link]
    assert len(found) == 1, (part, links_in(message))
    return found[0]


def pictures_of(message):
    """The pictures that came inside the mail."""
    return [part for part in message.walk() if part.get_content_maintype() == "image"]
