"""Choosing a place in a report's filter: from a list where there are few, by its code or name where there are many."""

from itertools import islice
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.accounts.branches import Branches

FEW = 150  # places that still make a list; more are neither quick to send nor to look through
TOLD = 3  # places that a question of which one is meant names
INDENT = "\u2003"  # a wide space: a list of choices has no other way to show what stands below what
NOT_OFFERED = _("This is not among what you can choose. Choose from the list.")


def place_field(label: Any, branches: Branches) -> forms.Field:
    """A field whose cleaned value is the code of a place of these branches, "" for all of them."""
    places = list(islice(branches.walk(), FEW + 1))
    if len(places) > FEW:
        return TypedPlaceField(branches, label=label, required=False)
    choices = [("", _("All")), *((place.code, INDENT * depth + place.name) for depth, place in places)]
    return forms.ChoiceField(
        label=label, required=False, choices=choices, error_messages={"invalid_choice": NOT_OFFERED}
    )


def with_codes(request: HttpRequest, form: forms.Form) -> HttpResponse | None:
    """The way to the same page with the codes of places that were typed by name: names belong to one language."""
    query = request.GET.copy()
    for name in {"organisation", "region"} & query.keys() & form.cleaned_data.keys():
        query[name] = form.cleaned_data[name]
    return redirect(f"{request.path}?{query.urlencode()}") if query != request.GET else None


class TypedPlaceField(forms.CharField):
    """What is typed is a code, a name, or a part of a name that only one place has."""

    def __init__(self, branches: Branches, **options: Any) -> None:
        super().__init__(**options, help_text=_("Name or code, or a part of the name. Empty is all."), max_length=200)
        self.branches = branches
        self.widget.attrs |= {"dir": "auto", "autocomplete": "off"}

    def clean(self, value: Any) -> str:
        typed: str = super().clean(value)
        if not typed:
            return ""
        found = self.branches.meant(typed) or self.branches.named_like(typed)
        if not found:
            raise forms.ValidationError(gettext("No place that you may see is called that. Check how it is written."))
        if len(found) > 1:
            told = ", ".join(f"{place.name} ({place.code})" for place in found[:TOLD])
            raise forms.ValidationError(
                gettext("Several fit: %(places)s. Write more of the name, or a code.") % {"places": told}
            )
        return found[0].code

    def prepare_value(self, value: Any) -> Any:
        """A code is shown as the name, where no other place has it."""
        place = self.branches.find(value) if isinstance(value, str) else None
        return place.name if place and self.branches.meant(place.name) == [place] else value
