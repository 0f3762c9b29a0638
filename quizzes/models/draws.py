from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lessons.immutability import Frozen
from lessons.models import PUBLIC, Lesson, Module, Skill, Topic
from quizzes.kinds import KINDS
from quizzes.models.questions import KIND_NAME, Question
from quizzes.models.quizzes import Quiz

WISHES = ("topic", "skill", "difficulty", "kind", "lesson", "module", "pool")


class DrawRow(models.Model):
    """So many of the drawn questions are of one sort: everything that the row names is true of each of them.

    What the rows of a quiz leave of its draw comes from the whole pool.
    """

    quiz = models.ForeignKey(Quiz, models.CASCADE, related_name="draw_rows", verbose_name=_("quiz"))
    position = models.PositiveSmallIntegerField(_("position"))
    count = models.PositiveSmallIntegerField(_("how many"))
    topic = models.ForeignKey(
        Topic, models.PROTECT, null=True, blank=True, related_name="draw_rows", verbose_name=_("topic")
    )
    skill = models.ForeignKey(
        Skill, models.PROTECT, null=True, blank=True, related_name="draw_rows", verbose_name=_("skill")
    )
    difficulty = models.CharField(
        _("difficulty"), max_length=6, choices=Question.Difficulty.choices, blank=True, default=""
    )
    kind = models.CharField(_("kind"), max_length=20, blank=True, default="")
    lesson = models.ForeignKey(
        Lesson, models.PROTECT, null=True, blank=True, related_name="draw_rows", verbose_name=_("lesson")
    )
    module = models.ForeignKey(
        Module, models.RESTRICT, null=True, blank=True, related_name="draw_rows", verbose_name=_("module")
    )
    pool = models.CharField(_("pool"), max_length=60, blank=True, default="")

    frozen = Frozen(states=PUBLIC, parent="quiz__edition")

    class Meta:
        verbose_name = _("row of a draw")
        verbose_name_plural = _("rows of a draw")
        ordering = ["quiz", "position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(count__gte=1), name="quizzes_drawrow_count"),
            models.CheckConstraint(
                condition=Q(topic__isnull=False)
                | Q(skill__isnull=False)
                | Q(lesson__isnull=False)
                | Q(module__isnull=False)
                | ~Q(difficulty="")
                | ~Q(kind="")
                | ~Q(pool=""),
                name="quizzes_drawrow_says_what",
            ),
            models.CheckConstraint(
                condition=Q(difficulty__in=["", *Question.Difficulty.values]), name="quizzes_drawrow_difficulty"
            ),
            models.CheckConstraint(condition=Q(kind="") | Q(kind__regex=KIND_NAME), name="quizzes_drawrow_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.count} × {self.wish}"

    @property
    def wish(self) -> str:
        """What it asks for, in words: `difficulty: hard, topic: bleeding`."""
        shown = {
            "difficulty": self.get_difficulty_display(),
            "kind": str(KINDS[self.kind].called) if self.kind in KINDS else self.kind,
        }
        said = ((name, shown.get(name) or getattr(self, name)) for name in WISHES)
        return ", ".join(f"{self._meta.get_field(name).verbose_name}: {value}" for name, value in said if value)  # type: ignore[union-attr]

    def clean(self) -> None:
        if not any(getattr(self, name) for name in WISHES):
            raise ValidationError(_("Say what these questions are: a topic, a difficulty, a kind…"))
        if self.kind and self.kind not in KINDS:
            raise ValidationError({"kind": _("There is no such kind of question.")})
        if self.module_id and self.module is not None and self.module.edition_id != self.quiz.edition_id:
            raise ValidationError({"module": _("This module is of another edition.")})
