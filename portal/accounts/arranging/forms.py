from typing import Any, cast

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.accounts.arranging.reach import Reach
from portal.accounts.forms import plain_helper
from portal.accounts.place_files import CODE, NAME_LENGTH
from portal.accounts.trees import Place

TOLD = 5  # places that a question of which one is meant names


class PlaceForm(forms.Form):
    """The names of a place, a field a language, and the place above it, by its code or its name."""

    parent = forms.CharField(label=_("Part of"), required=False, max_length=NAME_LENGTH)

    def __init__(self, *args: Any, reach: Reach, place: Place | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reach, self.place = reach, place
        for code, language in settings.LANGUAGES:
            self.fields[f"name_{code}"] = forms.CharField(
                label=gettext("Name in %(language)s") % {"language": language},
                max_length=NAME_LENGTH,
                required=False,
                widget=forms.TextInput({"lang": code, "dir": "auto"}),
            )
        self.order_fields([*(f"name_{code}" for code, _name in settings.LANGUAGES)])
        self.fields["parent"].widget.attrs["dir"] = "auto"
        self.fields["parent"].help_text = _help_of(reach)
        self.helper = plain_helper(*self.fields)

    @property
    def names(self) -> dict[str, str]:
        return {code: self.cleaned_data[f"name_{code}"] for code, _name in settings.LANGUAGES}

    def clean_parent(self) -> Place | None:
        """The place meant; raises ValidationError where it is none, or not clearly one."""
        typed = self.cleaned_data["parent"]
        if not typed and not self.reach.whole:
            raise forms.ValidationError(gettext("Say under which of your organisations it stands."))
        if not typed:
            return None
        found = self.reach.branches.meant(typed)
        if len(found) > 1:
            raise forms.ValidationError(_("Several are called that. Write the code: %(codes)s.") % _codes(found))
        if not found:
            raise forms.ValidationError(gettext("There is none of that code or name here. Look it up in the list."))
        if self.place and self.place in self.reach.branches.tree.line(found[0]):
            raise forms.ValidationError(gettext("This stands below it, or is it. Choose another place."))
        return found[0]

    def clean(self) -> dict[str, Any]:
        if not any(self.cleaned_data.get(f"name_{code}") for code, _name in settings.LANGUAGES):
            first = f"name_{settings.LANGUAGES[0][0]}"
            self.add_error(first, gettext("There is no name. Write one in at least one language."))
        return self.cleaned_data


class NewPlaceForm(PlaceForm):
    code = forms.CharField(
        label=_("Code"),
        help_text=_("Letters a to z, digits and hyphens. It never changes; files and addresses refer to it."),
        widget=forms.TextInput({"dir": "ltr", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        most = self.reach.kind.longest_code
        if not CODE.fullmatch(code) or len(code) > most:
            message = gettext("“%(code)s” is no code. Use letters a to z, digits and hyphens, at most %(most)s.")
            raise forms.ValidationError(message % {"code": code, "most": most})
        if self.reach.kind.places._default_manager.filter(code__iexact=code).exists():
            raise forms.ValidationError(taken())
        return code


class PlacesFileForm(forms.Form):
    """A file of places; it is only looked at first."""

    file = forms.FileField(
        label=_("File of regions and organisations (CSV)"),
        max_length=200,
        widget=forms.FileInput({"accept": ".csv,text/csv"}),
        help_text=_("Up to 2 MB. It is only looked at first: you will see what it would change, and then decide."),
        error_messages={
            "required": _("Choose a file."),
            "missing": _("Choose a file."),
            "empty": _("This file is empty. Choose another one."),
        },
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > 2_000_000:
            raise forms.ValidationError(gettext("This file is too large. Divide it into several."))
        return file


def taken() -> str:
    return gettext("This code is taken already. Choose another one.")


def _help_of(reach: Reach) -> Any:
    if reach.whole:
        return _("Its code or its name. Leave it empty for the top of the tree.")
    return _("Its code or its name.")


def _codes(places: list[Place]) -> dict[str, str]:
    return {"codes": ", ".join(place.code for place in places[:TOLD])}


def initial_of(names: dict[str, str], above: Place | None) -> dict[str, Any]:
    """What the form of a place begins with."""
    return cast("dict[str, Any]", {f"name_{code}": name for code, name in names.items()}) | {
        "parent": above.code if above else ""
    }
