import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lessons.immutability import Frozen
from lessons.models import CourseEdition
from quizzes.models.learners import Learner
from quizzes.models.questions import QuestionVersion
from quizzes.models.quizzes import Quiz


class Attempt(models.Model):
    """One sitting of a quiz by one learner; rules, draw, local facts and deadline are those of its beginning."""

    class State(models.TextChoices):
        OPEN = "open", _("Under way")
        SUBMITTED = "submitted", _("Handed in")
        EXPIRED = "expired", _("Time ran out")
        ABANDONED = "abandoned", _("Left for another")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learner = models.ForeignKey(Learner, models.PROTECT, related_name="attempts", verbose_name=_("learner"))
    quiz = models.ForeignKey(Quiz, models.PROTECT, related_name="attempts", verbose_name=_("quiz"))
    edition = models.ForeignKey(
        CourseEdition, models.PROTECT, related_name="attempts", verbose_name=_("edition"), help_text=_("Taken in.")
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    rules = models.JSONField(_("rules"))
    seed = models.CharField(_("seed"), max_length=64)
    nonce = models.CharField(max_length=64, unique=True, null=True, blank=True)
    local_facts = models.JSONField(_("local facts"), default=dict)
    begun_at = models.DateTimeField(_("begun"))
    deadline = models.DateTimeField(_("deadline"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("handed in"), null=True, blank=True)
    score = models.DecimalField(_("score"), max_digits=6, decimal_places=5, null=True, blank=True)
    passed = models.BooleanField(_("passed"), null=True, blank=True)

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["-begun_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "quiz"], condition=Q(state="open"), name="quizzes_attempt_one_open"
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=0, score__lte=1), name="quizzes_attempt_score"
            ),
            models.CheckConstraint(
                condition=~Q(state="submitted")
                | Q(submitted_at__isnull=False, score__isnull=False, passed__isnull=False),
                name="quizzes_attempt_submitted_is_scored",
            ),
            models.CheckConstraint(
                condition=Q(deadline__isnull=True) | Q(deadline__gte=F("begun_at")), name="quizzes_attempt_deadline"
            ),
        ]
        indexes = [models.Index(fields=["learner", "quiz", "-begun_at"], name="quizzes_attempt_latest")]

    def __str__(self) -> str:
        return str(self.pk)


class AttemptItem(models.Model):
    """One question asked in an attempt; `fraction` is what the last counted response earned, 0 to 1.

    Of a question with a clock `shown_at` is when the learner started it; `mode` says under which time it was answered.
    `regraded_by` is the corrected version whose key `fraction` was measured by again, where it was.
    """

    class Mode(models.TextChoices):
        STANDARD = "std", _("In the standard time")
        EXTENDED = "ext", _("With extra time")
        UNTIMED = "untimed", _("Without the clock")

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="items", verbose_name=_("attempt"))
    step = models.PositiveSmallIntegerField(_("step"))
    version = models.ForeignKey(QuestionVersion, models.PROTECT, related_name="items", verbose_name=_("version"))
    option_order = models.JSONField(_("order of options"), default=list)
    points = models.DecimalField(_("points"), max_digits=5, decimal_places=2, default=1)
    shown_at = models.DateTimeField(_("shown"), null=True, blank=True)
    fraction = models.DecimalField(_("share earned"), max_digits=6, decimal_places=5, null=True, blank=True)
    closed_at = models.DateTimeField(_("feedback given"), null=True, blank=True)
    mode = models.CharField(_("time"), max_length=8, choices=Mode.choices, default=Mode.STANDARD, db_default="std")
    regraded_by = models.ForeignKey(
        QuestionVersion,
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        verbose_name=_("re-scored by"),
    )

    class Meta:
        verbose_name = _("question in an attempt")
        verbose_name_plural = _("questions in an attempt")
        ordering = ["attempt", "step"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "step"], name="quizzes_attemptitem_step"),
            models.UniqueConstraint(fields=["attempt", "version"], name="quizzes_attemptitem_version"),
            models.CheckConstraint(
                condition=Q(fraction__isnull=True) | Q(fraction__gte=0, fraction__lte=1),
                name="quizzes_attemptitem_fraction",
            ),
            models.CheckConstraint(condition=Q(mode__in=["std", "ext", "untimed"]), name="quizzes_attemptitem_mode"),
        ]
        indexes = [
            models.Index(
                fields=["regraded_by"],
                condition=Q(regraded_by__isnull=False),
                name="quizzes_attemptitem_regraded",
            )
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.step}"

    @property
    def measured_by(self) -> QuestionVersion:
        """The version whose key and criticality count; `select_related("version", "regraded_by")` spares queries."""
        return self.version if self.regraded_by_id is None else self.regraded_by  # type: ignore[return-value]


class Response(models.Model):
    """One saved answer. Answers are only ever added; erasing a person takes the answer itself away."""

    class Confidence(models.TextChoices):
        SURE = "sure", _("Sure")
        UNSURE = "unsure", _("Not sure")
        GUESS = "guess", _("A guess")

    item = models.ForeignKey(AttemptItem, models.PROTECT, related_name="responses", verbose_name=_("question"))
    submission_id = models.UUIDField(_("submission"), unique=True)
    sequence = models.PositiveIntegerField(_("sequence"))
    answer = models.JSONField(_("answer"), null=True)
    fraction = models.DecimalField(_("share earned"), max_digits=6, decimal_places=5)
    language = models.CharField(_("language"), max_length=12)
    confidence = models.CharField(_("confidence"), max_length=8, choices=Confidence.choices, blank=True)
    client_time = models.DateTimeField(_("time on the device"), null=True, blank=True)
    saved_at = models.DateTimeField(_("saved"), null=True)

    frozen = Frozen(erasable=("answer", "client_time", "saved_at"))

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        ordering = ["item", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["item", "sequence"], name="quizzes_response_sequence"),
            models.CheckConstraint(condition=Q(fraction__gte=0, fraction__lte=1), name="quizzes_response_fraction"),
        ]
        indexes = [
            models.Index(fields=["saved_at"], condition=Q(answer__isnull=False), name="quizzes_response_to_forget")
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.sequence}"
