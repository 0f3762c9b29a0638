"""What is looked for and what is to stand there instead, as it stands in the address."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from lessons.search.normalising import normalise
from portal.accounts.forms import plain_helper
from portal.studio.languages import language_name, written_languages
from portal.studio.overview import course_lines
from portal.studio.replace.matching import How
from portal.studio.replace.places import QUESTIONS, TEXTS, Search

SHORTEST, LONGEST = 2, 200
HOW = (
    (How.CASE, _("Capitals do not matter")),
    (How.EXACT, _("Exactly as typed")),
    (How.FOLDED, _("Nor do marks and hamzas")),
)
PARTS = (("", _("Lessons and questions")), (TEXTS, _("Texts of lessons")), (QUESTIONS, _("Questions")))


class SearchForm(forms.Form):
    q = forms.CharField(
        label=_("Find"),
        min_length=SHORTEST,
        max_length=LONGEST,
        strip=False,
        widget=forms.TextInput({"dir": "auto", "autocomplete": "off"}),
        error_messages={
            "required": _("Write the words to look for."),
            "min_length": _("Write at least two characters, or there is too much to find."),
        },
    )
    by = forms.CharField(
        label=_("Replace with"),
        required=False,
        max_length=LONGEST,
        strip=False,
        widget=forms.TextInput({"dir": "auto", "autocomplete": "off"}),
        help_text=_("Left empty, the words are taken away."),
    )
    how = forms.ChoiceField(label=_("How exactly"), choices=HOW, required=False)
    part = forms.ChoiceField(label=_("Where"), choices=PARTS, required=False)
    whole = forms.BooleanField(label=_("Whole words only"), required=False)

    def __init__(self, query: QueryDict | dict[str, Any] | None, language: str) -> None:
        super().__init__(query, initial={"language": language, "how": How.CASE})
        languages = [(code, language_name(code)) for code in written_languages()]
        courses = [("", _("All courses")), *((line.slug, line.title) for line in course_lines(language))]
        self.fields["language"] = forms.ChoiceField(label=_("Language"), choices=languages)
        self.fields["course"] = forms.ChoiceField(label=_("Course"), choices=courses, required=False)
        self.helper = plain_helper("q", "by", "language", "how", "part", "course", "whole")

    def clean_q(self) -> str:
        query: str = self.cleaned_data["q"]
        if not normalise(query).strip():
            raise forms.ValidationError(_("Write the words to look for."))
        return query

    def clean_by(self) -> str:
        by: str = self.cleaned_data["by"]
        if len(by.splitlines()) > 1 or "{" in by or "}" in by:
            raise forms.ValidationError(_("Write plain words on one line, without braces { }."))
        return by

    @property
    def search(self) -> Search:
        """Of a valid form."""
        said = self.cleaned_data
        how = How(said["how"] or How.CASE)
        return Search(said["q"], said["language"], how, said["whole"], said["course"], said["part"])
