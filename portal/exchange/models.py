"""A package that somebody has sent and not yet confirmed. It lies in the database: any process may have to read it."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class WaitingPackage(models.Model):
    """A zip as it was sent, with what reading it would do; `found` is a `Report` or faults, as JSON."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="waiting_packages", verbose_name=_("sent by")
    )
    sent_at = models.DateTimeField(_("sent"), auto_now_add=True, db_index=True)
    name = models.CharField(_("file"), max_length=200)
    size = models.PositiveBigIntegerField(_("bytes"))
    sha256 = models.CharField(max_length=64)
    found = models.JSONField(_("found"), default=dict)

    class Meta:
        verbose_name = _("waiting package")
        verbose_name_plural = _("waiting packages")
        ordering = ["-sent_at"]

    def __str__(self) -> str:
        return self.name

    @property
    def megabytes(self) -> float:
        """Its size, to a tenth, for people."""
        return max(round(self.size / 1024 / 1024, 1), 0.1)


class WaitingPart(models.Model):
    """A piece of the file: no process has to hold all of it."""

    package = models.ForeignKey(WaitingPackage, models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        ordering = ["package", "number"]
        constraints = [models.UniqueConstraint(fields=["package", "number"], name="exchange_waitingpart_number")]

    def __str__(self) -> str:
        return f"{self.package_id} {self.number}"
