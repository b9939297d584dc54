"""Words of the documents room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a stored file is to people."""

    IMAGE = "image", _("picture")
    DOCUMENT = "document", _("document")
    VIDEO = "video", _("video")


PICTURES = (Kind.IMAGE, Kind.VIDEO)
"""What a field for pictures of a defect takes."""
PICTURES_AND_PAPERS = (Kind.IMAGE, Kind.VIDEO, Kind.DOCUMENT)
"""What a field for everything takes."""


class FileState(models.TextChoices):
    """How far the sizes that people see are: a document is ready when it is stored, a picture when all are made."""

    WAITING = "waiting", _("being prepared")
    READY = "ready", _("ready")
    FAILED = "failed", _("could not be prepared")


class Size(models.TextChoices):
    """What leaves the store of a picture or video: JPEGs without any metadata, and the copy of a video to play."""

    LIST = "list", _("small, for lists")
    PDF = "pdf", _("medium, for paper")
    PAGE = "page", _("large, for pages")
    PLAY = "play", _("to play")


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
"""The longest side of each size that is a picture, in pixels."""
PRINTED = tuple(EDGE)
"""The sizes that are pictures: of a photo, or of a moment of a video."""
