import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lessons.immutability import Frozen
from quizzes.models.attempts import Attempt, AttemptItem
from quizzes.models.questions import Question, QuestionVersion


class Regrade(models.Model):
    """One re-scoring of finished attempts by a corrected key: who, when, why, from which versions to which.

    `chosen` is the selection (quizzes.rescoring.Selection); `digest` is of what the dry run had found.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    question = models.ForeignKey(Question, models.PROTECT, related_name="regrades", verbose_name=_("question"))
    version = models.ForeignKey(
        QuestionVersion, models.PROTECT, related_name="regrades", verbose_name=_("corrected version")
    )
    chosen = models.JSONField(_("chosen"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    reason = models.CharField(_("reason"), max_length=500)
    day = models.DateField(_("day"))
    at = models.DateTimeField(_("time"))
    digest = models.CharField(_("digest"), max_length=64)
    items = models.PositiveIntegerField(_("answers re-scored"))
    risen = models.PositiveIntegerField(_("scores that rose"))
    fallen = models.PositiveIntegerField(_("scores that fell"))
    passing = models.PositiveIntegerField(_("sittings that pass now"))
    failing = models.PositiveIntegerField(_("sittings that would not pass any more"))
    earned = models.PositiveIntegerField(_("completions earned"))
    withdrawn = models.PositiveIntegerField(_("completions withdrawn"))

    frozen = Frozen(erasable=("by",))

    class Meta:
        verbose_name = _("re-scoring")
        verbose_name_plural = _("re-scorings")
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.question_id} {self.day}"


class RegradedItem(models.Model):
    """An answer whose share changed: what it earned before and after."""

    regrade = models.ForeignKey(Regrade, models.PROTECT, related_name="regraded_items", verbose_name=_("re-scoring"))
    item = models.ForeignKey(
        AttemptItem, models.PROTECT, related_name="regrades", verbose_name=_("question in an attempt")
    )
    before = models.DecimalField(_("share before"), max_digits=6, decimal_places=5)
    after = models.DecimalField(_("share after"), max_digits=6, decimal_places=5)

    frozen = Frozen()

    class Meta:
        verbose_name = _("answer re-scored")
        verbose_name_plural = _("answers re-scored")
        constraints = [
            models.UniqueConstraint(fields=["regrade", "item"], name="quizzes_regradeditem_once"),
            models.CheckConstraint(
                condition=Q(before__gte=0, before__lte=1, after__gte=0, after__lte=1),
                name="quizzes_regradeditem_shares",
            ),
            models.CheckConstraint(condition=~Q(before=F("after")), name="quizzes_regradeditem_changed"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.before} {self.after}"


class RegradedAttempt(models.Model):
    """A sitting whose score changed, or whether it reaches its pass mark.

    `passes` says what the corrected key says. `passed_after` is what holds: a pass that was had is only taken away
    where the regrade withdraws.
    """

    regrade = models.ForeignKey(Regrade, models.PROTECT, related_name="regraded_attempts", verbose_name=_("re-scoring"))
    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="regrades", verbose_name=_("attempt"))
    score_before = models.DecimalField(_("score before"), max_digits=6, decimal_places=5)
    score_after = models.DecimalField(_("score after"), max_digits=6, decimal_places=5)
    passed_before = models.BooleanField(_("passed before"))
    passed_after = models.BooleanField(_("passed after"))
    passes = models.BooleanField(_("passes by the corrected key"))

    frozen = Frozen()

    class Meta:
        verbose_name = _("attempt re-scored")
        verbose_name_plural = _("attempts re-scored")
        constraints = [
            models.UniqueConstraint(fields=["regrade", "attempt"], name="quizzes_regradedattempt_once"),
            models.CheckConstraint(
                condition=Q(score_before__gte=0, score_before__lte=1, score_after__gte=0, score_after__lte=1),
                name="quizzes_regradedattempt_scores",
            ),
            models.CheckConstraint(
                condition=Q(passes=F("passed_after")) | Q(passed_before=True, passed_after=True, passes=False),
                name="quizzes_regradedattempt_a_pass_may_stay",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}: {self.score_before} {self.score_after}"
