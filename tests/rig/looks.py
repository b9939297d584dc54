"""How a page is looked at: it fits every width; axe reads it by night on the narrowest and by day on the widest.

Layout hangs on the width and contrast on the theme, so these two looks find what all pairs of them would.
"""


def looks(page, widths, height=844):
    """Sets the page to each width in turn; yields it, and whether axe reads the page there."""
    ends = (min(widths), max(widths))
    for width in widths:
        page.emulate_media(color_scheme="dark" if width == ends[0] else "light")
        page.set_viewport_size({"width": width, "height": height})
        yield width, width in ends


def fits(page):
    """Nothing scrolls sideways."""
    return page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
