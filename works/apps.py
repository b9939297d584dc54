"""The room `works`."""

from django.apps import AppConfig


class WorksConfig(AppConfig):
    """Registers the room with Django, as a follower of the moves of cases, its append-only tables, and its lists."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "works"

    def ready(self) -> None:
        """Say to the moves of cases what becomes of work orders."""
        from cases import followers
        from ledger import triggers
        from works import following

        followers.followers.append(following)
        triggers.append_only("works_promise", redactable=("words", "made_by_name"))
        triggers.append_only("works_chaser", redactable=("by_name",))
        self.ready_for_lists()

    def ready_for_lists(self) -> None:
        """Say to mails and papers what becomes of defect lists."""
        from cases import mailing
        from documents import papers as paper_kinds
        from ledger import triggers
        from outbox import registry
        from works import gathering, list_links, list_mails, papers

        triggers.append_only("works_listissue", redactable=("issued_by_name",))
        triggers.append_only("works_listevent", redactable=("name", "address", "words"))
        registry.link_minters[list_mails.PURPOSE] = list_links.mint
        mailing.finishers.append(gathering.gather)
        paper_kinds.register(papers.KEY, papers.BUILDER)
