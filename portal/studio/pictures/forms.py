"""The forms of pictures: one to upload, what is said of it in each language, who made it, and what of it is shown."""

from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lessons.credits import missing_in
from lessons.crops import Box
from lessons.models import Licence, PictureCredit
from lessons.pictures import MOST_BYTES, too_large
from portal.studio.languages import direction, language_name

CAPTION = 300


class WordsForm(forms.Form):
    """The name of a picture in a lesson, and what is said of it in each language."""

    name = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=60,
        widget=forms.TextInput({"dir": "ltr", "autocapitalize": "none", "spellcheck": "false"}),
        help_text=_("Short, in Latin letters, such as “hands”. Left empty, it is the name of the file."),
    )
    decorative = forms.BooleanField(
        label=_("Decorative: it says nothing that the text does not say"),
        required=False,
        help_text=_("Nothing is read out for it, so leave empty above what is to be seen, and the captions."),
    )

    def __init__(
        self, data: Any = None, files: Any = None, *, languages: list[str], initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, files, prefix="picture", initial=initial)
        self.languages = languages
        for language in languages:
            self.fields[f"alt_{language}"] = _said(gettext("What is to be seen · %(language)s"), language)
            self.fields[f"caption_{language}"] = _said(gettext("Caption · %(language)s"), language)

    @property
    def pairs(self) -> list[list[forms.BoundField]]:
        """The fields of words as they stand side by side."""
        return [[self[f"{name}_{language}"] for language in self.languages] for name in ("alt", "caption")]

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("decorative"):
            self._refuse_words()
        return self.cleaned_data

    def _refuse_words(self) -> None:
        """Who writes words and says that there are none means one of the two."""
        for field in (field for pair in self.pairs for field in pair if self.cleaned_data.get(field.name)):
            message = gettext("A decorative picture has no words: take these away, or the mark below.")
            self.add_error(field.name, message)


def _said(label: str, language: str) -> forms.CharField:
    """A field for words in the language."""
    return forms.CharField(
        label=label % {"language": language_name(language)},
        required=False,
        max_length=CAPTION,
        widget=forms.TextInput({"lang": language, "dir": direction(language)}),
    )


class PictureForm(WordsForm):
    """A picture to upload, with what is said of it in each language; without languages it is for no lesson yet."""

    file = forms.FileField(
        label=_("Picture"),
        required=False,
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp,image/gif,image/svg+xml"}),
        help_text=_("JPEG, PNG, WebP, GIF or SVG, up to 10 MB. Where and with what it was taken is removed from it."),
        error_messages={"empty": _("This file is empty. Choose another one.")},
    )
    field_order = ("file", "name", "decorative")
    most_bytes = MOST_BYTES

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        languages: list[str],
        initial: dict[str, Any] | None = None,
        credit: "CreditForm | None" = None,
    ) -> None:
        """`credit`: who made it, where that is asked in the same breath."""
        super().__init__(data, files, languages=languages, initial=initial)
        self.credit = credit
        if not languages:
            del self.fields["name"], self.fields["decorative"]

    @property
    def too_large(self) -> str:
        """What the browser says at once of a file over `most_bytes`."""
        return too_large()

    @property
    def is_filled(self) -> bool:
        """Whether a picture is meant, also where the file itself is missing."""
        return self.has_changed() or (self.credit is not None and self.credit.has_changed())

    def clean(self) -> dict[str, Any]:
        if self.is_filled and not self.cleaned_data.get("file") and "file" not in self.errors:
            self.add_error(
                "file", gettext("Choose the picture: the browser does not keep it from one page to the next.")
            )
        return super().clean()


class CreditForm(forms.Form):
    """Who made a picture, and on what terms it is shown."""

    licence = forms.ChoiceField(
        label=_("On what terms"),
        choices=[("", _("Choose the licence")), *Licence.choices],
        error_messages={"required": _("Choose the licence.")},
    )
    author = forms.CharField(
        label=_("Made by"),
        required=False,
        max_length=200,
        widget=forms.TextInput({"dir": "auto"}),
        help_text=_("The person or the organisation, as they wish to be named."),
    )
    source_url = forms.CharField(
        label=_("Where it is from"),
        required=False,
        max_length=500,
        widget=forms.URLInput({"dir": "ltr", "placeholder": "https://"}),
        help_text=_("The address of the page on which the picture and its licence stand."),
        validators=[URLValidator(["http", "https"], message=_("Write an address that begins with https://."))],
    )
    permission = forms.CharField(
        label=_("The permission"),
        required=False,
        max_length=300,
        widget=forms.TextInput({"dir": "auto"}),
        help_text=_("Only “with written permission”: who gave it, and when. Readers do not see this."),
    )
    modified = forms.BooleanField(
        label=_("It was changed before it was uploaded"),
        required=False,
        help_text=_(
            "Cropped, lettered, recoloured: some licences ask that this is said. A crop made here says so itself."
        ),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        credit: PictureCredit | None = None,
        empty_permitted: bool = False,
        typed: dict[str, Any] | None = None,
    ) -> None:
        """`empty_permitted`: nothing at all may be said yet; `typed`: what to show, typed before."""
        initial = {name: getattr(credit, name) for name in self.base_fields} if credit else typed
        super().__init__(
            data, prefix="credit", initial=initial, empty_permitted=empty_permitted, use_required_attribute=False
        )

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("licence"):
            told = {name: said.get(name, "") for name in ("licence", "author", "source_url", "permission")}
            for name, message in missing_in(**told).items():
                if name not in self.errors:
                    self.add_error(name, message)
        return said


class CropForm(forms.Form):
    """A rectangle in pixels of the original."""

    left = forms.IntegerField(label=_("From the left"), min_value=0)
    top = forms.IntegerField(label=_("From the top"), min_value=0)
    width = forms.IntegerField(label=_("Width"), min_value=1)
    height = forms.IntegerField(label=_("Height"), min_value=1)

    def __init__(self, data: Any = None, *, box: Box) -> None:
        super().__init__(data, initial=box._asdict())
        for field in self.fields.values():
            field.widget.attrs |= {"inputmode": "numeric", "dir": "ltr"}
            wrong = _("Write a whole number of pixels, from 0 on.")
            field.error_messages |= dict.fromkeys(("required", "invalid", "min_value"), wrong)

    @property
    def box(self) -> Box:
        """Only of a valid form."""
        return Box(**self.cleaned_data)
