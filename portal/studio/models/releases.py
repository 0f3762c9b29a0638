from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lessons.models import CourseEdition, LocalFactValue, Revision
from quizzes.models import QuestionText, QuestionVersion


class Release(models.Model):
    """Revisions, versions, texts and editions that are reviewed together and go out together."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        IN_REVIEW = "in_review", _("In review")
        APPROVED = "approved", _("Approved, waiting for its time")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    title = models.CharField(_("title"), max_length=200)
    note = models.TextField(_("note for the reviewer"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="releases", verbose_name=_("author")
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("reviewer")
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    submitted_at = models.DateTimeField(_("sent to review"), null=True, blank=True)
    publish_at = models.DateTimeField(_("publish at"), null=True, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    revisions = models.ManyToManyField(Revision, related_name="releases", blank=True, verbose_name=_("revisions"))
    versions = models.ManyToManyField(
        QuestionVersion, related_name="releases", blank=True, verbose_name=_("question versions")
    )
    texts = models.ManyToManyField(QuestionText, related_name="releases", blank=True, verbose_name=_("question texts"))
    editions = models.ManyToManyField(
        CourseEdition, related_name="releases", blank=True, verbose_name=_("course editions")
    )
    facts = models.ManyToManyField(
        LocalFactValue, related_name="releases", blank=True, verbose_name=_("values of local facts")
    )

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False), name="studio_release_published_at"
            ),
            models.CheckConstraint(
                condition=Q(reviewer__isnull=True) | Q(author__isnull=True) | ~Q(reviewer=F("author")),
                name="studio_release_reviewed_by_another",
            ),
        ]
        indexes = [models.Index(fields=["publish_at"], condition=Q(state="approved"), name="studio_release_due")]

    def __str__(self) -> str:
        return self.title
