from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lessons.immutability import Frozen
from lessons.models import PUBLIC, Lesson, Skill, Source, State
from lessons.models.identity import FREE, PEOPLE, Authored, Identified, Words, profile_field, published_has_date
from quizzes.kinds import KINDS
from quizzes.plain import plain_of

KIND_NAME = r"^[a-z][a-z0-9_]*$"


class Question(Identified):
    """One thing asked, for ever the same question however it is reworded.

    `difficulty` is what its author expects, not what was measured; it has no versions, since no answer earns by it.
    """

    class Difficulty(models.TextChoices):
        EASY = "easy", _("Easy")
        MEDIUM = "medium", _("Medium")
        HARD = "hard", _("Hard")

    lesson = models.ForeignKey(
        Lesson, models.PROTECT, null=True, blank=True, related_name="questions", verbose_name=_("lesson")
    )
    skills = models.ManyToManyField(Skill, through="QuestionSkill", related_name="questions", verbose_name=_("skills"))
    difficulty = models.CharField(
        _("difficulty"), max_length=6, choices=Difficulty.choices, blank=True, default="", db_default=""
    )
    profile = profile_field()
    position = models.PositiveIntegerField(_("position"), default=0)
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)
    made_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="copies", verbose_name=_("made from")
    )

    class Meta(Identified.Meta):
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["lesson", "position", "pk"]
        constraints = [
            *Identified.Meta.constraints,
            models.CheckConstraint(
                condition=Q(difficulty__in=["", "easy", "medium", "hard"]), name="quizzes_question_difficulty"
            ),
        ]


class QuestionSkill(models.Model):
    question = models.ForeignKey(Question, models.CASCADE, related_name="weights")
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="weights")
    weight = models.DecimalField(_("weight"), max_digits=4, decimal_places=2, default=1)

    class Meta:
        verbose_name = _("skill of a question")
        verbose_name_plural = _("skills of a question")
        constraints = [
            models.UniqueConstraint(fields=["question", "skill"], name="quizzes_questionskill_once"),
            models.CheckConstraint(condition=Q(weight__gt=0), name="quizzes_questionskill_weight"),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} {self.skill_id}"


class QuestionVersion(Authored):
    """Structure, key and whether it is critical, and no words that anybody is shown."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="versions", verbose_name=_("question"))
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=20)
    structure = models.JSONField(_("structure"), default=dict)
    answer_key = models.JSONField(_("key"))
    critical = models.BooleanField(_("critical"), default=False)
    seconds = models.PositiveSmallIntegerField(_("seconds"), null=True, blank=True)
    sources = models.ManyToManyField(Source, related_name="+", blank=True, verbose_name=_("sources"))

    frozen = Frozen(states=PUBLIC, free=FREE, erasable=PEOPLE)

    class Meta:
        verbose_name = _("question version")
        verbose_name_plural = _("question versions")
        ordering = ["question", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="quizzes_questionversion_number"),
            models.UniqueConstraint(
                fields=["question"], condition=Q(state=State.PUBLISHED), name="quizzes_questionversion_one_published"
            ),
            models.UniqueConstraint(
                fields=["question"], condition=Q(state=State.RESERVE), name="quizzes_questionversion_one_in_reserve"
            ),
            models.CheckConstraint(condition=Q(kind__regex=KIND_NAME), name="quizzes_questionversion_kind"),
            published_has_date("quizzes_questionversion_published_at"),
        ]

    def __str__(self) -> str:
        return f"{self.question} ({self.number})"

    def clean(self) -> None:
        """Refuses a kind that the portal does not have; the database knows only what a name looks like."""
        super().clean()
        if self.kind not in KINDS:
            raise ValidationError({"kind": _("There is no such kind of question.")})

    def get_kind_display(self) -> str:
        """What people call its kind."""
        return KINDS[self.kind].called if self.kind in KINDS else self.kind


class QuestionText(Authored, Words):
    """The words of a version in one language: stem, options, explanation, feedback."""

    version = models.ForeignKey(QuestionVersion, models.PROTECT, related_name="texts", verbose_name=_("version"))
    number = models.PositiveIntegerField(_("number"), default=1)
    words = models.JSONField(_("words"))
    plain = models.TextField(editable=False, null=True)  # noqa: DJ001 - null is "not written yet"

    frozen = Frozen(states=PUBLIC, free=(*FREE, "plain"), erasable=PEOPLE)

    class Meta:
        verbose_name = _("question text")
        verbose_name_plural = _("question texts")
        ordering = ["version", "language", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["version", "language", "number"], name="quizzes_questiontext_number"),
            models.UniqueConstraint(
                fields=["version", "language"],
                condition=Q(state=State.PUBLISHED),
                name="quizzes_questiontext_one_published",
            ),
            published_has_date("quizzes_questiontext_published_at"),
        ]

    def __str__(self) -> str:
        return str(self.words.get("stem", ""))

    def save(self, *args: Any, **options: Any) -> None:
        """Keeps `plain` in step with `words`: what the question bank is searched in."""
        self.plain = plain_of(self.words)
        named = options.get("update_fields")
        if named is not None and "words" in named:
            options["update_fields"] = {*named, "plain"}
        super().save(*args, **options)
