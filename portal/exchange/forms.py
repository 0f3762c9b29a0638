from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from portal.exchange.zips import MOST_BYTES, too_large


class PackageForm(forms.Form):
    """A zip to read in; what is in it is looked at later."""

    file = forms.FileField(
        label=_("Course package (zip)"),
        max_length=200,
        widget=forms.FileInput({"accept": ".zip,application/zip"}),
        help_text=_("Up to 100 MB. It is only looked at first: you will see what it would change, and then decide."),
        error_messages={
            "required": _("Choose a file."),
            "missing": _("Choose a file."),
            "empty": _("This file is empty. Choose another one."),
        },
    )

    def clean_file(self) -> Any:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(too_large(), code="too_large")
        return file
