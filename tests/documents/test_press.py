"""The press fetches nothing (quality.md 23) and prints four scripts with fonts of its own."""

import re
import socket
import threading
import zlib

import pytest

from documents import printing
from documents.press import fonts
from tests.factories import documents as make
from tests.factories.papers import look_into

pytestmark = pytest.mark.django_db

HOSTILE = """<html lang=en><head><title>T</title>
<link rel=stylesheet href="http://127.0.0.1:{port}/a.css"><link rel=attachment href="file://{secret}">
<link rel=attachment href="http://127.0.0.1:{port}/b"><style>@import "http://127.0.0.1:{port}/c.css";
@import url(file://{secret}); @font-face {{ font-family: X; src: url(http://127.0.0.1:{port}/d.woff2) }}
body {{ background: url(http://127.0.0.1:{port}/e.png); font-family: X }}</style><base href="http://127.0.0.1:{port}/"></head>
<body>Text<img src="http://127.0.0.1:{port}/f.png"><img src="//127.0.0.1:{port}/g.png"><img src="h.png">
<img src="file://{secret}"><img src="{secret}"><img src="ftp://127.0.0.1:{port}/i"><img src="picture:../../secret">
<img src="picture:2"><img src="asset:%2e%2e/secret"><img src="font:../../../MANIFEST">
<img src="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'%3E%3Ctext y='20'%3EDATA%3C/text%3E%3C/svg%3E">
<svg><image href="http://127.0.0.1:{port}/j.png"/><use href="file://{secret}#x"/></svg>
<object data="file://{secret}" type="text/html"></object><embed src="http://127.0.0.1:{port}/k">
<iframe src="file://{secret}"></iframe><video src="http://127.0.0.1:{port}/l" poster="file://{secret}"></video>
<a rel=attachment href="file://{secret}">link</a><p style="content: url(file://{secret})">end</p></body></html>"""


@pytest.fixture
def listener():
    """A port of this machine, and what knocked there."""
    knocks = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        over = threading.Event()

        def listen():
            while not over.is_set():
                try:
                    knocks.append(server.accept()[1])
                except TimeoutError:
                    continue

        thread = threading.Thread(target=listen)
        thread.start()
        yield server.getsockname()[1], knocks
        over.set()
        thread.join()


def printed(html, tmp_path, **given):
    target = tmp_path / "paper.pdf"
    found = printing.print_html(html, pictures=given.get("pictures", {}), assets=given.get("assets", {}), target=target)
    return target.read_bytes(), found


def unpacked(content):
    """All streams of a PDF, unpacked."""
    parts = [content]
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", content, re.DOTALL):
        try:
            parts.append(zlib.decompressobj().decompress(stream))
        except zlib.error:
            continue
    return b"".join(parts)


def test_a_hostile_document_fetches_nothing_and_takes_no_byte(tmp_path, listener):
    port, knocks = listener
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRETBYTES")

    content, found = printed(HOSTILE.format(port=port, secret=secret), tmp_path)

    paper = look_into(content)
    assert (knocks, paper.attachments, paper.pictures) == ([], 0, 0)
    assert b"SECRETBYTES" not in unpacked(content)
    assert "SECRETBYTES" not in paper.text
    assert "DATA" not in paper.text
    assert {address.split(":")[0] for address in found["refused"]} >= {
        "http",
        "file",
        "ftp",
        "data",
        "picture",
        "asset",
    }


def test_a_drawing_of_ours_cannot_reach_out_either(tmp_path, listener):
    port, knocks = listener
    secret = tmp_path / "secret.png"
    secret.write_bytes(make.png())
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="http://127.0.0.1:{port}/x"/>'
        f'<image href="file://{secret}" width="9" height="9"/></svg>'
    )
    html = '<html lang=en><title>T</title><img src="asset:logo" alt="">'
    content, _found = printed(html, tmp_path, assets={"asset:logo": (drawing.encode(), "image/svg+xml")})
    assert (knocks, look_into(content).pictures) == ([], 0)


def test_only_the_pictures_of_the_order_are_shown(tmp_path):
    file = make.make_stored_file(is_developed=True)
    html = '<html lang=en><title>T</title><img src="picture:1" alt=""><img src="picture:2" alt="">'
    content, found = printed(html, tmp_path, pictures={"picture:1": file})
    assert (look_into(content).pictures, found["refused"]) == (1, ["picture:2"])


def test_four_scripts_have_fonts_of_ours_inside(tmp_path):
    words = "Nurul Huda, 陳大文 黃美玲, நாராயணன், محمد, Đặng Thị Ngọc, Łukasz, Иван"
    content, _found = printed(f"<html lang=en><title>T</title><p>{words}<p><b>{words}</b>", tmp_path)
    paper = look_into(content)
    families = {name.removesuffix("-Bold").replace(" ", "-").lower() for name in paper.fonts}
    assert families == {script.file for script in fonts.SCRIPTS}
    assert all(paper.fonts.values())
    assert "陳大文" in paper.text


def test_a_face_is_loaded_only_where_its_script_occurs():
    assert "sc-chinese" not in fonts.faces("Water stain")
    assert "sc-chinese" in fonts.faces("漏水")


def test_the_same_html_gives_the_same_bytes(tmp_path):
    html = "<html lang=en><title>T</title><h1>Stain</h1>"
    assert printed(html, tmp_path)[0] == printed(html, tmp_path)[0]
