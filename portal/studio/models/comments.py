from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lessons.models import LessonText
from portal.studio.models.invitations import Invitation
from portal.studio.models.releases import Release
from quizzes.models import Question


class Comment(models.Model):
    """What a reviewer, an author or an expert says about a release, or beside a paragraph or a question of it.

    A paragraph is known by its place and by its words as they were then, so that what was said stays understandable
    when the text has changed. An answer stands under what it answers; what is settled is resolved.
    """

    release = models.ForeignKey(Release, models.CASCADE, related_name="comments", verbose_name=_("release"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("author")
    )
    text = models.TextField(_("comment"))
    sent_back = models.BooleanField(_("sent back"), default=False)
    at = models.DateTimeField(_("time"), auto_now_add=True)
    lesson_text = models.ForeignKey(
        LessonText, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("lesson text")
    )
    question = models.ForeignKey(
        Question, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("question")
    )
    block = models.PositiveSmallIntegerField(_("place of the paragraph"), null=True, blank=True)
    quote = models.TextField(_("words it is about"), blank=True, default="", db_default="")
    answers = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="answered_by", verbose_name=_("answer to")
    )
    guest = models.ForeignKey(
        Invitation, models.SET_NULL, null=True, blank=True, related_name="comments", verbose_name=_("invited expert")
    )
    resolved_at = models.DateTimeField(_("resolved"), null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("resolved by"),
    )

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(lesson_text__isnull=True) | Q(question__isnull=True), name="studio_comment_one_place"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]
