from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SavedView(models.Model):
    """A report with what was asked of it, under its reader's name for it. It opens nothing: rights are asked anew."""

    class Delivery(models.TextChoices):
        NEVER = "", pgettext_lazy("delivery of a report", "Never")
        WEEKLY = "weekly", pgettext_lazy("delivery of a report", "Every week")
        MONTHLY = "monthly", pgettext_lazy("delivery of a report", "Every month")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views", verbose_name=_("person")
    )
    name = models.CharField(_("name"), max_length=80)
    report = models.CharField(_("report"), max_length=40)
    query = models.CharField(_("what is asked for"), max_length=1000, blank=True)
    delivery = models.CharField(
        _("a link by e-mail"), max_length=8, choices=Delivery.choices, default=Delivery.NEVER, blank=True
    )
    sent_on = models.DateField(_("last sent"), null=True, blank=True)
    created_at = models.DateTimeField(_("saved"), auto_now_add=True)

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "name"], name="reports_savedview_name_once")]
        indexes: ClassVar = [
            models.Index(fields=["delivery"], condition=~models.Q(delivery=""), name="reports_savedview_delivered")
        ]

    def __str__(self) -> str:
        return self.name
