from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lessons.immutability import Frozen
from lessons.models import Course, CourseEdition, Lesson
from quizzes.models.attempts import Attempt
from quizzes.models.learners import Learner
from quizzes.models.regrades import Regrade


class ProgressEvent(models.Model):
    """What a learner did, only ever added to. Erasing a person leaves the day and takes the hour.

    What a `regrade` brought, the learner did not do on that day: it counts, and it is no activity.
    """

    class Verb(models.TextChoices):
        STARTED = "started", _("Started the course")
        READ = "read", _("Read the lesson")
        PASSED = "passed", _("Passed the check")
        FINAL_PASSED = "final_passed", _("Passed the final")
        COMPLETED = "completed", _("Completed the course")
        PASS_WITHDRAWN = "pass_withdrawn", _("A pass was withdrawn")

    learner = models.ForeignKey(Learner, models.PROTECT, related_name="events", verbose_name=_("learner"))
    verb = models.CharField(_("what"), max_length=14, choices=Verb.choices)
    course = models.ForeignKey(Course, models.PROTECT, related_name="+", verbose_name=_("course"))
    edition = models.ForeignKey(CourseEdition, models.PROTECT, related_name="+", verbose_name=_("edition"))
    lesson = models.ForeignKey(
        Lesson, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lesson")
    )
    attempt = models.ForeignKey(
        Attempt, models.PROTECT, null=True, blank=True, related_name="events", verbose_name=_("attempt")
    )
    regrade = models.ForeignKey(
        Regrade,
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="events",
        verbose_name=_("re-scoring"),
    )
    day = models.DateField(_("day"))
    at = models.DateTimeField(_("time"), null=True)

    frozen = Frozen(erasable=("at",))

    class Meta:
        verbose_name = _("progress event")
        verbose_name_plural = _("progress events")
        ordering = ["day", "pk"]
        indexes = [
            models.Index(fields=["learner", "course"], name="quizzes_event_learner"),
            models.Index(fields=["course", "verb", "day"], name="quizzes_event_course_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(verb="pass_withdrawn") | Q(attempt__isnull=False, regrade__isnull=False),
                name="quizzes_event_withdrawn_by_a_regrade",
            )
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.day}"


class Completion(models.Model):
    """A course completed, one row an earning; a sitting earns once, and once more after each withdrawal."""

    learner = models.ForeignKey(Learner, models.PROTECT, related_name="completions", verbose_name=_("learner"))
    course = models.ForeignKey(Course, models.PROTECT, related_name="completions", verbose_name=_("course"))
    edition = models.ForeignKey(CourseEdition, models.PROTECT, related_name="+", verbose_name=_("edition"))
    attempt = models.ForeignKey(
        Attempt, models.PROTECT, null=True, blank=True, related_name="completions", verbose_name=_("attempt")
    )
    after = models.OneToOneField(
        "CompletionWithdrawal",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="earned_again",
        verbose_name=_("earned again after"),
    )
    completed_on = models.DateField(_("completed on"))
    expires_on = models.DateField(_("holds until"), null=True, blank=True)

    frozen = Frozen()

    class Meta:
        verbose_name = _("completion")
        verbose_name_plural = _("completions")
        ordering = ["-completed_on"]
        indexes = [models.Index(fields=["course", "completed_on"], name="quizzes_completion_course")]
        constraints = [
            models.UniqueConstraint(
                fields=["attempt"], condition=Q(after__isnull=True), name="quizzes_completion_earned_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course_id} {self.completed_on}"


class CompletionWithdrawal(models.Model):
    """A completion that does not count from this day on; it goes on counting for every day before."""

    completion = models.OneToOneField(
        Completion, models.PROTECT, related_name="withdrawal", verbose_name=_("completion")
    )
    regrade = models.ForeignKey(
        Regrade, models.PROTECT, null=True, blank=True, related_name="withdrawals", verbose_name=_("re-scoring")
    )
    withdrawn_on = models.DateField(_("withdrawn on"), db_index=True)
    reason = models.CharField(_("reason"), max_length=500)

    frozen = Frozen()

    class Meta:
        verbose_name = _("withdrawal of a completion")
        verbose_name_plural = _("withdrawals of completions")
        ordering = ["-withdrawn_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="quizzes_completionwithdrawal_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.completion_id} {self.withdrawn_on}"


class LessonProgress(models.Model):
    """Projection: where a learner stands in a lesson. Rebuilt from events and attempts by one command."""

    learner = models.ForeignKey(Learner, models.CASCADE, related_name="lessons", verbose_name=_("learner"))
    lesson = models.ForeignKey(Lesson, models.PROTECT, related_name="+", verbose_name=_("lesson"))
    read_on = models.DateField(_("read on"), null=True, blank=True)
    passed_on = models.DateField(_("passed on"), null=True, blank=True)
    best = models.DecimalField(_("best score"), max_digits=6, decimal_places=5, null=True, blank=True)

    class Meta:
        verbose_name = _("progress in a lesson")
        verbose_name_plural = _("progress in lessons")
        constraints = [models.UniqueConstraint(fields=["learner", "lesson"], name="quizzes_lessonprogress_once")]

    def __str__(self) -> str:
        return f"{self.learner_id} {self.lesson_id}"


class CourseProgress(models.Model):
    """Projection: where a learner stands in a course."""

    learner = models.ForeignKey(Learner, models.CASCADE, related_name="courses", verbose_name=_("learner"))
    course = models.ForeignKey(Course, models.PROTECT, related_name="+", verbose_name=_("course"))
    edition = models.ForeignKey(CourseEdition, models.PROTECT, related_name="+", verbose_name=_("edition"))
    started_on = models.DateField(_("started on"))
    active_on = models.DateField(_("last active on"))
    last_lesson = models.ForeignKey(
        Lesson, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("last lesson")
    )
    passed = models.PositiveSmallIntegerField(_("lessons passed"), default=0)
    completed_on = models.DateField(_("completed on"), null=True, blank=True)
    expires_on = models.DateField(_("holds until"), null=True, blank=True)

    class Meta:
        verbose_name = _("progress in a course")
        verbose_name_plural = _("progress in courses")
        constraints = [
            models.UniqueConstraint(fields=["learner", "course"], name="quizzes_courseprogress_once"),
            models.CheckConstraint(
                condition=Q(completed_on__isnull=True) | Q(completed_on__gte=models.F("started_on")),
                name="quizzes_courseprogress_order",
            ),
        ]
        indexes = [
            models.Index(fields=["course", "started_on"], name="quizzes_courseprog_started"),
            models.Index(fields=["course", "completed_on"], name="quizzes_courseprog_completed"),
        ]

    def __str__(self) -> str:
        return f"{self.learner_id} {self.course_id}"
