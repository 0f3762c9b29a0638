from typing import Any

from django import forms

from portal.accounts.forms import plain_helper
from portal.accounts.models import ReminderRule


class ReminderRuleForm(forms.ModelForm):
    """When members are reminded without anybody asking for it; nothing chosen is never."""

    class Meta:
        model = ReminderRule
        fields = ("two_weeks_before", "three_days_before", "afterwards")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper(*self.fields)
