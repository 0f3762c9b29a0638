"""What is scored again, as it stands in the address of the page, and why, as it is sent."""

from collections.abc import Iterable
from datetime import date

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from portal.accounts.forms import plain_helper
from portal.language.formats import day
from quizzes.models import QuestionVersion
from quizzes.regrading import Counts
from quizzes.rescoring import Selection

EARLIEST = date(2000, 1, 1)
ISO = "%Y-%m-%d"
ISO_INPUT = {"type": "date", "dir": "ltr", "autocomplete": "off"}


class ChoiceForm(forms.Form):
    """The older versions whose answers are meant, and between which days they were handed in."""

    version = forms.TypedMultipleChoiceField(
        label=_("Answers to these versions"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose one older version of the question or several.")},
    )
    since = forms.DateField(
        label=_("Handed in from"), required=False, input_formats=[ISO], widget=forms.DateInput(ISO_INPUT, ISO)
    )
    until = forms.DateField(
        label=_("Handed in to"), required=False, input_formats=[ISO], widget=forms.DateInput(ISO_INPUT, ISO)
    )

    def __init__(self, query: QueryDict, corrected: QuestionVersion, choices: Iterable[tuple[int, str]]) -> None:
        """Nothing is checked before something is asked for; then every version that can be chosen is ticked."""
        offered = list(choices)
        is_asked = "asked" in query
        super().__init__(query if is_asked else None, initial={"version": [pk for pk, _words in offered]})
        self.corrected = corrected
        chosen = self.fields["version"]
        chosen.choices = offered  # type: ignore[attr-defined]
        self.helper = plain_helper(*self.fields)

    def clean_since(self) -> date | None:
        return self._possible("since")

    def clean_until(self) -> date | None:
        since, until = self.cleaned_data.get("since"), self._possible("until")
        if since and until and until < since:
            raise forms.ValidationError(gettext("The last day is before the first one."))
        return until

    def _possible(self, name: str) -> date | None:
        """A day on which something may have been handed in."""
        chosen: date | None = self.cleaned_data[name]
        if chosen and chosen < EARLIEST:
            raise forms.ValidationError(gettext("Choose a day from %(day)s on.") % {"day": day(EARLIEST)})
        if chosen and chosen > timezone.localdate():
            raise forms.ValidationError(gettext("This day is still to come."))
        return chosen

    @property
    def selection(self) -> Selection:
        """What was asked for; only of a valid form."""
        data = self.cleaned_data
        versions = tuple(sorted(data["version"]))
        return Selection(self.corrected.question_id, versions, self.corrected.pk, data["since"], data["until"])


class ApplyForm(forms.Form):
    """Why it is done, and whether what falls is withdrawn with it; `digest` is of what the dry run had found."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=500,
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
        help_text=_("It is kept with the old scores, and people whose completion is withdrawn read it."),
        error_messages={"required": _("Say why these answers are scored again.")},
    )
    withdraw = forms.BooleanField(required=False)
    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, data: QueryDict | None, digest: str, counts: Counts) -> None:
        """The box to withdraw is only there where passes would fall; a `digest` replaces the one sent."""
        sent = None if data is None else data.copy()
        if sent is not None and digest:
            sent["digest"] = digest
        super().__init__(sent, initial={"digest": digest})
        if counts.failing:
            self.fields["withdraw"].label = _withdraw_words(counts)
            self.fields["withdraw"].help_text = _(
                "Without this, who would no longer pass keeps the pass and the completion."
            )
        else:
            del self.fields["withdraw"]
        self.helper = plain_helper(*self.fields)


def _withdraw_words(counts: Counts) -> str:
    completions = ngettext_lazy(
        "Also withdraw the %(count)s completion", "Also withdraw the %(count)s completions", "count"
    )
    passes = ngettext_lazy(
        "Also withdraw the pass of %(count)s sitting", "Also withdraw the passes of %(count)s sittings", "count"
    )
    return completions % {"count": counts.lost} if counts.lost else passes % {"count": counts.failing}
