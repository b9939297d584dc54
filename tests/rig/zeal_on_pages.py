"""Looks for queries that grow with the rows, where pages are read: a verb that files ten defects works ten times."""

from zeal.middleware import zeal_middleware

READING = {"GET", "HEAD"}


def watch_pages(get_response):
    """`zeal` for requests that only read."""
    watched = zeal_middleware(get_response)

    def middleware(request):
        return watched(request) if request.method in READING else get_response(request)

    return middleware
