"""What searching needs beside the cases: their words in one place, which of those are out of date, kept filters."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class CaseSearch(models.Model):
    """The normalised words of one case, for staff only (`cases.search`). Derived: may be thrown away and built again.

    `stale_on` is the day on which a tenure of the home begins or ends: from then on other people hold it.
    """

    case = models.OneToOneField("cases.Case", primary_key=True, on_delete=models.CASCADE, related_name="search")
    text = models.TextField()
    stale_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "case searches"
        indexes = [
            models.Index(fields=["stale_on"], condition=models.Q(stale_on__isnull=False), name="cases_search_stale")
        ]

    def __str__(self) -> str:
        return str(self.case_id)


class SearchMark(models.Model):
    """The words of this case changed since its `CaseSearch` was built. `stamp` tells one change from the next.

    A table of its own: marking a case never touches the row with the words, nor its index.
    """

    case = models.OneToOneField("cases.Case", primary_key=True, on_delete=models.CASCADE, related_name="search_mark")
    stamp = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return f"{self.case_id} {self.stamp}"


class SavedView(models.Model):
    """Filters of the case table under a name, for the person who saved them. `query` is the address's own."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="case_views")
    name = models.CharField(_("name"), max_length=40)
    query = models.CharField(max_length=1500)
    is_default = models.BooleanField(_("open the table with it"), default=False)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "name"], name="cases_savedview_name_once"),
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(is_default=True), name="cases_savedview_one_default"
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="cases_savedview_named"),
        ]

    def __str__(self) -> str:
        return self.name
