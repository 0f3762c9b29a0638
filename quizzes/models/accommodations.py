from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from quizzes.models.learners import Learner


class Accommodation(models.Model):
    """More time for a learner, granted by staff or chosen by themselves. Why is nobody's business, and is not kept."""

    learner = models.ForeignKey(Learner, models.CASCADE, related_name="accommodations", verbose_name=_("learner"))
    extra = models.DecimalField(
        _("times the standard time"),
        max_digits=4,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("More than 1 and at most 10. Empty: no time limit."),
    )
    from_day = models.DateField(_("from"))
    to_day = models.DateField(
        _("until"), null=True, blank=True, help_text=_("The first day on which it no longer holds.")
    )
    chosen = models.BooleanField(_("chosen by the learner"), default=False)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("granted by"),
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("accommodation")
        verbose_name_plural = _("accommodations")
        ordering = ["-from_day", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(extra__isnull=True) | Q(extra__gt=1, extra__lte=10), name="quizzes_accommodation_extra"
            ),
            models.CheckConstraint(
                condition=Q(to_day__isnull=True) | Q(to_day__gte=F("from_day")), name="quizzes_accommodation_period"
            ),
            models.CheckConstraint(
                condition=Q(chosen=False) | Q(granted_by__isnull=True), name="quizzes_accommodation_chosen"
            ),
            models.UniqueConstraint(
                fields=["learner"], condition=Q(chosen=True), name="quizzes_accommodation_one_chosen"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.learner_id} {self.extra or '∞'}"
