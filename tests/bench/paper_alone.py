"""`python -m tests.bench.paper_alone < ORDER`: WeasyPrint with the same HTML, files and styles, and nothing around."""

import json
import sys
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from documents.press import fetching, fonts


def main():
    order = json.load(sys.stdin)
    fetcher = fetching.OwnFiles(order["files"], Path(order["fonts"]))
    known = FontConfiguration()
    styles = [fonts.faces(order["html"]), Path(order["style"]).read_text()]
    sheets = [CSS(string=text, url_fetcher=fetcher, font_config=known) for text in styles]
    html = HTML(string=order["html"], url_fetcher=fetcher)
    html.write_pdf(order["target"], stylesheets=sheets, font_config=known)


if __name__ == "__main__":
    main()
