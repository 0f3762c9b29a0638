from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from lessons.first_minute import check_card
from lessons.models.identity import Identified, Words, note_language_field
from lessons.models.sources import Source


class CallWhen(models.TextChoices):
    """When the emergency number may be called: the button of the card says it where that is not at once."""

    AT_ONCE = "at_once", _("at once")
    OUTSIDE = "outside", _("once outside")
    OUTSIDE_OR_TRAPPED = "outside_or_trapped", _("once outside, or trapped")
    FAR_AWAY = "far_away", _("only from far away")
    FROM_SAFETY = "from_safety", _("once safe")
    LIFE_IN_DANGER = "life_in_danger", _("only if a life is in danger")


class Topic(Identified):
    """A subject or hazard that citizens look for, with the card that says what to do in the first minute."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    icon = models.SlugField(_("icon"), max_length=40)
    urgent = models.BooleanField(_("life-threatening"), default=False)
    call_when = models.CharField(
        _("call"),
        max_length=20,
        choices=CallWhen,
        default=CallWhen.AT_ONCE,
        db_default=CallWhen.AT_ONCE,
        help_text=_("When the emergency number may be called. The button of the card says so."),
    )
    position = models.PositiveIntegerField(_("position"), default=0)
    related = models.ManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        verbose_name=_("related topics"),
        help_text=_("Shown beside it, with their lessons."),
    )
    sources = models.ManyToManyField(Source, through="TopicSource", related_name="+", verbose_name=_("sources"))
    expert = models.CharField(_("signed by"), max_length=200, blank=True, default="", db_default="")
    expert_on = models.DateField(_("signed on"), null=True, blank=True)
    review_due = models.DateField(_("review by"), null=True, blank=True)
    changed_on = models.DateField(_("card changed on"), null=True, blank=True, editable=False)

    class Meta(Identified.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["position", "pk"]

    def clean(self) -> None:
        """A signature has a name and a day."""
        if bool(self.expert) != bool(self.expert_on):
            raise ValidationError({"expert": _("Write who signed the card and on which day, or neither.")})

    def card_changed(self, on: date, *, signed_anew: bool) -> None:
        """An expert signs the words as they were: other words await a signature again."""
        self.changed_on = on
        if not signed_anew:
            self.expert, self.expert_on = "", None
        self.save(update_fields=["changed_on", "expert", "expert_on"])


class TopicText(Words):
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="texts", verbose_name=_("topic"))
    name = models.CharField(_("name"), max_length=120)
    summary = models.TextField(_("summary"), blank=True)
    first_minute = models.TextField(
        _("first minute card"),
        blank=True,
        default="",
        db_default="",
        validators=[check_card],
        help_text=_("3 to 5 lines, each one short command of plain words, to be read aloud."),
    )

    class Meta:
        verbose_name = _("topic in a language")
        verbose_name_plural = _("topics in a language")
        constraints = [models.UniqueConstraint(fields=["topic", "language"], name="lessons_topictext_language")]

    def __str__(self) -> str:
        return self.name


class TopicSource(models.Model):
    """A work that the first minute card rests on, once for each language in which something is said of it."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="citations", verbose_name=_("topic"))
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", verbose_name=_("source"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    note_language = note_language_field()
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("source of a topic")
        verbose_name_plural = _("sources of a topic")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["topic", "source", "note_language"], name="lessons_topicsource_once")
        ]

    def __str__(self) -> str:
        return f"{self.topic_id} {self.source_id}"


class Skill(Identified):
    """What a person can do in an emergency; a skill with a parent is one of its knowledge points."""

    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("part of")
    )

    class Meta(Identified.Meta):
        verbose_name = _("skill")
        verbose_name_plural = _("skills")
        ordering = ["key"]


class SkillText(Words):
    skill = models.ForeignKey(Skill, models.CASCADE, related_name="texts", verbose_name=_("skill"))
    name = models.CharField(_("name"), max_length=160)
    description = models.TextField(_("description"), blank=True)

    class Meta:
        verbose_name = _("skill in a language")
        verbose_name_plural = _("skills in a language")
        constraints = [models.UniqueConstraint(fields=["skill", "language"], name="lessons_skilltext_language")]

    def __str__(self) -> str:
        return self.name


class GlossaryTerm(Identified):
    class Meta(Identified.Meta):
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary terms")
        ordering = ["key"]


class GlossaryText(Words):
    glossary_term = models.ForeignKey(GlossaryTerm, models.CASCADE, related_name="texts", verbose_name=_("term"))
    term = models.CharField(_("term"), max_length=120)
    definition = models.TextField(_("definition"))
    marked = models.BooleanField(
        _("explained in lessons"),
        default=True,
        db_default=True,
        help_text=_("Lessons explain it where it is first used. Not for a word that they also use in another sense."),
    )

    class Meta:
        verbose_name = _("glossary term in a language")
        verbose_name_plural = _("glossary terms in a language")
        constraints = [
            models.UniqueConstraint(fields=["glossary_term", "language"], name="lessons_glossarytext_language")
        ]

    def __str__(self) -> str:
        return self.term
