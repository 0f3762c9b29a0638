"""The form that takes a file of questions."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from portal.exchange.questions.asked import FileRefused, Note, QuestionFile
from portal.exchange.questions.decoding import MOST_BYTES
from portal.exchange.questions.reading import questions_in
from portal.studio.languages import language_name

MOST_FAULTS = 20


class QuestionFileForm(forms.Form):
    """A valid one has read the file: `found` holds its questions, `data` its bytes."""

    file = forms.FileField(
        label=_("File"),
        widget=forms.FileInput({"accept": ".txt,.gift,.xml,text/plain,text/xml,application/xml"}),
        help_text=_("GIFT or Moodle XML, up to 5 MB."),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("This file is empty. Choose another one."),
        },
    )
    language = forms.ChoiceField(label=_("Language of its words"))
    format = forms.ChoiceField(
        label=_("Format"),
        required=False,
        choices=[("", _("Whatever the file shows")), ("gift", "GIFT"), ("moodle", "Moodle XML")],
    )

    def __init__(self, *args: Any, languages: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(code, language_name(code)) for code in languages]
        self.fields["language"].choices = choices  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean(self) -> dict[str, Any]:
        file = self.cleaned_data.get("file")
        if file is not None and "format" in self.cleaned_data:
            try:
                self.data_read = file.read(MOST_BYTES + 1)
                self.found: QuestionFile = questions_in(self.data_read, self.cleaned_data["format"])
            except FileRefused as refusal:
                self.add_error("file", refused_in_words(refusal.faults))
        return self.cleaned_data


def refused_in_words(faults: list[Note]) -> list[str]:
    """A sentence for each fault with its line, and one that counts those beyond the first."""
    shown = [in_words(fault) for fault in faults[:MOST_FAULTS]]
    if more := len(faults) - len(shown):
        message = ngettext("And %(count)s fault more.", "And %(count)s faults more.", more)
        shown.append(message % {"count": more})
    return shown


def in_words(note: Note) -> str:
    if not note.line:
        return note.message
    return gettext("Line %(number)s: %(message)s") % {"number": note.line, "message": note.message}
