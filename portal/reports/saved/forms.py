from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.accounts.forms import plain_helper
from portal.accounts.models import User
from portal.reports.models import SavedView
from portal.reports.saved.keeping import MOST, is_full, read_address


class SavedViewForm(forms.ModelForm):
    """The name of a view and whether a link to it comes by e-mail."""

    class Meta:
        model = SavedView
        fields = ("name", "delivery")
        labels = {"name": _("Name of the view"), "delivery": _("Send me a link by e-mail")}
        help_texts = {"delivery": _("The letter holds a link and no figures or names. You can stop it with one click.")}

    def __init__(self, data: Any, user: User, **given: Any) -> None:
        super().__init__(data, **given)
        self.user = user
        self.fields["delivery"] = forms.ChoiceField(
            label=self.fields["delivery"].label,
            help_text=self.fields["delivery"].help_text,
            choices=SavedView.Delivery.choices,
            required=False,
        )
        self.helper = plain_helper(*self.fields)

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        others = SavedView.objects.filter(user=self.user, name=name).exclude(pk=self.instance.pk)
        if others.exists():
            raise forms.ValidationError(gettext("You have a view of this name. Choose another name."))
        return name

    def clean_delivery(self) -> str:
        delivery: str = self.cleaned_data["delivery"]
        if delivery and not self.user.email:
            raise forms.ValidationError(gettext("Your account has no e-mail address. Add one in your account first."))
        return delivery


class NewViewForm(SavedViewForm):
    """The same for a report's address, which comes from the page of the report."""

    address = forms.CharField(widget=forms.HiddenInput, max_length=3000)

    def __init__(self, data: Any, user: User, **given: Any) -> None:
        super().__init__(data, user, **given)
        self.helper = plain_helper("name", "delivery", "address")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        found = read_address(cleaned.get("address") or "")
        if found is None:
            self.add_error(None, _("This is not an address of a report. Open the report and save it from there."))
        elif is_full(self.user):
            message = gettext("You have saved %(most)s views, and more cannot be kept. Delete one first.")
            self.add_error(None, message % {"most": MOST})
        else:
            self.instance.user, self.instance.report, self.instance.query = self.user, found[0].key, found[1]
        return cleaned
