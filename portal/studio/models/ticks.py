from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.studio.models.releases import Release


class Tick(models.Model):
    """A reviewer's word that they have looked at one point of a release; what is sent again is looked at again."""

    class Point(models.TextChoices):
        FACTS = "facts", _("I have checked the facts and every number against the named sources.")
        SAFE = "safe", _("Nobody comes to harm who does exactly what it says, and nothing else.")
        LANGUAGES = "languages", _("I have read every language; they say the same.")

    release = models.ForeignKey(Release, models.CASCADE, related_name="ticks", verbose_name=_("release"))
    point = models.CharField(_("point"), max_length=12, choices=Point)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("ticked by")
    )
    at = models.DateTimeField(_("time"), auto_now_add=True)

    class Meta:
        verbose_name = _("point that was ticked")
        verbose_name_plural = _("points that were ticked")
        constraints = [models.UniqueConstraint(fields=["release", "point"], name="studio_tick_once")]

    def __str__(self) -> str:
        return f"{self.release_id} {self.point}"
