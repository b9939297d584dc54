"""The template engine of the tests: our own pages are rendered while the database is refused.

A page that asks the database from its template has a number of queries that nobody chose. The view fetches, the
template prints. Pages that allauth or the admin fill keep their own habits.
"""

from contextlib import contextmanager

from django.conf import settings
from django.db import connection
from django.template.backends.django import DjangoTemplates

THIRD_PARTY_FOLDERS = {"account", "admin", "allauth", "mfa", "usersessions"}


class TemplateAskedDatabase(AssertionError):
    """A template of ours ran a query."""


def root():
    """Our templates folder, with a closing slash."""
    return f"{settings.BASE_DIR / 'templates'}/"


def is_ours(origin_name):
    """Whether the file stands in our templates folder and is not an override of a third-party page."""
    if not origin_name.startswith(root()):
        return False
    return origin_name.removeprefix(root()).split("/")[0] not in THIRD_PARTY_FOLDERS


@contextmanager
def no_queries(name):
    """Refuses queries; also when the template engine swallowed the refusal, as `{% if %}` does."""
    asked = []

    def refuse(execute, sql, params, many, context):
        asked.append(sql)
        raise TemplateAskedDatabase(f"{name} asked the database: {sql}")

    with connection.execute_wrapper(refuse):
        yield
    if asked:
        raise TemplateAskedDatabase(f"{name} asked the database: {asked[0]}")


class SilentTemplates(DjangoTemplates):
    """Django's engine, handing out templates that render in silence."""

    def get_template(self, template_name):
        return SilentTemplate(super().get_template(template_name))


class SilentTemplate:
    """One template of the engine."""

    def __init__(self, wrapped):
        self.wrapped = wrapped

    def __getattr__(self, name):
        return getattr(self.wrapped, name)

    def render(self, context=None, request=None):
        """Renders; signed-in person and session are loaded before, as the layout shows them on every page."""
        if not is_ours(self.wrapped.origin.name):
            return self.wrapped.render(context, request)
        if request is not None and hasattr(request, "user"):
            bool(request.user.is_authenticated)
        with no_queries(self.wrapped.origin.name.removeprefix(root())):
            return self.wrapped.render(context, request)
