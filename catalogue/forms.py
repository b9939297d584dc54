"""What an administrator types into the catalogue."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalogue.fields import SLOT, check_prompts
from catalogue.models import DefectType, GuidanceArticle


class LinesField(forms.CharField):
    """A list of short texts, one a line."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        """The stored list as lines; what was typed stays as typed."""
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """The lines as a list, empty ones left out."""
        return [line.strip() for line in (super().to_python(value) or "").splitlines() if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compares lists, not their spelling."""
        return (initial or []) != self.to_python(data)


class DefectTypeForm(forms.ModelForm):
    """A kind of fault."""

    photo_prompts = LinesField(
        label=_("Photo prompts"), help_text=_("One a line, one to four."), validators=[check_prompts]
    )

    class Meta:
        model = DefectType
        fields = [
            "code",
            "label",
            "owner_label",
            "group",
            "default_trade",
            "default_priority",
            "wet_area_bump",
            "photo_prompts",
            "questions",
            "do_now",
            "guidance",
            "is_snag_only",
            "needs_repair_photo",
            "needs_method_note",
            "is_safety",
            "is_frequent",
            "icon",
            "order",
        ]
        help_texts = {
            "questions": _(
                "A list: key, text, choices (pairs of value and label), raises_to (value: priority), "
                "because (value: the sentence for staff)."
            ),
        }

    def clean(self) -> dict[str, Any]:
        """A danger is P1 and says what to do now."""
        cleaned = super().clean() or {}
        if cleaned.get("is_safety") and str(getattr(cleaned.get("default_priority"), "code", "")) != "P1":
            self.add_error("default_priority", _("A danger is always P1."))
        if cleaned.get("is_safety") and not cleaned.get("do_now"):
            self.add_error("do_now", _("For a danger, write what to do until somebody comes."))
        return cleaned


RESERVED_SLUGS = ("how-it-works",)
"""Pages beside the articles."""


class GuidanceForm(forms.ModelForm):
    """A guidance article; saving a change writes the next revision."""

    class Meta:
        model = GuidanceArticle
        fields = [
            "slug",
            "title",
            "hint",
            *GuidanceArticle.PARTS,
            "thresholds",
            "source",
            "edition",
            "reviewed_on",
            "order",
        ]

    def clean_slug(self) -> str:
        """An article does not hide another page."""
        slug: str = self.cleaned_data["slug"]
        if slug in RESERVED_SLUGS:
            raise forms.ValidationError(_("This name belongs to another page."))
        return slug

    def clean(self) -> dict[str, Any]:
        """Each number that a part quotes is given under the numbers."""
        cleaned = super().clean() or {}
        given = cleaned.get("thresholds") or {}
        for part in GuidanceArticle.PARTS:
            for name in SLOT.findall(cleaned.get(part) or ""):
                if name not in given:
                    self.add_error(part, _("There is no number called %(name)s.") % {"name": name})
        return cleaned
