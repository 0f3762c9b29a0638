"""What is recognised in an answer that is typed: each with its name and with the spellings that are taken for it."""

from collections.abc import Iterable
from typing import Any

from crispy_forms.layout import Div, LayoutObject
from django import forms
from django.utils.translation import gettext, pgettext

from portal.studio.compositions import Composed
from portal.studio.questions.base import Place
from portal.studio.questions.options import OptionsForm
from quizzes.kinds.short_answer import LONGEST, MOST_OPTIONS, MOST_SPELLINGS
from quizzes.kinds.spellings import normal


class SpellingsField(forms.CharField):
    """Spellings in any language, one a line; its cleaned value is the list of them, each once."""

    def __init__(self, label: str, help_text: str) -> None:
        widget = forms.Textarea({"rows": 3, "dir": "auto", "spellcheck": "false"})
        super().__init__(label=label, required=False, max_length=5000, widget=widget, help_text=help_text)

    def clean(self, value: Any) -> list[str]:
        lines = [line.strip() for line in super().clean(value).splitlines()]
        spellings = list(dict.fromkeys(line for line in lines if line))
        for line in spellings:
            if len(line) > LONGEST or not normal(line):
                message = gettext("“%(line)s” cannot be a spelling: write a few words, one spelling a line.")
                raise forms.ValidationError(message % {"line": line[:LONGEST]})
        if len(spellings) > MOST_SPELLINGS:
            raise forms.ValidationError(gettext("At most %(number)s spellings.") % {"number": MOST_SPELLINGS})
        return spellings

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value


class ShortAnswerForm(OptionsForm):
    """Rows of options, `option-0-right` ticked for what is right, with `option-0-spellings`."""

    kind = "short_answer"
    fewest, most, shown_at_first = 1, MOST_OPTIONS, 2

    def add_own_fields(self) -> None:
        super().add_own_fields()
        self.fields["spelling"] = forms.ChoiceField(
            label=gettext("Spelling"),
            choices=[
                ("lenient", gettext("Forgive a slip in longer words")),
                ("exact", gettext("Only these spellings")),
            ],
            initial="lenient",
            help_text=gettext(
                "A slip is one letter too many, too few, wrong, or two swapped, in a word of five letters or more. "
                "Capitals, hamzas, vowel marks, articles, digits of any script and punctuation never matter."
            ),
        )

    def add_row(self, row: int) -> None:
        super().add_row(row)
        self.fields[f"option-{row}-spellings"] = SpellingsField(
            gettext("Spellings that are taken for it"),
            gettext("One a line, in any language. How it is called above is always taken for it."),
        )

    def right_field(self, row: int) -> forms.BooleanField:
        return forms.BooleanField(label=gettext("This is right"), required=False)

    def text_label(self) -> str:
        return gettext("What it is called")

    def why_label(self) -> str:
        return gettext("Why it is wrong (not for what is right)")

    def row_title(self, number: int) -> str:
        return pgettext("one of the answers that are recognised", "Answer %(number)s") % {"number": number}

    def own_layout(self) -> list[LayoutObject | str]:
        help_text = gettext(
            "What is right, and mistakes that you have something to say to. Whatever else is typed is wrong. "
            "A row left empty is taken away."
        )
        rows = self.rows_layout(gettext("Answers that are recognised"), help_text, gettext("Add a row for an answer"))
        return [*rows, "spelling"]

    def row_layout(self, row: int) -> Div:
        layout = super().row_layout(row)
        layout.fields.insert(-1, f"option-{row}-spellings")
        return layout

    def structure_and_key(self) -> tuple[dict[str, Any], dict[str, Any]]:
        ids = self.ids()
        self.right = set(self.marked(ids))
        self._refuse_what_has_no_place(ids)
        spellings = {option: self._spellings(row) for option, row in ids.items()}
        self._refuse_what_means_two(ids, spellings)
        if not self.right:
            self.add_error(None, gettext("Mark at least one answer that is right."))
        key = {"right": {option: written for option, written in spellings.items() if option in self.right}}
        wrong = {option: written for option, written in spellings.items() if option not in self.right}
        structure = {"options": list(ids), "spelling": self.cleaned_data.get("spelling") or "exact"}
        return structure, key | ({"wrong": wrong} if wrong else {})

    def _spellings(self, row: int) -> list[str]:
        """Those that were written, and how it is called where that is none of them yet."""
        written = list(self.cleaned_data.get(f"option-{row}-spellings") or [])
        for name in self._names(row, "text"):
            called = self.cleaned_data.get(name, "")
            if normal(called) and normal(called) not in map(normal, written):
                written.append(called)
        return written

    def _refuse_what_has_no_place(self, ids: dict[str, int]) -> None:
        """Spellings of nothing, and a reason why what is right is wrong."""
        for row in set(range(self.rows)) - set(ids.values()):
            if self.cleaned_data.get(f"option-{row}-spellings"):
                self.add_error(f"option-{row}-spellings", gettext("Write what this is called, too."))
        message = gettext("This answer is marked as right, so nothing can be said here of why it is wrong.")
        for row in (row for option, row in ids.items() if option in self.right):
            for name in self._names(row, "why"):
                if self.cleaned_data.get(name):
                    self.add_error(name, message)

    def _refuse_what_means_two(self, ids: dict[str, int], spellings: dict[str, list[str]]) -> None:
        meant: dict[str, str] = {}
        message = gettext("“%(spelling)s” is taken for another answer already. Keep it in one place.")
        for option, written in spellings.items():
            for spelling in written:
                if meant.setdefault(normal(spelling), option) != option:
                    self.add_error(f"option-{ids[option]}-spellings", message % {"spelling": spelling})

    def needs_why(self, option: str, why: str) -> bool:
        return option not in self.right

    def own_word_fields(self, language: str) -> Iterable[str]:
        return [f"option-{row}-{name}-{language}" for row in range(self.rows) for name in ("text", "why")]

    def place_of(self, place: Place, language: str) -> str | None:
        row = self.ids().get(str(place[1])) if len(place) > 1 and place[0] in {"right", "wrong"} else None
        return super().place_of(place, language) if row is None else f"option-{row}-spellings"

    @classmethod
    def own_initial(cls, composed: Composed) -> dict[str, Any]:
        key = composed.answer_key
        spellings = key["right"] | key.get("wrong", {})
        rows = {
            f"option-{row}-spellings": list(spellings.get(option, []))
            for row, option in enumerate(composed.structure["options"])
        }
        return super().own_initial(composed) | rows | {"spelling": composed.structure.get("spelling", "exact")}

    @classmethod
    def marks_of(cls, right: Any) -> dict[str, Any]:
        return dict.fromkeys(right, True)
