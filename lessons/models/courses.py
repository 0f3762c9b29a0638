from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lessons.immutability import Frozen
from lessons.models.identity import FREE, PEOPLE, PUBLIC, Authored, Identified, State, Words, published_has_date
from lessons.models.lessons import Lesson
from lessons.models.sources import Source
from lessons.models.topics import Topic

MOST_DUE_DAYS = 3650


class Course(Identified):
    """A path through lessons; its order and rules are published as editions."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    topics = models.ManyToManyField(Topic, related_name="courses", blank=True, verbose_name=_("topics"))
    position = models.PositiveIntegerField(_("position"), default=0)
    take_first = models.ManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="+",
        verbose_name=_("take first"),
        help_text=_("Courses that are better taken before this one; nobody is held to it."),
    )
    due_days = models.PositiveSmallIntegerField(
        _("to be done within (days)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_DUE_DAYS)],
        help_text=_("Counted from the day on which it is assigned; whoever assigns it may choose another last day."),
    )
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)

    class Meta(Identified.Meta):
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        ordering = ["position", "pk"]


class CourseEdition(Authored):
    """The order and the rules of a course, frozen once published."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="editions", verbose_name=_("course"))
    number = models.PositiveIntegerField(_("number"))
    label = models.CharField(_("edition"), max_length=40)
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    valid_months = models.PositiveSmallIntegerField(_("valid for (months)"), null=True, blank=True)
    source_language = models.CharField(_("source language"), max_length=12)
    sources = models.ManyToManyField(Source, through="EditionSource", related_name="+", verbose_name=_("sources"))

    frozen = Frozen(states=PUBLIC, free=FREE, erasable=PEOPLE)

    class Meta:
        verbose_name = _("course edition")
        verbose_name_plural = _("course editions")
        ordering = ["course", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["course", "number"], name="lessons_courseedition_number"),
            models.UniqueConstraint(fields=["course", "label"], name="lessons_courseedition_label"),
            models.UniqueConstraint(
                fields=["course"], condition=Q(state=State.PUBLISHED), name="lessons_courseedition_one_published"
            ),
            published_has_date("lessons_courseedition_published_at"),
        ]

    def __str__(self) -> str:
        return f"{self.course} {self.label}"


class EditionSource(models.Model):
    edition = models.ForeignKey(CourseEdition, models.CASCADE, related_name="citations")
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    frozen = Frozen(states=PUBLIC, parent="edition")

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "source"], name="lessons_editionsource_once")]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.source_id}"


class EditionText(Words):
    edition = models.ForeignKey(CourseEdition, models.CASCADE, related_name="texts", verbose_name=_("edition"))
    title = models.CharField(_("title"), max_length=160)
    summary = models.TextField(_("summary"))
    audience = models.CharField(_("audience"), max_length=200, blank=True)
    outcomes = models.TextField(_("outcomes"), blank=True, help_text=_("One a line."))

    frozen = Frozen(states=PUBLIC, parent="edition", sealed=False)

    class Meta:
        verbose_name = _("course edition in a language")
        verbose_name_plural = _("course editions in a language")
        constraints = [models.UniqueConstraint(fields=["edition", "language"], name="lessons_editiontext_language")]

    def __str__(self) -> str:
        return self.title


class Module(models.Model):
    edition = models.ForeignKey(CourseEdition, models.CASCADE, related_name="modules", verbose_name=_("edition"))
    key = models.CharField(_("key"), max_length=100)
    position = models.PositiveSmallIntegerField(_("position"))

    frozen = Frozen(states=PUBLIC, parent="edition")

    class Meta:
        verbose_name = _("module")
        verbose_name_plural = _("modules")
        ordering = ["edition", "position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "key"], name="lessons_module_key"),
            models.UniqueConstraint(fields=["edition", "position"], name="lessons_module_position"),
        ]

    def __str__(self) -> str:
        return self.key


class ModuleText(Words):
    module = models.ForeignKey(Module, models.CASCADE, related_name="texts", verbose_name=_("module"))
    title = models.CharField(_("title"), max_length=160)

    frozen = Frozen(states=PUBLIC, parent="module__edition", sealed=False)

    class Meta:
        verbose_name = _("module in a language")
        verbose_name_plural = _("modules in a language")
        constraints = [models.UniqueConstraint(fields=["module", "language"], name="lessons_moduletext_language")]

    def __str__(self) -> str:
        return self.title


class Placement(models.Model):
    """A lesson's place in an edition."""

    edition = models.ForeignKey(CourseEdition, models.CASCADE, related_name="placements", verbose_name=_("edition"))
    module = models.ForeignKey(Module, models.CASCADE, related_name="placements", verbose_name=_("module"))
    lesson = models.ForeignKey(Lesson, models.PROTECT, related_name="placements", verbose_name=_("lesson"))
    position = models.PositiveSmallIntegerField(_("position"), help_text=_("Counted through the whole course."))

    frozen = Frozen(states=PUBLIC, parent="edition")

    class Meta:
        verbose_name = _("placement")
        verbose_name_plural = _("placements")
        ordering = ["edition", "position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "lesson"], name="lessons_placement_lesson"),
            models.UniqueConstraint(fields=["edition", "position"], name="lessons_placement_position"),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.position}"
