"""Which point of a picture stays in sight where it is cropped: its form, and moving it in the drafts."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lessons.focus import Focus
from lessons.models import Lesson
from portal.accounts.models import User
from portal.studio.drafts import drafts_in
from portal.studio.figures import set_focus
from portal.studio.standing import languages_showing


def _percent(label: Any, help_text: Any) -> forms.IntegerField:
    widget = forms.NumberInput({"inputmode": "numeric", "dir": "ltr"})
    outside = _("Write a whole number from 0 to 100.")
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        required=False,
        min_value=0,
        max_value=100,
        widget=widget,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), outside),
    )


class FocusForm(forms.Form):
    """The focus of one picture, for every language alike. A field left empty stays as it was."""

    x = _percent(_("Across"), _("Percent from the left edge."))
    y = _percent(_("Down"), _("Percent from the top edge."))

    def __init__(self, data: Any = None, *, name: str, focus: Focus) -> None:
        self.picture, self.focus = name, focus
        super().__init__(data, prefix=f"focus-{name}", initial=focus._asdict())

    @property
    def moved(self) -> Focus | None:
        """Where a valid form puts the focus; None where it stays."""
        given = {name: value for name, value in self.cleaned_data.items() if value is not None}
        wanted = self.focus._replace(**given)
        return wanted if wanted != self.focus else None


def move_focus(lesson: Lesson, moved: Mapping[str, Focus], by: User) -> None:
    """Move the focus of these pictures in the drafts that show them, begun where there is none. Raises UnderReview."""
    if not moved:
        return
    set_focus(drafts_in(lesson, languages_showing(lesson, moved), by).values(), moved)


def moved_in(focus: Iterable[FocusForm]) -> dict[str, Focus]:
    """By the picture's name where valid forms put it, for those that move it."""
    return {form.picture: point for form in focus if (point := form.moved)}
