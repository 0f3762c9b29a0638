"""The rules of a check or a final as a person writes them: in percent and minutes; kept as shares and seconds."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from quizzes.models import Quiz

MOST = 32_000


def _count(label: Any, help_text: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=1, max_value=MOST, help_text=help_text)


class QuizRulesForm(forms.Form):
    """What a check and a final have in common. An empty number is no limit."""

    mark = forms.CharField(widget=forms.HiddenInput, required=False)
    pass_mark = forms.DecimalField(
        label=_("Pass mark (percent)"), min_value=0, max_value=100, max_digits=4, decimal_places=1
    )
    draw = _count(_("Questions drawn"), _("So many of all questions, others each time. Empty: all of them."))
    feedback = forms.ChoiceField(label=_("Right answers and explanations"), choices=Quiz.Feedback.choices)
    due_at = forms.DateTimeField(
        label=_("Shown from"),
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local", "dir": "ltr"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Only where they are shown after the due date."),
        error_messages={"invalid": _("Write a day and a time, such as 2027-03-01 08:30.")},
    )
    time_limit = _count(_("Time limit (minutes)"), _("Empty: no limit. People who need more time have it."))
    time_essential = forms.BooleanField(
        label=_("Time is essential"),
        required=False,
        help_text=_("Only extra time that the administration has granted counts, and not what learners choose."),
    )
    attempt_limit = _count(_("Attempts allowed"), _("Empty: as many as one wants."))
    cooldown = _count(_("Wait between attempts (minutes)"), _("Empty: none. A day is 1440."))
    confidence = forms.BooleanField(
        label=_("Ask how sure"),
        required=False,
        help_text=_("Under each question, for who wants to say. It never counts towards the pass."),
    )

    def clean(self) -> dict[str, Any]:
        waits, due = self.cleaned_data.get("feedback") == Quiz.Feedback.AFTER_DUE, self.cleaned_data.get("due_at")
        if waits and not due and "due_at" not in self.errors:
            self.add_error("due_at", gettext("Say from when on the right answers are shown."))
        elif due and not waits:
            self.add_error("due_at", gettext("Nothing waits for this day. Leave it empty, or choose that feedback."))
        return self.cleaned_data

    @property
    def rules(self) -> dict[str, Any]:
        """The fields of the quiz."""
        said = self.cleaned_data
        same = ("draw", "feedback", "due_at", "time_essential", "attempt_limit", "confidence")
        return {name: said[name] for name in same} | {
            "pass_mark": (said["pass_mark"] / 100).quantize(Decimal("0.001")),
            "time_limit": said["time_limit"] and said["time_limit"] * 60,
            "cooldown": said["cooldown"] and said["cooldown"] * 60,
        }


def typed_rules(quiz: Quiz) -> dict[str, Any]:
    """The rules as the form shows them; a time that is no whole minute is rounded up."""
    same = ("draw", "feedback", "time_essential", "attempt_limit", "confidence")
    return {name: getattr(quiz, name) for name in same} | {
        "pass_mark": _percent(quiz.pass_mark),
        "due_at": timezone.localtime(quiz.due_at) if quiz.due_at else None,
        "time_limit": quiz.time_limit and -(-quiz.time_limit // 60),
        "cooldown": quiz.cooldown and -(-quiz.cooldown // 60),
    }


def _percent(share: Decimal) -> Decimal | int:
    """As a person would write it: 80, not 80.0."""
    points = share * 100
    return int(points) if points == int(points) else points.quantize(Decimal("0.1"))
