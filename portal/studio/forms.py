"""The studio's forms, a question's own ones aside (`questions/`)."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lessons.markdown.rules import MOST_CHARACTERS
from portal.studio.drafts import Typed, Written, mark_of, tidy
from portal.studio.languages import direction, language_name
from portal.studio.standing import Standing

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
        widget=forms.Textarea({"rows": 24, "class": "studio-markdown", "spellcheck": "true"}),
    )
    matches = forms.BooleanField(
        label=_("I have compared it with the source language: this translation is still right"), required=False
    )

    def __init__(self, data: Any = None, *, standing: Standing, stale: bool, written: Written | None = None) -> None:
        """`written`: the words to show where they are not those that are kept."""
        self.standing, self.stale = standing, stale
        self.language_name = language_name(standing.language)
        shown = written or Written.of(standing.current)
        initial = {name: getattr(shown, name) for name in Written.__dataclass_fields__} | {"id": mark_of(standing)}
        super().__init__(data, prefix=standing.language, initial=initial)
        for name in Written.__dataclass_fields__:
            attrs = self.fields[name].widget.attrs
            attrs |= {"lang": standing.language, "dir": direction(standing.language)}
            if standing.in_review and data is None and written is None:
                attrs["readonly"] = True
        if not stale:
            del self.fields["matches"]

    @property
    def written(self) -> Written:
        """The words of a valid form."""
        return Written(*(tidy(self.cleaned_data.get(name, "")) for name in Written.__dataclass_fields__))

    @property
    def typed(self) -> Typed:
        return Typed(self.written, self.cleaned_data["id"], self.cleaned_data.get("matches", False))

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())

    def clean(self) -> dict[str, Any]:
        if not self.errors and not self.written.title and (self.written or self.standing.current):
            self.add_error("title", gettext("Write a title at least, so that it can be found again."))
        return self.cleaned_data


class ReleaseForm(forms.Form):
    """What is sent to review together; `picks` may be left empty where the release holds something without them."""

    title = forms.CharField(label=_("Title"), max_length=200, widget=forms.TextInput({"dir": "auto"}))
    note = forms.CharField(
        label=_("Note for the reviewer"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
        help_text=_("What has changed, and in which source it can be checked."),
    )

    def __init__(
        self, data: Any = None, *, picks: list[str], initial: dict[str, Any] | None = None, required: bool = True
    ) -> None:
        super().__init__(data, initial=initial)
        self.fields["picks"] = forms.MultipleChoiceField(
            required=required,
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


class PublishForm(forms.Form):
    """The reviewer's word, and a time if it is not to go out at once."""

    checked = forms.BooleanField(
        label=_("I have checked the facts against the named sources"),
        error_messages={"required": _("Check the facts first, then say so here.")},
    )
    publish_at = forms.DateTimeField(
        label=_("Publish at"),
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local", "dir": "ltr"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": _("Write a day and a time, such as 2027-03-01 08:30.")},
    )
