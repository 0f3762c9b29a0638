from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.accounts.forms import plain_helper
from portal.accounts.joining.domains import DomainFault, typed_domains
from portal.accounts.organisations.forms import DayField, show_what_is_no_day
from portal.language.formats import day

PROPOSED = timedelta(days=30)
LONGEST = timedelta(days=366)
MOST_PEOPLE = 100_000


class InvitationForm(forms.Form):
    """Until when an invitation holds, and for how many."""

    last_day = DayField(label=_("Last day on which people can join by it"))
    most = forms.IntegerField(
        label=_("For how many people"),
        required=False,
        min_value=1,
        max_value=MOST_PEOPLE,
        help_text=_("You may leave it empty: then there is no limit."),
        widget=forms.NumberInput({"dir": "ltr", "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("last_day", today + PROPOSED)
        self.today = today
        self.helper = plain_helper(*self.fields)

    def clean_last_day(self) -> date:
        chosen: date = self.cleaned_data["last_day"]
        if chosen < self.today:
            raise forms.ValidationError(gettext("This day is over. Choose today or a later one."))
        if chosen > self.today + LONGEST:
            message = gettext("An invitation holds for a year at most. Choose %(day)s or an earlier day.")
            raise forms.ValidationError(message % {"day": day(self.today + LONGEST)})
        return chosen

    def clean(self) -> dict[str, Any]:
        show_what_is_no_day(self, "last_day")
        return self.cleaned_data


class DomainsForm(forms.Form):
    domains = forms.CharField(
        label=_("Domains of e-mail addresses"),
        required=False,
        max_length=4_000,
        help_text=_("One a line, such as example.org. Whoever has confirmed such an address is asked to join."),
        widget=forms.Textarea({"rows": 4, "dir": "ltr", "spellcheck": "false", "autocapitalize": "none"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper(*self.fields)

    def clean_domains(self) -> list[str]:
        try:
            return typed_domains(self.cleaned_data["domains"])
        except DomainFault as fault:
            raise forms.ValidationError(str(fault)) from None


class JoinForm(forms.Form):
    """A code that somebody was told."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("Eight letters and digits, as your organisation gave them to you."),
        widget=forms.TextInput(
            {"dir": "ltr", "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper(*self.fields)
