"""The studio's forms, a question's own ones aside (`questions/`)."""

import json
from dataclasses import asdict
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lessons.markdown.rules import MOST_CHARACTERS
from portal.studio.drafts import Typed, Written, is_begun_from, mark_of, tidy
from portal.studio.languages import direction, language_name
from portal.studio.models import Tick
from portal.studio.standing import Standing

BASE = "base-id"  # the words a form began from
SUMMARY = 600


class LessonTextForm(forms.Form):
    """A lesson in one language. What is unfinished can be saved too; only a title must be there."""

    # What the form began from; named so that it is not shown to people as something they typed.
    id = forms.CharField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=_("Title"), required=False, max_length=160)
    summary = forms.CharField(
        label=_("Summary"), required=False, max_length=SUMMARY, widget=forms.Textarea({"rows": 2})
    )
    objective = forms.CharField(
        label=_("After this lesson"), required=False, max_length=SUMMARY, widget=forms.Textarea({"rows": 2})
    )
    markdown = forms.CharField(
        label=_("Text"),
        required=False,
        strip=False,
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea({"rows": 24, "class": "studio-markdown", "spellcheck": "true", "placeholder": " "}),
    )
    matches = forms.BooleanField(
        label=_("I have compared it with the source language: this translation is still right"), required=False
    )

    def __init__(self, data: Any = None, *, standing: Standing, stale: bool, typed: Typed | None = None) -> None:
        """`typed`: the words to show where they are not those that are kept; without a mark they go on from these."""
        self.standing, self.stale = standing, stale
        self.language_name = language_name(standing.language)
        kept = Typed(Written.of(standing.current), mark_of(standing), base=Written.of(standing.current))
        shown = typed or kept
        begun = shown if shown.mark else kept
        initial = asdict(shown.written) | {"id": begun.mark, BASE: json.dumps(asdict(begun.base or Written()))}
        super().__init__(data, prefix=standing.language, initial=initial)
        self.fields[BASE] = forms.CharField(widget=forms.HiddenInput, required=False)
        for name in Written.__dataclass_fields__:
            attrs = self.fields[name].widget.attrs
            attrs |= {"lang": standing.language, "dir": direction(standing.language)}
            if standing.in_review and data is None and typed is None:
                attrs["readonly"] = True
        if not stale:
            del self.fields["matches"]

    @property
    def began(self) -> forms.BoundField:
        """The field of the words that it began from."""
        return self[BASE]

    @property
    def written(self) -> Written:
        """The words of a valid form."""
        return Written(*(tidy(self.cleaned_data.get(name, "")) for name in Written.__dataclass_fields__))

    @property
    def typed(self) -> Typed:
        mark = self.cleaned_data["id"]
        base = base_in(self.cleaned_data[BASE], mark)
        return Typed(self.written, mark, self.cleaned_data.get("matches", False), base)

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())

    def clean(self) -> dict[str, Any]:
        if not self.errors and not self.written.title and (self.written or self.standing.current):
            self.add_error("title", gettext("Write a title at least, so that it can be found again."))
        return self.cleaned_data


def base_in(sent: str, mark: str) -> Written | None:
    """The words that a form began from, as it carries them; None where they are not those of its mark."""
    try:
        base = Written(**json.loads(sent))
        return base if is_begun_from(base, mark) else None
    except (ValueError, TypeError):
        return None


class ReleaseForm(forms.Form):
    """What is sent to review together."""

    title = forms.CharField(label=_("Title"), max_length=200, widget=forms.TextInput({"dir": "auto"}))
    note = forms.CharField(
        label=_("Note for the reviewer"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
        help_text=_("What has changed, and in which source it can be checked."),
    )

    def __init__(self, data: Any = None, *, picks: list[str], initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["picks"] = forms.MultipleChoiceField(
            choices=[(pick, pick) for pick in picks],
            error_messages={
                "required": _("Choose at least one draft."),
                "invalid_choice": _("A draft is no longer there, or in review already. Look at the list again."),
            },
        )

    @property
    def ticked(self) -> set[str]:
        """The picks to show as chosen."""
        value = self["picks"].value()
        return set(value or ())


class CommentForm(forms.Form):
    text = forms.CharField(
        label=_("Comment"),
        max_length=4000,
        widget=forms.Textarea({"rows": 4, "dir": "auto"}),
        error_messages={"required": _("Say what is to be changed, so that the author knows.")},
    )

    def __init__(self, data: Any = None, *, required: bool = True) -> None:
        super().__init__(data)
        self.fields["text"].required = required


class PublishForm(forms.Form):
    """What the reviewer has looked at, and a time if it is not to go out at once."""

    ticks = forms.MultipleChoiceField(choices=Tick.Point.choices, required=False)
    publish_at = forms.DateTimeField(
        label=_("Publish at"),
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local", "dir": "ltr"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": _("Write a day and a time, such as 2027-03-01 08:30.")},
    )
