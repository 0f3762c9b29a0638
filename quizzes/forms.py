"""What a browser sends with an answer."""

import uuid
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language

from quizzes.attempts import Answer
from quizzes.kinds import kind_named
from quizzes.models import QuestionVersion, Response


class Submission(forms.Form):
    """Everything beside the answer itself: the id that makes it once, and when the device says it was."""

    submission_id = forms.UUIDField()
    confidence = forms.ChoiceField(choices=Response.Confidence.choices, required=False)
    client_time = forms.DateTimeField(required=False)

    def answer(self, step: int, value: Any) -> Answer:
        """The answer of a valid submission."""
        given = self.cleaned_data
        submission_id: uuid.UUID = given["submission_id"]
        language = (get_language() or "en")[:12]
        return Answer(step, value, submission_id, language, given["confidence"], given["client_time"])


def answer_form(version: QuestionVersion, data: QueryDict) -> forms.Form:
    """The form of the version's kind, bound to what was sent."""
    kind = kind_named(version.kind)
    structure, _key = kind.parse(version.structure, version.answer_key)
    return kind.form(structure, data)
