"""Forms of an edition's draft: its words in each language, and its rules."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lessons.layouts import Words
from lessons.models import CourseEdition
from portal.studio.courses.fields import line_of, paragraphs
from portal.studio.courses.forms import months_field
from portal.studio.courses.quiz_fields import QuizRulesForm
from portal.studio.languages import direction, language_name
from quizzes.models import Quiz

NO_WORDS: Words = ("", "", "", "")


class EditionWordsForm(forms.Form):
    """What a course says of itself in one language; without a title it is not in that language."""

    title = forms.CharField(label=_("Title"), required=False, max_length=160)
    summary = forms.CharField(label=_("Summary"), required=False, max_length=2000, widget=forms.Textarea({"rows": 3}))
    audience = forms.CharField(
        label=_("For whom"), required=False, max_length=200, help_text=_("Such as: Everyone from 12 years.")
    )
    outcomes = forms.CharField(
        label=_("Outcomes"),
        required=False,
        max_length=6000,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("What somebody can do afterwards, one a line."),
    )

    def __init__(self, data: Any = None, *, language: str, words: Words, needed: bool) -> None:
        initial = dict(zip(("title", "summary", "audience", "outcomes"), words, strict=True))
        super().__init__(data, prefix=language, initial=initial)
        self.language, self.language_name, self.needed = language, language_name(language), needed
        for field in self.fields.values():
            field.widget.attrs |= {"lang": language, "dir": direction(language)}

    def clean_outcomes(self) -> str:
        lines = self.cleaned_data["outcomes"].splitlines()
        if any(len(line) > 300 for line in lines):
            raise forms.ValidationError(_("An outcome is longer than 300 characters. Shorten it, or make two of it."))
        return paragraphs(lines)

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        missing = [name for name in ("title", "summary") if not said.get(name) and name not in self.errors]
        if missing and (self.needed or any(said.values())):
            for name in missing:
                self.add_error(name, gettext("Write it: a course has a title and a summary in each of its languages."))
        return said

    @property
    def words(self) -> Words:
        said = self.cleaned_data
        summary = said["summary"].replace("\r\n", "\n")
        return line_of(said["title"]), summary, line_of(said["audience"]), said["outcomes"]


class EditionRulesForm(QuizRulesForm):
    """Label and validity of an edition, and its final if it is to have one."""

    label = forms.CharField(
        label=_("Edition"), max_length=40, widget=forms.TextInput({"dir": "ltr"}), help_text=_("Such as 2026.2.")
    )
    valid_months = months_field()
    has_final = forms.BooleanField(
        label=_("The course has a final"),
        required=False,
        help_text=_("It asks questions of all its lessons. Without one, whoever has passed all lessons is complete."),
    )

    def __init__(self, data: Any = None, *, edition: CourseEdition, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.edition = edition
        self.fields["feedback"].initial = Quiz.Feedback.AT_END
        if data is not None and "has_final" not in data:
            for name in ("pass_mark", "feedback"):
                self.fields[name].required = False

    @property
    def final_fields(self) -> Iterable[forms.BoundField]:
        """The fields that count only where there is a final."""
        return [self[name] for name in QuizRulesForm.base_fields if name != "mark"]

    def clean_label(self) -> str:
        label: str = line_of(self.cleaned_data["label"])
        if (
            CourseEdition.objects.filter(course=self.edition.course_id, label=label)
            .exclude(pk=self.edition.pk)
            .exists()
        ):
            raise forms.ValidationError(_("Another edition of this course has this name. Choose another one."))
        return label

    def clean(self) -> dict[str, Any]:
        return super().clean() if self.cleaned_data.get("has_final") else self.cleaned_data

    @property
    def final(self) -> dict[str, Any] | None:
        return self.rules if self.cleaned_data["has_final"] else None

    @property
    def kept_fields(self) -> dict[str, Any]:
        return {"label": self.cleaned_data["label"], "valid_months": self.cleaned_data["valid_months"]}
