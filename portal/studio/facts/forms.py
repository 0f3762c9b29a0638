"""A form for each value of a local fact, all of them in one page."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lessons.models import PROFILE_FACT, LocalFact, LocalFactValue, Profile
from portal.studio.drafts import tidy
from portal.studio.facts.standing import FactStanding, ValueStanding
from portal.studio.facts.writing import TypedValue, mark_of

LONGEST_SENT = 4000  # what is longer than a value may be is still shown again, with the reason beside it


class ValueForm(forms.Form):
    """One value; what it begins from is sent back with it."""

    # Named so that it is not shown to people as something they typed.
    id = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, standing: ValueStanding, label: str, value: str | None = None) -> None:
        """`value`: what to show where it is not what is kept."""
        shown = standing.current if value is None else value
        super().__init__(data, prefix=standing.slug, initial={"id": mark_of(standing), "value": shown})
        self.standing, self.language_name = standing, label
        self.fields["value"] = _field_for(standing)
        if standing.in_review and data is None and value is None:
            self.fields["value"].widget.attrs["readonly"] = True

    @property
    def typed(self) -> TypedValue:
        """Of a valid form."""
        return TypedValue(self.standing, self.cleaned_data["value"], self.cleaned_data["id"])

    @property
    def says_kept(self) -> bool:
        """Whether the field shows what is kept, so that its doubts are those of what is kept."""
        return self["value"].value() == self.standing.current

    def clean_value(self) -> str:
        value = tidy(self.cleaned_data["value"])
        if value and (fault := self._fault(value)):
            raise forms.ValidationError(fault)
        if not value and self.standing.published and not self.standing.working and not self._is_given_out_empty():
            raise forms.ValidationError(
                gettext("A published value cannot be taken away. To say the default phrase again, write it here.")
            )
        return value

    def _fault(self, value: str) -> str:
        standing = self.standing
        return LocalFactValue(fact=standing.fact, language=standing.language, value=value).fault()

    def _is_given_out_empty(self) -> bool:
        """Whether there was no value yet when the form was opened: then the clash is what is to be said."""
        return self.data.get(self.add_prefix("id"), "").startswith("0.")


def _field_for(standing: ValueStanding) -> forms.Field:
    fact, language = standing.fact, standing.language
    label = standing.name or gettext("In every language")
    if fact.key == PROFILE_FACT:
        choices = [("", _("Not chosen: what stands beside variants is ERC")), *Profile.choices]
        return forms.ChoiceField(label=label, required=False, choices=choices)
    common: dict[str, Any] = {"label": label, "required": False, "max_length": LONGEST_SENT, "strip": False}
    if fact.kind == LocalFact.Kind.TEXT:
        said = {"rows": 2, "dir": standing.direction} | ({"lang": language} if language else {})
        return forms.CharField(widget=forms.Textarea(said), **common)
    keyboard = {LocalFact.Kind.PHONE: "tel", LocalFact.Kind.NUMBER: "decimal"}.get(LocalFact.Kind(fact.kind), "text")
    way = "ltr" if keyboard != "text" else "auto"
    return forms.CharField(widget=forms.TextInput({"inputmode": keyboard, "dir": way, "autocomplete": "off"}), **common)


def value_forms(facts: Iterable[FactStanding], data: Any = None) -> dict[str, list[ValueForm]]:
    """The forms by the key of their fact, filled with what is kept or bound to `data`."""
    return {
        fact.key: [ValueForm(data, standing=standing, label=fact.label) for standing in fact.values] for fact in facts
    }
