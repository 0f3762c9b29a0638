from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a revision, a version or an edition stands."""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    PUBLISHED = "published", _("Published")
    RESERVE = "reserve", _("In reserve")
    SUSPENDED = "suspended", _("Out of view")
    SUPERSEDED = "superseded", _("Superseded")


RELEASED = (State.PUBLISHED.value, State.RESERVE.value, State.SUSPENDED.value)
"""What went out and nothing newer has taken the place of; in reserve is what is written for another profile, out of
view what was taken from readers while it is put right."""
PUBLIC = (*RELEASED, State.SUPERSEDED.value)
"""What went out, and so never changes."""


class Profile(models.TextChoices):
    """Families of guidelines of resuscitation; what differs between them is written once for each."""

    ERC = "erc", _("European Resuscitation Council (ERC) and Resuscitation Council UK")
    AHA = "aha", _("American Heart Association (AHA)")


def profile_field() -> "models.CharField[str, str]":
    """The profile that something is written for; empty where it is right in all."""
    return models.CharField(
        _("resuscitation profile"), max_length=8, choices=Profile, blank=True, default="", db_default=""
    )


class Identified(models.Model):
    """Something with a permanent, readable key that is unique within the authority that made it."""

    authority = models.SlugField(_("authority"), max_length=60, default="starter")
    key = models.CharField(_("key"), max_length=100)

    class Meta:
        abstract = True
        constraints = [models.UniqueConstraint(fields=["authority", "key"], name="%(app_label)s_%(class)s_identity")]

    def __str__(self) -> str:
        return self.key


def note_language_field() -> "models.CharField[str, str]":
    """The language of what is said of a source; empty where it is that of the text beside it, or not known."""
    return models.CharField(_("language of the note"), max_length=12, blank=True, default="", db_default="")


class Words(models.Model):
    """A row of words in one language."""

    language = models.CharField(_("language"), max_length=12)

    class Meta:
        abstract = True


class Authored(models.Model):
    """Who wrote it, who reviewed it, and where it stands; frozen once published."""

    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.DRAFT)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("author")
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("reviewer")
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    superseded_at = models.DateTimeField(_("superseded"), null=True, blank=True)

    class Meta:
        abstract = True


FREE = ("state", "superseded_at")
PEOPLE = ("author", "reviewer")


def published_has_date(name: str) -> models.CheckConstraint:
    """The constraint that whatever is public says since when."""
    return models.CheckConstraint(
        condition=models.Q(state__in=[State.DRAFT, State.IN_REVIEW]) | models.Q(published_at__isnull=False), name=name
    )
