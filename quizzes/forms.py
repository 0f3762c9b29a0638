"""What a browser sends with an answer."""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from quizzes.asked import Measure
from quizzes.attempts import Answer
from quizzes.models import Response


class DeviceTimeField(forms.DateTimeField):
    """A moment by the clock of a device; one that no zone can tell is refused."""

    def clean(self, value: Any) -> datetime | None:
        moment: datetime | None = super().clean(value)
        try:
            return moment and moment.astimezone(UTC)
        except OverflowError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None


# Everything beside the answer itself: the id that makes it once, and when the device says it was.
BESIDE: dict[str, forms.Field] = {
    "submission_id": forms.UUIDField(),
    "confidence": forms.ChoiceField(choices=Response.Confidence.choices, required=False),
    "client_time": DeviceTimeField(required=False),
}


def sent_answer(measure: Measure, step: int, data: QueryDict) -> Answer:
    """The answer to a step; raises ValidationError with what to say beside the question."""
    value = measure.read(data)
    return Answer(step=step, value=value, language=(get_language() or "en")[:12], **_beside(data))


def _beside(data: QueryDict) -> dict[str, Any]:
    try:
        return {name: field.clean(data.get(name)) for name, field in BESIDE.items()}
    except ValidationError:
        raise ValidationError(_("Send the answer again.")) from None
