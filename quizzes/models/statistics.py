from django.db import models
from django.utils.translation import gettext_lazy as _

from quizzes.models.questions import QuestionVersion
from quizzes.models.quizzes import Quiz


class ItemStatistic(models.Model):
    """What the first answers to one question version in one quiz show, as of `counted_at`.

    `language` is empty for all languages together. Shares are between 0 and 1, times in seconds. A figure that too
    few people stand behind is not kept. `choices` has id, right, told (people whose answer is known), share, thirds,
    rest and r of all that can be chosen.
    """

    quiz = models.ForeignKey(Quiz, models.CASCADE, related_name="item_statistics", verbose_name=_("quiz"))
    version = models.ForeignKey(QuestionVersion, models.CASCADE, related_name="statistics", verbose_name=_("version"))
    language = models.CharField(_("language"), max_length=12, blank=True)
    people = models.PositiveIntegerField(_("people"))
    seen_before = models.PositiveIntegerField(_("knew the feedback"), default=0)
    too_quick = models.PositiveIntegerField(_("too quick"), default=0)
    facility = models.FloatField(_("share right"), null=True)
    discrimination = models.FloatField(_("discrimination"), null=True)
    upper_lower = models.FloatField(_("upper less lower"), null=True)
    omitted = models.FloatField(_("share left out"), null=True)
    median_seconds = models.FloatField(_("median time"), null=True)
    lower_seconds = models.FloatField(_("lower quartile of the time"), null=True)
    upper_seconds = models.FloatField(_("upper quartile of the time"), null=True)
    language_delta = models.FloatField(_("difference between languages"), null=True)
    choices = models.JSONField(_("choices"), default=list)
    flags = models.CharField(_("flags"), max_length=200, blank=True)
    counted_at = models.DateTimeField(_("counted"))

    class Meta:
        verbose_name = _("figures of a question")
        verbose_name_plural = _("figures of questions")
        ordering = ["quiz", "version", "language"]
        constraints = [
            models.UniqueConstraint(fields=["quiz", "version", "language"], name="quizzes_itemstatistic_once")
        ]

    def __str__(self) -> str:
        return f"{self.quiz_id} {self.version_id} {self.language}"


class QuizStatistic(models.Model):
    """What the first sittings of a quiz show, as of `counted_at`.

    `histogram` has the share of people in every tenth of the score, the lowest first.
    """

    quiz = models.ForeignKey(Quiz, models.CASCADE, related_name="statistics", verbose_name=_("quiz"))
    language = models.CharField(_("language"), max_length=12, blank=True)
    people = models.PositiveIntegerField(_("people"))
    later = models.PositiveIntegerField(_("later sittings"), default=0)
    unfinished = models.PositiveIntegerField(_("not finished"), default=0)
    staff = models.PositiveIntegerField(_("sittings of staff"), default=0)
    questions = models.PositiveSmallIntegerField(_("questions in a sitting"), default=0)
    alpha = models.FloatField(_("reliability"), null=True)
    error = models.FloatField(_("error of measurement"), null=True)
    mean = models.FloatField(_("mean score"), null=True)
    spread = models.FloatField(_("standard deviation"), null=True)
    passed = models.FloatField(_("share passed"), null=True)
    histogram = models.JSONField(_("histogram"), default=list)
    counted_at = models.DateTimeField(_("counted"))

    class Meta:
        verbose_name = _("figures of a quiz")
        verbose_name_plural = _("figures of quizzes")
        ordering = ["quiz", "language"]
        constraints = [models.UniqueConstraint(fields=["quiz", "language"], name="quizzes_quizstatistic_once")]

    def __str__(self) -> str:
        return f"{self.quiz_id} {self.language}"
