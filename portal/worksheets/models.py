from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class FilledWorksheet(models.Model):
    """What a person filled in on a worksheet of a lesson. It counts for nothing: nobody else sees it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="worksheets", verbose_name=_("person")
    )
    lesson_key = models.CharField(_("key of the lesson"), max_length=64)
    worksheet = models.CharField(_("key of the worksheet"), max_length=40)
    values = models.JSONField(_("what was filled in"), default=dict)
    saved_at = models.DateTimeField(_("saved"), auto_now=True)

    class Meta:
        verbose_name = _("filled worksheet")
        verbose_name_plural = _("filled worksheets")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "lesson_key", "worksheet"], name="worksheets_one_of_each")
        ]

    def __str__(self) -> str:
        return f"{self.lesson_key} · {self.worksheet}"
