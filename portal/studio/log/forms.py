"""What of the log is asked for, as it stands in the address."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from lessons.models import Lesson
from portal.accounts.deeds import DEEDS, GROUPS, is_about_content
from portal.accounts.forms import plain_helper
from portal.studio.log.entries import Asked

DAY = {"type": "date", "dir": "ltr"}
ORDER = ("person", "group", "deed", "subject", "address", "since", "until")
WRONG_DAY = {"invalid": _("Write a day, such as 2027-03-01.")}


class LogForm(forms.Form):
    person = forms.CharField(
        label=_("Who"), required=False, max_length=100, help_text=_("Name or e-mail address, or a part of it.")
    )
    subject = forms.CharField(
        label=_("To what"), required=False, max_length=100, help_text=_("Key, title or words, or a part of them.")
    )
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(DAY), error_messages=WRONG_DAY)
    until = forms.DateField(label=_("To"), required=False, widget=forms.DateInput(DAY), error_messages=WRONG_DAY)
    before = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    lesson = forms.SlugField(required=False, widget=forms.HiddenInput)

    def __init__(self, query: QueryDict, *, everything: bool) -> None:
        super().__init__(query)
        deeds = sorted((str(called), deed) for deed, called in DEEDS.items() if everything or is_about_content(deed))
        choices: Any = [("", _("Everything")), *((deed, called) for called, deed in deeds)]
        self.fields["deed"] = forms.ChoiceField(label=_("What"), required=False, choices=choices)
        if everything:
            self._widen()
        self.helper = plain_helper(*(name for name in ORDER if name in self.fields))

    def _widen(self) -> None:
        """Who reads the whole log asks for deeds by groups, and for the network address they came from."""
        groups: Any = [("", _("Everything")), *((name, called) for name, (called, _begins) in GROUPS.items())]
        self.fields["group"] = forms.ChoiceField(label=_("Sort"), required=False, choices=groups)
        self.fields["address"] = forms.GenericIPAddressField(
            label=_("From where"), required=False, help_text=_("A network address, such as 192.0.2.7.")
        )
        self.fields["subject"].help_text = _("How it begins: a key, a title, the number of an account.")

    def clean_lesson(self) -> Lesson | None:
        slug = self.cleaned_data["lesson"]
        found = Lesson.objects.filter(slug=slug).first() if slug else None
        if slug and found is None:
            raise forms.ValidationError(_("There is no such lesson."))
        return found

    def clean(self) -> dict[str, Any]:
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and since > until:
            self.add_error("until", _("This day comes before the first one. Change one of them."))
        return self.cleaned_data

    @property
    def asked(self) -> Asked:
        """Of a valid form."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "before"}
        return Asked(**said)
