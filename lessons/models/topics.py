from django.db import models
from django.utils.translation import gettext_lazy as _

from lessons.models.identity import Identified, Words


class Topic(Identified):
    """A subject or hazard that citizens look for."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    icon = models.SlugField(_("icon"), max_length=40)
    urgent = models.BooleanField(_("life-threatening"), default=False)
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta(Identified.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["position", "pk"]


class TopicText(Words):
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="texts", verbose_name=_("topic"))
    name = models.CharField(_("name"), max_length=120)
    summary = models.TextField(_("summary"), blank=True)

    class Meta:
        verbose_name = _("topic in a language")
        verbose_name_plural = _("topics in a language")
        constraints = [models.UniqueConstraint(fields=["topic", "language"], name="lessons_topictext_language")]

    def __str__(self) -> str:
        return self.name


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

    class Meta:
        verbose_name = _("glossary term in a language")
        verbose_name_plural = _("glossary terms in a language")
        constraints = [
            models.UniqueConstraint(fields=["glossary_term", "language"], name="lessons_glossarytext_language")
        ]

    def __str__(self) -> str:
        return self.term
