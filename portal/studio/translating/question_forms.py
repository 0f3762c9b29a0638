"""A question before its translator: a field for each of its texts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django import forms
from django.utils.translation import gettext
from pydantic import ValidationError

from portal.studio.comparison import Piece, compare
from portal.studio.compositions import Composed, mark_of
from portal.studio.languages import direction
from portal.studio.question_standing import QuestionStanding
from portal.studio.questions.base import LONGEST
from portal.studio.questions.faults import in_words
from portal.studio.translating.hints import Glossary, Hints, hints
from portal.studio.translating.leaves import Place, labels, leaves, shaped
from quizzes.kinds import kind_named


@dataclass(frozen=True)
class QuestionSheet:
    """One question's words in its source language, as they were when they were translated, and their translation."""

    standing: QuestionStanding
    composed: Composed
    source: str
    language: str
    before: Mapping[str, Any] | None

    @property
    def theirs(self) -> dict[Place, str]:
        return leaves(self.composed.words.get(self.source, {}))

    @property
    def ours(self) -> dict[Place, str]:
        return leaves(self.composed.words.get(self.language, {}))

    @property
    def then(self) -> dict[Place, str]:
        return leaves(self.before) if self.before is not None else self.theirs

    @property
    def places(self) -> list[Place]:
        """Where there is a text in one of the two languages."""
        return [*self.theirs, *(place for place in self.ours if place not in self.theirs)]

    def changed(self, place: Place) -> bool:
        """Whether the source says something else there since."""
        return bool(self.ours) and self.then.get(place, "") != self.theirs.get(place, "")

    @property
    def waiting(self) -> int:
        return sum(self.changed(place) for place in self.places)


@dataclass(frozen=True)
class ShownText:
    """One text as the page shows it, in the shape of a row of a lesson."""

    id: str
    label: str
    fate: str
    source: str
    words: forms.BoundField
    same: forms.BoundField | None
    pieces: list[Piece]
    hints: Hints
    drop: None = None
    part: Any = None


class QuestionSheetForm(forms.Form):
    """Fields `text-0`, `text-0-same` and so on; `mark-id` says what the form began from."""

    def __init__(self, data: Any = None, *, sheet: QuestionSheet) -> None:
        self.sheet = sheet
        super().__init__(data, prefix=f"q{sheet.standing.question.pk}")
        self.language_name = sheet.standing.question.key
        attrs = {"lang": sheet.language, "dir": direction(sheet.language)}
        if sheet.standing.in_review:
            attrs["readonly"] = "readonly"
        self.fields["mark-id"] = forms.CharField(
            widget=forms.HiddenInput, required=False, initial=mark_of(sheet.standing)
        )
        self.names = {place: f"text-{number}" for number, place in enumerate(sheet.places)}
        self.labels = labels(sheet.places)
        for place, name in self.names.items():
            self._add(place, name, attrs)

    def _add(self, place: Place, name: str, attrs: dict[str, str]) -> None:
        given = self.sheet.ours.get(place, "")
        rows = max(1, len(given or self.sheet.theirs.get(place, "")) // 60 + 1)
        self.fields[name] = forms.CharField(
            label=self.labels[place],
            required=False,
            max_length=LONGEST,
            initial=given,
            widget=forms.Textarea({**attrs, "rows": rows}),
        )
        if self.sheet.changed(place):
            self.fields[f"{name}-same"] = forms.BooleanField(label=gettext("Still right"), required=False)

    @property
    def carried(self) -> forms.BoundField:
        """The field that says what the form began from."""
        return self["mark-id"]

    def begin_anew(self) -> None:
        """Go on from what is kept now, what was typed still in the fields: sent once more, it is saved."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data[self.add_prefix("mark-id")] = self.fields["mark-id"].initial
        self.data = data

    def clean(self) -> dict[str, Any]:
        if not self.errors and self.words:
            self._ask_the_kind()
        return self.cleaned_data

    @property
    def texts(self) -> dict[Place, str]:
        """What was typed; {} where nothing was, so that a question can wait for its turn."""
        said = {
            place: self.cleaned_data.get(name, "").replace("\r\n", "\n").strip() for place, name in self.names.items()
        }
        kept = {place: text for place, text in said.items() if text or place in self.sheet.theirs}
        return kept if any(kept.values()) else {}

    @property
    def words(self) -> dict[str, Any]:
        return shaped(self.texts, self.sheet.composed.words.get(self.sheet.source, {})) if self.texts else {}

    def _ask_the_kind(self) -> None:
        """What is missing or does not fit is said beside its field, as where a question is written."""
        version: Any = self.sheet.standing.current
        kind = kind_named(version.kind)
        try:
            kind.parse_words(self.words, *kind.parse(version.structure, version.answer_key))
        except ValueError as error:
            whole: list[Mapping[str, Any]] = [{"loc": (), "type": "", "msg": str(error)}]
            for fault in error.errors() if isinstance(error, ValidationError) else whole:
                place = tuple(str(part) for part in fault["loc"])
                self.add_error(self.names.get(place), in_words(fault))

    @property
    def composed(self) -> Composed:
        """The question with these words."""
        others = {code: said for code, said in self.sheet.composed.words.items() if code != self.sheet.language}
        return replace(self.sheet.composed, words=others | ({self.sheet.language: self.words} if self.words else {}))

    @property
    def basis(self) -> dict[str, Any]:
        """The source's words that this translation was compared with: as they were where they still wait."""
        source = self.sheet.composed.words.get(self.sheet.source, {})
        texts = {
            place: self.sheet.then.get(place, "") if self._waits(place) else text
            for place, text in self.sheet.theirs.items()
        }
        gone = {
            place: text
            for place, text in self.sheet.then.items()
            if place not in self.sheet.theirs and place in self.names and self._waits(place)
        }
        return shaped(texts | gone, source)

    def _waits(self, place: Place) -> bool:
        name = self.names[place]
        touched = self.cleaned_data.get(name, "") != self.sheet.ours.get(place, "")
        return self.sheet.changed(place) and not touched and not self.cleaned_data.get(f"{name}-same")

    def shown(self, glossary: Glossary) -> Iterator[ShownText]:
        for place, name in self.names.items():
            now, changed = self.sheet.theirs.get(place, ""), self.sheet.changed(place)
            yield ShownText(
                self.add_prefix(name),
                self.labels[place],
                "changed" if changed else "same" if now else "extra",
                now,
                self[name],
                self[f"{name}-same"] if changed else None,
                compare(self.sheet.then.get(place, ""), now) if changed else [],
                hints(now, str(self[name].value() or ""), glossary),
            )


@dataclass(frozen=True)
class ShownQuestion:
    """A question with its texts, for the page."""

    form: QuestionSheetForm
    kind: str
    rows: list[ShownText] = field(default_factory=list)
