from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lessons.models import Lesson


class WorkingCopy(models.Model):
    """What one person has in the fields of one form and has not saved: nobody else sees it, nothing is made of it.

    Emptied when it is saved or thrown away, it goes on telling when its person was last there.
    """

    MOST_CHARACTERS = 600_000

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="working_copies", verbose_name=_("person")
    )
    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="working_copies", verbose_name=_("lesson"))
    place = models.CharField(_("place"), max_length=80, blank=True, help_text=_("Empty for the lesson's own text."))
    typed = models.JSONField(_("what was typed"), default=dict, blank=True)
    begun_from = models.JSONField(_("words it began from"), default=dict, blank=True)
    languages = models.CharField(_("languages"), max_length=100, blank=True)
    # Which page wrote it last, and how often: so no page overwrites what another one has written.
    tab = models.CharField(_("page"), max_length=32, blank=True)
    count = models.PositiveIntegerField(_("count"), default=0)
    saved_at = models.DateTimeField(_("saved"), null=True, blank=True)
    seen_at = models.DateTimeField(_("last seen"), db_index=True)

    class Meta:
        verbose_name = _("working copy")
        verbose_name_plural = _("working copies")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "lesson", "place"], name="studio_one_working_copy_a_form")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.lesson_id} {self.place}"

    @property
    def is_unsaved(self) -> bool:
        """Whether there is anything in it."""
        return bool(self.typed)

    @property
    def mark(self) -> str:
        """Its state, as a page is told it."""
        return f"{self.tab}.{self.count}"

    def first(self, field: str, otherwise: str = "") -> str:
        """What was typed into a field."""
        said: list[Any] = self.typed.get(field) or [otherwise]
        return str(said[0])
