"""Fields that the forms of lessons and courses share."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from lessons.addresses import fault_of_address
from lessons.models.courses import MOST_DUE_DAYS
from portal.studio import choices
from portal.studio.languages import language_name, written_languages

MOST_MINUTES = 600


def address_field(*, required: bool = False, help_text: Any = None) -> forms.CharField:
    """The last part of a page's address on the web."""
    from_title = _("The end of the page's address: small Latin letters, digits, hyphens. Empty: from the title.")
    return forms.CharField(
        label=_("Address"),
        required=required,
        max_length=80,
        widget=forms.TextInput({"dir": "ltr", "autocapitalize": "none", "spellcheck": "false"}),
        help_text=help_text or from_title,
    )


def check_address(form: forms.Form, others: models.QuerySet[Any]) -> None:
    """Adds the fault of the address that was typed, if it has one."""
    typed = form.cleaned_data.get("slug", "")
    if typed and (fault := fault_of_address(typed, others)):
        form.add_error("slug", fault)


def minutes_field() -> forms.IntegerField:
    return forms.IntegerField(
        label=_("Minutes"),
        min_value=1,
        max_value=MOST_MINUTES,
        help_text=_("How long it takes, the check included. Three to eight is a good length."),
    )


def due_days_field() -> forms.IntegerField:
    return forms.IntegerField(
        label=_("To be done within (days)"),
        required=False,
        min_value=1,
        max_value=MOST_DUE_DAYS,
        help_text=_(
            "Counted from the day on which the course is assigned. Whoever assigns it is offered that last day, and "
            "may choose another one. Empty: no last day is offered."
        ),
    )


def language_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Language it is written in"),
        choices=lambda: [(code, language_name(code)) for code in written_languages()],
        help_text=_("The other languages are translated from this one."),
    )


class Ticks(forms.MultipleChoiceField):
    """Several of a list, each with a box; `studio/courses/ticks.html` shows it with a search."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, required=False, **kwargs)
        self.error_messages["invalid_choice"] = _("Something in this list is no longer there. Look at it again.")


def add_topics_and_skills(form: forms.Form, language: str) -> None:
    """The choices of the fields `topics` (by address) and `skills` (by id), where the form has them."""
    fields: dict[str, Any] = form.fields
    if "topics" in fields:
        fields["topics"].choices = choices.topics(language)
    if "skills" in fields:
        fields["skills"].choices = choices.skills(language)


def line_of(words: str) -> str:
    """On one line, nothing around it."""
    return " ".join(words.split())


def paragraphs(lines: Iterable[str]) -> str:
    """Lines that hold something, one below the other."""
    return "\n".join(line for each in lines if (line := line_of(each)))
