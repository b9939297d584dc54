"""Words of the documents room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a stored file is to people."""

    IMAGE = "image", _("picture")
    DOCUMENT = "document", _("document")
    VIDEO = "video", _("video")


class FileState(models.TextChoices):
    """How far the sizes that people see are: a document is ready when it is stored, a picture when all are made."""

    WAITING = "waiting", _("being prepared")
    READY = "ready", _("ready")
    FAILED = "failed", _("could not be prepared")


class Size(models.TextChoices):
    """The sizes of a picture that leave the store; each is a JPEG without any metadata."""

    LIST = "list", _("small, for lists")
    PDF = "pdf", _("medium, for paper")
    PAGE = "page", _("large, for pages")


class RenditionState(models.TextChoices):
    """How far one size is."""

    WAITING = "waiting", _("waiting")
    READY = "ready", _("ready")
    FAILED = "failed", _("failed")


class PaperState(models.TextChoices):
    """How far a PDF is. While a worker builds it, it waits under a lease."""

    WAITING = "waiting", _("waiting")
    READY = "ready", _("ready")
    FAILED = "failed", _("failed")


class CapturedFrom(models.TextChoices):
    """How we know when a picture was taken, from the best evidence to the weakest."""

    UNKNOWN = "", _("not known")
    CAMERA = "camera", _("written by the camera")
    SATELLITE = "satellite", _("time of the position fix")
    DEVICE = "device", _("date of the file on the sender's device")


EDGE = {Size.LIST: 240, Size.PDF: 480, Size.PAGE: 1600}
"""The longest side of each size, in pixels."""
