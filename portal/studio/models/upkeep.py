from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lessons.models import Lesson, Source


class LinkCheck(models.Model):
    """An address on the web that published lessons or sources name, and what it answered when it was last asked."""

    class Result(models.TextChoices):
        UNASKED = "", _("It was not asked yet.")
        ANSWERS = "answers", _("It answers.")
        TURNED_AWAY = "turned_away", _("It answers, but not to programs.")
        MISSING = "missing", _("There is no such page any more.")
        FAILED = "failed", _("It answers with a fault.")
        TIMEOUT = "timeout", _("It did not answer in time.")
        UNREACHABLE = "unreachable", _("It could not be reached.")
        ENDLESS = "endless", _("It leads from one address to the next without an end.")
        PRIVATE = "private", _("It leads into a private network, so it was not asked.")
        INSECURE = "insecure", _("It begins with http, or leads there; only https is asked.")

    MOST_CHARACTERS = 1000

    url = models.CharField(_("address on the web"), max_length=MOST_CHARACTERS, unique=True)
    result = models.CharField(_("result"), max_length=12, choices=Result, default=Result.UNASKED, blank=True)
    status = models.PositiveSmallIntegerField(_("status"), null=True, blank=True)
    checked_on = models.DateField(_("checked on"), null=True, blank=True, db_index=True)
    failing_since = models.DateField(_("without an answer since"), null=True, blank=True)
    lessons = models.ManyToManyField(Lesson, related_name="+", blank=True, verbose_name=_("lessons"))
    sources = models.ManyToManyField(Source, related_name="+", blank=True, verbose_name=_("sources"))

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ["url"]

    def __str__(self) -> str:
        return self.url


class ReviewLetter(models.Model):
    """The day on which somebody was last written to about lessons whose review is due."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="review_letter", verbose_name=_("person")
    )
    sent_on = models.DateField(_("sent on"), null=True, blank=True)

    class Meta:
        verbose_name = _("letter about reviews")
        verbose_name_plural = _("letters about reviews")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.person_id} {self.sent_on}"
