import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Learner(models.Model):
    """Whoever learns: a user, or a guest known by a cookie. A guest who logs in is merged into the user's learner."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="learner",
        verbose_name=_("person"),
    )
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    seen_on = models.DateField(_("last seen"), auto_now_add=True)
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True)

    class Meta:
        verbose_name = _("learner")
        verbose_name_plural = _("learners")
        constraints = [
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(user__isnull=True), name="quizzes_learner_merged_has_no_user"
            )
        ]
        indexes = [models.Index(fields=["seen_on"], condition=Q(user__isnull=True), name="quizzes_learner_idle_guests")]

    def __str__(self) -> str:
        return str(self.pk)
