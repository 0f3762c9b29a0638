from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lessons.models.identity import Words
from lessons.models.lessons import Lesson


class Suspension(models.Model):
    """A lesson, or one language of it, that was taken from readers while it is put right; open until it ended."""

    lesson = models.ForeignKey(Lesson, models.PROTECT, related_name="suspensions", verbose_name=_("lesson"))
    language = models.CharField(_("language"), max_length=12, blank=True, help_text=_("Empty for all of them."))
    since = models.DateTimeField(_("out of view since"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("taken out by")
    )
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("ended by")
    )

    class Meta:
        verbose_name = _("suspension")
        verbose_name_plural = _("suspensions")
        ordering = ["-since", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["lesson", "language"], condition=Q(ended_at=None), name="lessons_suspension_one_open"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=False) | Q(ended_by=None), name="lessons_suspension_ended_by"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lesson_id} {self.language}".strip()


class SuspensionText(Words):
    """What readers of a language are told of the reason."""

    suspension = models.ForeignKey(Suspension, models.CASCADE, related_name="texts", verbose_name=_("suspension"))
    reason = models.CharField(_("reason"), max_length=400)

    class Meta:
        verbose_name = _("reason of a suspension")
        verbose_name_plural = _("reasons of suspensions")
        constraints = [
            models.UniqueConstraint(fields=["suspension", "language"], name="lessons_suspensiontext_language")
        ]

    def __str__(self) -> str:
        return self.reason[:60]
