from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lessons.immutability import Frozen
from lessons.models.identity import (
    FREE,
    PEOPLE,
    PUBLIC,
    Authored,
    Identified,
    State,
    Words,
    note_language_field,
    profile_field,
    published_has_date,
)
from lessons.models.sources import Source
from lessons.models.topics import Skill, Topic


class Lesson(Identified):
    """Three to eight minutes about one thing; its words are revisions, one line of them a language."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    source_language = models.CharField(_("source language"), max_length=12)
    topics = models.ManyToManyField(Topic, related_name="lessons", blank=True, verbose_name=_("topics"))
    skills = models.ManyToManyField(Skill, related_name="lessons", blank=True, verbose_name=_("skills"))
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)

    class Meta(Identified.Meta):
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")
        ordering = ["key"]
        constraints = [
            *Identified.Meta.constraints,
            models.CheckConstraint(condition=~Q(slug="final"), name="lessons_lesson_slug_not_final"),
        ]


class LessonText(Words):
    """A lesson in one language."""

    lesson = models.ForeignKey(Lesson, models.PROTECT, related_name="texts", verbose_name=_("lesson"))

    class Meta:
        verbose_name = _("lesson text")
        verbose_name_plural = _("lesson texts")
        constraints = [models.UniqueConstraint(fields=["lesson", "language"], name="lessons_lessontext_language")]

    def __str__(self) -> str:
        return f"{self.lesson_id} {self.language}"


class Revision(Authored):
    """One saved state of a lesson text."""

    text = models.ForeignKey(LessonText, models.PROTECT, related_name="revisions", verbose_name=_("lesson text"))
    number = models.PositiveIntegerField(_("number"))
    profile = profile_field()
    title = models.CharField(_("title"), max_length=160)
    summary = models.TextField(_("summary"), blank=True)
    objective = models.TextField(_("objective"), blank=True)
    markdown = models.TextField(_("text"))
    html = models.TextField(_("rendered text"), blank=True, help_text=_("Rendered once, at publishing."))
    made_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="translations", verbose_name=_("translated from")
    )
    sources = models.ManyToManyField(Source, through="RevisionSource", related_name="+", verbose_name=_("sources"))
    expert = models.CharField(_("signed by"), max_length=200, blank=True)
    expert_on = models.DateField(_("signed on"), null=True, blank=True)
    expert_title = models.CharField(
        _("profession of who signed"), max_length=200, blank=True, default="", db_default=""
    )
    review_due = models.DateField(_("review by"), null=True, blank=True)
    saved_at = models.DateTimeField(_("saved"), auto_now=True)

    frozen = Frozen(states=PUBLIC, free=FREE, erasable=PEOPLE)

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["text", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["text", "number"], name="lessons_revision_number"),
            models.UniqueConstraint(
                fields=["text"], condition=Q(state=State.PUBLISHED), name="lessons_revision_one_published"
            ),
            models.UniqueConstraint(
                fields=["text", "profile"], condition=Q(state=State.RESERVE), name="lessons_revision_one_in_reserve"
            ),
            models.UniqueConstraint(
                fields=["text", "profile"], condition=Q(state=State.SUSPENDED), name="lessons_revision_one_suspended"
            ),
            published_has_date("lessons_revision_published_at"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"


class RevisionSource(models.Model):
    revision = models.ForeignKey(Revision, models.CASCADE, related_name="citations")
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    note_language = note_language_field()
    position = models.PositiveSmallIntegerField(default=0)

    frozen = Frozen(states=PUBLIC, parent="revision")

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["revision", "source"], name="lessons_revisionsource_once")]

    def __str__(self) -> str:
        return f"{self.revision_id} {self.source_id}"
