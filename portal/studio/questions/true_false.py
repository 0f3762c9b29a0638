"""A statement that is true or false."""

from collections.abc import Iterable
from typing import Any

from crispy_forms.layout import LayoutObject
from django import forms
from django.utils.translation import gettext

from portal.studio.compositions import Composed
from portal.studio.questions.base import QuestionForm


class TrueFalseForm(QuestionForm):
    kind = "true_false"

    def add_own_fields(self) -> None:
        self.fields["right"] = forms.ChoiceField(
            label=gettext("The statement is"),
            choices=[("true", gettext("True")), ("false", gettext("False"))],
            widget=forms.RadioSelect,
            error_messages={"required": gettext("Choose whether it is true or false.")},
        )
        self.add_words("feedback", gettext("Why the other answer is wrong"), 3)

    def own_layout(self) -> list[LayoutObject | str]:
        return ["right", self.fields_side_by_side("feedback")]

    def structure_and_key(self) -> tuple[dict[str, Any], dict[str, Any]]:
        return {}, {"right": self.cleaned_data.get("right") == "true"}

    def own_words(self, language: str) -> dict[str, Any]:
        return {"feedback": self.cleaned_data.get(f"feedback_{language}", "")}

    def own_word_fields(self, language: str) -> Iterable[str]:
        return [f"feedback_{language}"]

    @classmethod
    def own_initial(cls, composed: Composed) -> dict[str, Any]:
        words = {f"feedback_{language}": said.get("feedback", "") for language, said in composed.words.items()}
        return words | {"right": "true" if composed.answer_key["right"] else "false"}
