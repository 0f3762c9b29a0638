from django.db import models
from django.utils.translation import gettext_lazy as _

from lessons.immutability import Frozen
from lessons.models import PUBLIC, Revision
from quizzes.models import Question


class TranslationBasis(models.Model):
    """The source text that a translation was last compared with, where `made_from` alone does not say it.

    That is while the source is a draft, whose words change in their place, and while some of it waits to be compared.
    All of it empty: not known.
    """

    revision = models.OneToOneField(Revision, models.CASCADE, related_name="basis", verbose_name=_("translation"))
    title = models.CharField(_("title"), max_length=160, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    objective = models.TextField(_("objective"), blank=True)
    markdown = models.TextField(_("text"), blank=True)
    rows_left = models.PositiveSmallIntegerField(_("left to compare"), default=0)

    frozen = Frozen(states=PUBLIC, parent="revision")

    class Meta:
        verbose_name = _("basis of a translation")
        verbose_name_plural = _("bases of translations")
        ordering = ["revision"]

    def __str__(self) -> str:
        return f"{self.revision_id} ({self.rows_left})"


class QuestionBasis(models.Model):
    """The words of a question in its source language that those in `language` were last compared with."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="bases", verbose_name=_("question"))
    language = models.CharField(_("language"), max_length=12)
    words = models.JSONField(_("words"), default=dict)
    compared_at = models.DateTimeField(_("compared"), auto_now=True)

    class Meta:
        verbose_name = _("basis of a question's translation")
        verbose_name_plural = _("bases of questions' translations")
        ordering = ["question", "language"]
        constraints = [models.UniqueConstraint(fields=["question", "language"], name="studio_questionbasis_language")]

    def __str__(self) -> str:
        return f"{self.question_id} {self.language}"
