from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lessons.immutability import Frozen
from lessons.models import PUBLIC, CourseEdition, Lesson
from quizzes.models.questions import Question


class Quiz(models.Model):
    """Questions with rules: a lesson's check or an edition's final. An attempt keeps the rules it began with."""

    class Purpose(models.TextChoices):
        CHECK = "check", _("Check")
        FINAL = "final", _("Final")

    class Feedback(models.TextChoices):
        AT_ONCE = "at_once", _("After each answer")
        AT_END = "at_end", _("At the end")
        AFTER_DUE = "after_due", _("After the due date")
        NEVER = "never", _("Never the key")

    purpose = models.CharField(_("purpose"), max_length=8, choices=Purpose.choices)
    lesson = models.OneToOneField(
        Lesson, models.PROTECT, null=True, blank=True, related_name="check_quiz", verbose_name=_("lesson")
    )
    edition = models.OneToOneField(
        CourseEdition, models.CASCADE, null=True, blank=True, related_name="final_quiz", verbose_name=_("edition")
    )
    pass_mark = models.DecimalField(_("pass mark"), max_digits=4, decimal_places=3)
    draw = models.PositiveSmallIntegerField(_("questions drawn"), null=True, blank=True)
    time_limit = models.PositiveIntegerField(_("time limit (seconds)"), null=True, blank=True)
    attempt_limit = models.PositiveSmallIntegerField(_("attempts allowed"), null=True, blank=True)
    cooldown = models.PositiveIntegerField(_("wait between attempts (seconds)"), null=True, blank=True)
    feedback = models.CharField(_("feedback"), max_length=10, choices=Feedback.choices)
    due_at = models.DateTimeField(
        _("due"), null=True, blank=True, help_text=_("From then on the right answers and explanations are shown.")
    )
    confidence = models.BooleanField(
        _("ask how sure"),
        default=False,
        db_default=False,
        help_text=_("Under each question, for who wants to say. It never counts towards the pass."),
    )
    time_essential = models.BooleanField(
        _("time is essential"),
        default=False,
        db_default=False,
        help_text=_("Only extra time that the administration has granted counts, and not what learners choose."),
    )

    frozen = Frozen(states=PUBLIC, parent="edition")

    class Meta:
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose="check", lesson__isnull=False, edition__isnull=True)
                | Q(purpose="final", lesson__isnull=True, edition__isnull=False),
                name="quizzes_quiz_purpose",
            ),
            models.CheckConstraint(condition=Q(pass_mark__gte=0, pass_mark__lte=1), name="quizzes_quiz_pass_mark"),
            models.CheckConstraint(
                condition=Q(due_at__isnull=True) | Q(feedback="after_due"), name="quizzes_quiz_due_is_awaited"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.lesson_id or self.edition_id}"

    def clean(self) -> None:
        zero = [name for name in ("draw", "time_limit", "attempt_limit", "cooldown") if getattr(self, name) == 0]
        if zero:
            raise ValidationError(dict.fromkeys(zero, _("Leave it empty where there is none.")))
        if self.feedback == self.Feedback.AFTER_DUE and self.due_at is None:
            raise ValidationError({"due_at": _("Say from when on the right answers are shown.")})
        if self.feedback != self.Feedback.AFTER_DUE and self.due_at is not None:
            raise ValidationError({"due_at": _("Nothing waits for this day. Leave it empty, or choose that feedback.")})


def as_one_quiz(quiz: Quiz, path: str = "quiz") -> Q:
    """Condition on what belongs to a quiz by `path`: that quiz, or any final of the course, which count as one."""
    if quiz.edition_id is None:
        return Q(**{path: quiz})
    course = CourseEdition.objects.filter(pk=quiz.edition_id).values("course")
    return Q(**{f"{path}__edition__course__in": course})


class QuizQuestion(models.Model):
    """A question in a quiz; a final without any draws from the bank of its edition's lessons."""

    quiz = models.ForeignKey(Quiz, models.CASCADE, related_name="entries", verbose_name=_("quiz"))
    question = models.ForeignKey(Question, models.PROTECT, related_name="entries", verbose_name=_("question"))
    pool = models.CharField(_("pool"), max_length=60, blank=True)
    points = models.DecimalField(_("points"), max_digits=5, decimal_places=2, default=1)
    position = models.PositiveSmallIntegerField(_("position"))

    class Meta:
        verbose_name = _("question in a quiz")
        verbose_name_plural = _("questions in a quiz")
        ordering = ["quiz", "position"]
        constraints = [
            models.UniqueConstraint(fields=["quiz", "question"], name="quizzes_quizquestion_once"),
            models.CheckConstraint(condition=Q(points__gt=0), name="quizzes_quizquestion_points"),
        ]

    def __str__(self) -> str:
        return f"{self.quiz_id} {self.question_id}"
