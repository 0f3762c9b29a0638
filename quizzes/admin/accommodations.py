"""Granting more time. Only what staff grant is seen here: what learners choose themselves is theirs."""

import uuid
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lessons import deeds
from lessons.admin.careful import Careful
from quizzes.admin.searching import FoundByLearner
from quizzes.learners import GUEST
from quizzes.models import Accommodation, Learner

PERIOD = ("extra", "from_day", "to_day")


class AccommodationForm(forms.ModelForm):
    """Whom it is for is written as an address or a key; who has learned nothing yet becomes a learner by it."""

    who = forms.CharField(
        label=_("For whom"),
        max_length=254,
        help_text=_("The person's whole e-mail address, or the key of a guest's learner."),
        widget=forms.TextInput({"dir": "ltr", "autocomplete": "off"}),
    )

    class Meta:
        model = Accommodation
        fields = PERIOD

    def clean_who(self) -> Learner:
        term = self.cleaned_data["who"].strip()
        learner = _guest(term) or _learner_of_person(term)
        if learner is None:
            raise ValidationError(_("Nobody has this address or key. Write the whole address."))
        return learner

    def clean_extra(self) -> Any:
        extra = self.cleaned_data["extra"]
        if extra is not None and not 1 < extra <= 10:
            raise ValidationError(_("Write more than 1 and at most 10, or leave it empty for no time limit."))
        return extra

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        begins, ends = cleaned.get("from_day"), cleaned.get("to_day")
        if begins and ends and ends < begins:
            self.add_error("to_day", _("This is before the first day."))
        return cleaned


def _guest(term: str) -> Learner | None:
    try:
        return Learner.objects.filter(GUEST, pk=uuid.UUID(term)).first()
    except ValueError:
        return None


def _learner_of_person(address: str) -> Learner | None:
    person = get_user_model().objects.filter(email__iexact=address, is_active=True).first()
    return Learner.objects.get_or_create(user=person)[0] if person else None


@admin.register(Accommodation)
class AccommodationAdmin(FoundByLearner, Careful):
    """Every grant and change stands in the audit log; one that should hold no longer is ended, not deleted."""

    form = AccommodationForm
    list_display = ("learner", "person", *PERIOD, "granted_by")
    ordering = ("-from_day", "-pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Accommodation]:
        return super().get_queryset(request).filter(chosen=False).select_related("learner__user", "granted_by")

    @admin.display(description=_("person"))
    def person(self, row: Accommodation) -> str:
        return str(row.learner.user or "")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return PERIOD if obj else ("who", *PERIOD)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Whom it was granted to is settled."""
        made = super().get_form(request, obj, change, **kwargs)
        return type(made.__name__, (made,), {"who": None, "clean_who": None}) if obj else made

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Accommodation, form: Any, change: bool) -> None:
        if not change:
            obj.learner, obj.granted_by = form.cleaned_data["who"], request.user  # type: ignore[assignment]
        super().save_model(request, obj, form, change)
        detail = {name: str(getattr(obj, name) or "") for name in PERIOD}
        deed = "person.time_changed" if change else "person.time_granted"
        deeds.record(request, deed, obj.learner.user_id or obj.learner_id, **detail)
