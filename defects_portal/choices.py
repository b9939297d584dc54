"""Words of the top room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportState(models.TextChoices):
    """How far an import is."""

    COLUMNS = "columns", _("Columns to check")
    CHECKING = "checking", _("Being checked")
    CHECKED = "checked", _("Checked, nothing entered yet")
    IMPORTING = "importing", _("Being entered")
    DONE = "done", _("Entered")
    FAILED = "failed", _("Stopped")


class ImportStage(models.TextChoices):
    """Of which pass a line speaks."""

    CHECK = "check", _("Check")
    IMPORT = "import", _("Import")


AT_WORK = (ImportState.CHECKING, ImportState.IMPORTING)
