"""Pictures that came in through a photo link and wait for its button."""

from django.db import models


class LinkPhoto(models.Model):
    """A picture that a homeowner uploaded for a case and did not send with the button yet. It goes when it lands."""

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="link_photos")
    homeowner = models.ForeignKey("homeowners.Homeowner", on_delete=models.CASCADE, related_name="+")
    file = models.OneToOneField("documents.StoredFile", on_delete=models.PROTECT, related_name="link_photo")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["added_at"], name="cases_linkphoto_by_time")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.file_id}"
