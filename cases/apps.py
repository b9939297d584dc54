"""The room `cases`."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

REDACTABLE = ("words", "note", "actor_name", "address", "evidence", "before", "after")
"""Columns of a diary row that may hold somebody's words: `before` and `after` keep closing notes, access, names."""


class CasesConfig(AppConfig):
    """Registers the room's append-only tables and what it brings to lower rooms."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "cases"

    def ready(self) -> None:
        """Fill the registries of lower rooms."""
        from cases import facts, links, moved_dates, search, workflow  # noqa: F401  (some register how decisions act)
        from cases.counters import triggers as counters
        from cases.counters import upkeep
        from cases.papers import certificate, closing, receipt
        from cases.search import index, watching
        from documents import papers
        from ledger import triggers
        from outbox import registry

        triggers.append_only("cases_caseevent", redactable=REDACTABLE)
        triggers.append_only("cases_message", redactable=("words", "author_name", "with_whom"))
        triggers.append_only("cases_reportitem", redactable=("words", "answers"))
        triggers.append_only("cases_signoff", redactable=("name", "address", "witness_name"))
        triggers.append_only("cases_signoffline", redactable=("words",))
        papers.register(certificate.KEY, certificate.BUILDER)
        papers.register(closing.KEY, closing.BUILDER)
        papers.register(receipt.KEY, receipt.BUILDER)
        for purpose in links.PATHS:
            registry.link_minters[purpose] = links.mint
        registry.add_work_source("search", due=lambda at: search.is_due(), task="cases.tasks.rebuild_search")
        watching.start()
        upkeep.start()
        post_migrate.connect(index.install_after_migrate, sender=self, dispatch_uid="cases.search")
        post_migrate.connect(counters.install_after_migrate, sender=self, dispatch_uid="cases.counters")
