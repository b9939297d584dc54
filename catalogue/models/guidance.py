"""What we tell homeowners about a kind of fault, revision by revision."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalogue import fields
from catalogue.querysets import GuidanceQuerySet


class GuidanceArticle(models.Model):
    """What we tell homeowners about a kind of fault. A revision is never edited: `guidance.revise` writes the next one.

    The parts may quote numbers as `{name}`; the names stand in `thresholds`.
    """

    PARTS = (
        "looks_like",
        "is_urgent",
        "do_now",
        "usually_accept",
        "usually_not",
        "care",
        "how_to_measure",
        "what_next",
    )

    slug = models.SlugField(_("slug"), max_length=40)
    revision = models.PositiveIntegerField(_("revision"), default=1, editable=False)
    is_retired = models.BooleanField(_("retired"), default=False)
    title = models.CharField(_("title"), max_length=120)
    hint = models.CharField(_("one line"), max_length=160, help_text=_("Mails that send the article quote this."))
    looks_like = models.TextField(_("what it looks like"))
    is_urgent = models.TextField(_("is it urgent"))
    do_now = models.TextField(_("do this now"))
    usually_accept = models.TextField(_("what we usually repair"))
    usually_not = models.TextField(_("what is normal, or care of the home"))
    care = models.TextField(_("how to look after it"), blank=True, default="")
    how_to_measure = models.TextField(_("how to photograph and measure it"))
    what_next = models.TextField(_("what happens next"))
    thresholds = models.JSONField(_("numbers"), default=dict, blank=True, validators=[fields.check_thresholds])
    source = models.TextField(_("source"))
    edition = models.CharField(_("edition"), max_length=80)
    reviewed_on = models.DateField(_("reviewed on"))
    order = models.PositiveSmallIntegerField(_("order"), default=500)

    named_elsewhere: Mapping[str, fields.Threshold] = MappingProxyType({})

    objects = GuidanceQuerySet.as_manager()

    class Meta:
        ordering = ["order", "slug", "-revision"]
        constraints = [
            models.UniqueConstraint(fields=["slug", "revision"], name="catalogue_guidancearticle_revision_once"),
            models.UniqueConstraint(
                fields=["slug"], condition=Q(is_retired=False), name="catalogue_guidancearticle_one_in_force"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def quoting(self, numbers: Mapping[str, fields.Threshold]) -> Self:
        """This very row, from now on with the numbers that a development's policy names in place of its own."""
        self.named_elsewhere = numbers
        return self

    def parts(self) -> list[tuple[str, str]]:
        """Heading and text of each part."""
        columns = [column for column in self._meta.concrete_fields if column.name in self.PARTS]
        return [
            (str(column.verbose_name).capitalize(), self.text(column.name))
            for column in columns
            if getattr(self, column.name)
        ]

    def text(self, part: str) -> str:
        """One part with its numbers put in: those of a policy (`quoting`), else the article's own."""
        own = fields.read_thresholds(self.thresholds)
        return fields.quote(getattr(self, part), own | dict(self.named_elsewhere))

    @property
    def in_notes(self) -> str:
        """What closing notes quote of it: what is normal or care of the home, and why."""
        return gettext("From our guide “%(title)s”, on what is normal or care of the home: %(words)s") % {
            "title": self.title,
            "words": self.text("usually_not"),
        }

    @property
    def in_mail(self) -> str:
        """What a mail quotes that sends it."""
        return gettext("Our guide “%(title)s” says: %(words)s") % {"title": self.title, "words": self.hint}

    def get_absolute_url(self) -> str:
        """This very revision: what was sent stays readable as it was."""
        return reverse("guidance_revision", args=[self.slug, self.revision])
