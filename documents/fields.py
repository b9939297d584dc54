"""A form field for photos (and documents) that keeps good files even when the form is refused.

Each good file is stored while the form is checked; the form comes back with a signed hidden value for each, so that
nobody has to send a photo twice. `static/js/photos.js` sends them one by one beforehand, to a view made of
`documents.shots`, and `static/js/videos.js` videos piece by piece, to views made of `documents.pieces`; without
scripts the same field takes them with the form.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import BaseRenderer
from django.forms.widgets import Script
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents import receiving, tokens, uploads
from documents.choices import Kind
from documents.models import StoredFile
from documents.refusals import UploadRefused
from ledger.actors import Actor

MOST = 20
"""Files of one form."""
MOST_VIDEOS = 3
"""Videos among them."""
ACCEPT = {
    Kind.IMAGE: "image/*,.heic,.heif",
    Kind.VIDEO: "video/mp4,video/quicktime,video/webm,.mp4,.mov,.webm",
    Kind.DOCUMENT: ".pdf,.docx,.xlsx,.pptx,.odt,.ods,.doc,.xls",
}
Address = Callable[[StoredFile], str]


@dataclass(frozen=True)
class Shot:
    """One kept file as the template shows it."""

    token: str
    name: str
    thumb: str
    is_picture: bool
    length: str = ""
    is_video: bool = False


@dataclass(frozen=True)
class Sent:
    """What a form brought: new files, tokens of kept ones, tokens of those to leave out."""

    files: list[Any] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    removed: frozenset[str] = frozenset()


class PhotosInput(forms.Widget):
    """A native file input with the kept files before it; works by keyboard and without a script."""

    needs_multipart_form = True
    template_name = "documents/photos_field.html"

    class Media:
        css = {"all": ["css/shots.css"]}
        js = [Script("js/photos.js", type="module"), Script("js/videos.js", type="module")]

    def __init__(self, *, allow: Collection[str], most: int, attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__({"accept": ",".join(ACCEPT[Kind(kind)] for kind in allow), **(attrs or {})})
        self.allow = allow
        self.most = most
        self.holder = ""
        self.thumb: Address | None = None
        self.upload_url = ""
        self.videos_url = ""
        self.drop_url = ""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Sent:
        """New files under the field's name, tokens under `<name>-kept` and `<name>-remove`."""
        return Sent(
            files=listed(files, name),
            kept=listed(data, f"{name}-kept"),
            removed=frozenset(listed(data, f"{name}-remove")),
        )

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Never: no photo is an answer."""
        return False

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Adds the kept files and what the script needs."""
        context = super().get_context(name, None, attrs)
        context["widget"].update(
            shots=[self.shot(file) for file in value or []],
            most=self.most,
            upload_url=self.upload_url,
            kinds=",".join(self.allow),
            takes_documents=Kind.DOCUMENT in self.allow,
            takes_videos=Kind.VIDEO in self.allow,
            drop_url=self.drop_url,
            videos_url=self.videos_url if Kind.VIDEO in self.allow else "",
            most_videos=MOST_VIDEOS,
            largest_video=receiving.LARGEST_VIDEO,
        )
        return context

    def shot(self, file: StoredFile) -> Shot:
        """How a kept file is shown."""
        thumb = self.thumb(file) if self.thumb and file.is_seen else ""
        token = tokens.token(file, self.holder)
        return Shot(token, file.original_name, thumb, file.is_picture, file.length, file.is_video)

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        """Rendered by the site's own template engine: form renderers don't look into `templates/`."""
        return mark_safe(render_to_string(self.template_name, self.get_context(name, value, attrs)))


def listed(data: Any, name: str) -> list[Any]:
    """All values of a name, of a query dict or a plain one."""
    if hasattr(data, "getlist"):
        return data.getlist(name)
    value = (data or {}).get(name, [])
    return list(value) if isinstance(value, list | tuple) else [value]


def too_many_videos() -> str:
    """The sentence for a fourth video."""
    return _("At most %(most)s videos go with one form. Please remove one.") % {"most": MOST_VIDEOS}


class PhotosField(forms.Field):
    """Photos, and videos and documents where `allow` says so. Cleans to a list of `StoredFile`: kept ones, then new.

    The form calls `for_sender` before it is checked. A refused file is an error that names it; the others are kept.
    """

    widget = PhotosInput
    default_error_messages = {"required": gettext_lazy("Please add a photo.")}

    def __init__(self, *, allow: Collection[str] = (Kind.IMAGE,), most: int = MOST, **options: Any) -> None:
        options.setdefault("required", False)
        options.setdefault("widget", PhotosInput(allow=allow, most=most))
        super().__init__(**options)
        self.allow = allow
        self.most = most
        self.stored: list[StoredFile] | None = None

    def for_sender(
        self,
        *,
        by: Actor,
        at: datetime,
        holder: str,
        thumb: Address | None = None,
        upload_url: str = "",
        videos_url: str = "",
        drop_url: str = "",
    ) -> None:
        """Says who sends: `holder` (user:12, draft:<key>) binds the hidden values to them.

        `thumb` gives the address of a file's list size (a view of the room that owns the form); `upload_url` is where
        the script sends single photos, `videos_url` where it begins a video; without them they come with the form.
        `drop_url` is told of a kept file that was taken out again, where files count before the form is sent.
        """
        self.by, self.at, self.holder = by, at, holder
        self.widget.holder, self.widget.thumb, self.widget.upload_url = holder, thumb, upload_url
        self.widget.videos_url, self.widget.drop_url = videos_url, drop_url

    def clean(self, value: Sent) -> list[StoredFile]:
        """Stores what is new, once; all errors together."""
        if self.stored is None:
            kept = tokens.files_of((text for text in value.kept if text not in value.removed), self.holder)
            self.stored = [file for file in kept if file.kind in self.allow]
            self.errors = self.store(value.files)
            if sum(file.is_video for file in self.stored) > MOST_VIDEOS:
                self.errors.append(ValidationError(too_many_videos(), code="too-many-videos"))
        if self.errors:
            raise ValidationError(self.errors)
        if self.required and not self.stored:
            raise ValidationError(self.error_messages["required"], code="required")
        return self.stored

    def store(self, files: list[Any]) -> list[ValidationError]:
        """Adds the good files to `stored` and gives an error for each other one."""
        stored = self.stored if self.stored is not None else []
        room = max(0, self.most - len(stored))
        results = uploads.store_many(files[:room], by=self.by, at=self.at, allow=self.allow)
        stored.extend(result for result in results if isinstance(result, StoredFile))
        errors = [
            ValidationError(result.sentence, code=result.reason)
            for result in results
            if isinstance(result, UploadRefused)
        ]
        if len(files) > room:
            errors.append(
                ValidationError(
                    _("At most %(most)s files go with one form; the first ones are kept."),
                    code="too-many",
                    params={"most": self.most},
                )
            )
        return errors

    def bound_data(self, data: Any, initial: Any) -> list[StoredFile]:
        """What the form shows when it comes back: everything that is kept by now."""
        return self.stored or []

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether files came or went."""
        before = {tokens.token(file, self.holder) for file in initial or []}
        return bool(data.files) or set(data.kept) - data.removed != before
