"""The form of a sheet: a field a row, a tick for what was compared, another for what may go."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lessons.markdown.rules import MOST_CHARACTERS
from portal.studio.comparison import Piece, compare
from portal.studio.drafts import Typed, Written, mark_of, tidy
from portal.studio.forms import SUMMARY
from portal.studio.languages import direction, language_name
from portal.studio.standing import Standing
from portal.studio.translating.alignment import Fate, Row
from portal.studio.translating.basis import Basis
from portal.studio.translating.blocks import EMPTY_LINE, join, words_of
from portal.studio.translating.hints import Glossary, Hints, hints
from portal.studio.translating.sheet import LINES, Line, Sheet

MOST_ROWS = 2000
LABELS = {"title": _("Title"), "summary": _("Summary"), "objective": _("After this lesson")}
LENGTHS = {"title": 160, "summary": SUMMARY, "objective": SUMMARY}


class BlockField(forms.CharField):
    """Some Markdown; only blank lines around it are taken away."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, strip=False, max_length=MOST_CHARACTERS, **options)

    def to_python(self, value: Any) -> str:
        return words_of(str(super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n"))


@dataclass(frozen=True)
class ShownRow:
    """A row as the page shows it: what it is of, its fields, how its source has changed, and what is suggested."""

    id: str
    label: str
    part: Row | Line
    words: forms.BoundField
    same: forms.BoundField | None
    drop: forms.BoundField | None
    pieces: list[Piece]
    hints: Hints

    @property
    def fate(self) -> str:
        if isinstance(self.part, Row):
            return str(self.part.fate)
        return str(Fate.CHANGED if self.part.waits else Fate.SAME)

    @property
    def source(self) -> str:
        return self.part.source_words if isinstance(self.part, Row) else self.part.source


class SheetForm(forms.Form):
    """The sheet as it was given out, with what was typed into it."""

    id = forms.CharField(widget=forms.HiddenInput, required=False)
    compared = forms.BooleanField(
        label=_("I have compared all of it with the source: the whole translation is right"), required=False
    )

    def __init__(self, data: Any = None, *, sheet: Sheet, standing: Standing) -> None:
        self.sheet = sheet
        self.language_name = language_name(sheet.language)
        super().__init__(data, initial={"id": mark_of(standing)})
        self.fields["sheet-id"] = forms.CharField(widget=forms.HiddenInput, required=False, initial=sheet.dumps())
        self.attrs = {"lang": sheet.language, "dir": direction(sheet.language)}
        if standing.in_review and data is None:
            self.attrs["readonly"] = "readonly"
        for line in sheet.lines:
            self._add_line(line)
        for number, row in enumerate(sheet.rows):
            self._add_row(number, row)
        if not (sheet.waiting or sheet.unknown):
            del self.fields["compared"]

    @property
    def carried(self) -> forms.BoundField:
        """The field in which the form brings its sheet back."""
        return self["sheet-id"]

    def _add_line(self, line: Line) -> None:
        widget = forms.TextInput(self.attrs) if line.name == "title" else forms.Textarea({**self.attrs, "rows": 2})
        self.fields[line.name] = forms.CharField(
            label=LABELS[line.name], required=False, max_length=LENGTHS[line.name], widget=widget, initial=line.words
        )
        if line.waits:
            self.fields[f"{line.name}-same"] = _tick(gettext("Still right"))

    def _add_row(self, number: int, row: Row) -> None:
        lines = max(2, row.words.count("\n") + 1, len(row.words or row.source_words) // 60 + 1)
        self.fields[f"row-{number}"] = BlockField(
            label=gettext("Row %(number)s") % {"number": number + 1},
            widget=forms.Textarea(
                {**self.attrs, "rows": min(lines, 14), "class": "studio-block", "spellcheck": "true"}
            ),
            initial=row.words,
        )
        if row.fate == Fate.REMOVED:
            self.fields[f"row-{number}-drop"] = _tick(gettext("Drop this translation too"))
        if row.waits:
            self.fields[f"row-{number}-same"] = _tick(
                {
                    Fate.CHANGED: gettext("Still right"),
                    Fate.NEW: gettext("Not needed in this language"),
                    Fate.REMOVED: gettext("Keep it in this language"),
                }[row.fate]
            )

    def clean(self) -> dict[str, Any]:
        written = any(self.words_of_row(number) for number in range(len(self.sheet.rows)))
        if not self.errors and not self.cleaned_data["title"] and (written or self._said("summary")):
            self.add_error("title", gettext("Write a title at least, so that it can be found again."))
        for number in range(len(self.sheet.rows)):
            if self._ticked(f"row-{number}") and self.cleaned_data.get(f"row-{number}-drop"):
                self.add_error(f"row-{number}", gettext("Drop it or keep it: one of the two."))
        return self.cleaned_data

    def _said(self, name: str) -> str:
        return " ".join(self.cleaned_data.get(name, "").split())

    def _ticked(self, name: str) -> bool:
        return bool(self.cleaned_data.get(f"{name}-same"))

    def words_of_row(self, number: int) -> str:
        """What the row holds once it is saved."""
        return "" if self.cleaned_data.get(f"row-{number}-drop") else self.cleaned_data.get(f"row-{number}", "")

    @property
    def written(self) -> Written:
        """The translation of a valid form."""
        rows = [(self.words_of_row(number), row.gap) for number, row in enumerate(self.sheet.rows)]
        return _written(self.cleaned_data, join(rows, self.sheet.markdown).strip())

    @property
    def typed(self) -> Typed:
        basis = self.basis
        compared = basis.left < (self.sheet.waiting or self.sheet.unknown)
        return Typed(self.written, self.cleaned_data["id"], bool(compared), basis=basis)

    @property
    def basis(self) -> Basis:
        """What of the source this translation was compared with, once it is saved."""
        everything = bool(self.cleaned_data.get("compared"))
        if self.sheet.unknown and not everything:
            return Basis(dict.fromkeys(self.sheet.source, ""), left=1)
        words, left = dict(self.sheet.source), 0
        for line in self.sheet.lines:
            if line.waits and not everything and not self._handled(line.name, line.words):
                words[line.name], left = line.before or "", left + 1
        waiting = [
            row.waits and not everything and not self._row_handled(number, row)
            for number, row in enumerate(self.sheet.rows)
        ]
        if any(waiting):
            words["markdown"] = EMPTY_LINE.join(_compared(self.sheet.rows, waiting))
        return Basis(words, left + sum(waiting))

    def _handled(self, name: str, given: str) -> bool:
        return self._ticked(name) or self.cleaned_data.get(name, "") != given

    def _row_handled(self, number: int, row: Row) -> bool:
        return self._handled(f"row-{number}", row.words) or bool(self.cleaned_data.get(f"row-{number}-drop"))

    def shown(self, glossary: Glossary) -> Iterator[ShownRow]:
        """Every row for the page, the lines first."""
        for line in self.sheet.lines:
            if line.source or line.words:
                pieces = compare(line.before or "", line.source) if line.waits else []
                yield self._shown(line.name, str(LABELS[line.name]), line, pieces, glossary)
        for number, row in enumerate(self.sheet.rows):
            changed = row.fate in (Fate.CHANGED, Fate.REMOVED)
            pieces = compare(row.before_words, row.source_words) if changed else []
            label = gettext("Row %(number)s") % {"number": number + 1}
            yield self._shown(f"row-{number}", label, row, pieces, glossary)

    def _shown(self, name: str, label: str, part: Row | Line, pieces: list[Piece], glossary: Glossary) -> ShownRow:
        source = part.source_words if isinstance(part, Row) else part.source
        return ShownRow(
            name,
            label,
            part,
            self[name],
            self[f"{name}-same"] if f"{name}-same" in self.fields else None,
            self[f"{name}-drop"] if f"{name}-drop" in self.fields else None,
            pieces,
            hints(source, str(self[name].value() or ""), glossary),
        )


def _tick(label: str) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False)


def _compared(rows: list[Row], waiting: list[bool]) -> Iterator[str]:
    """The blocks of the source that the translation goes back to: as they were where they still wait."""
    for row, waits in zip(rows, waiting, strict=True):
        if words := row.before_words if waits else row.source_words:
            yield words


def typed_anyway(data: Any) -> Written:
    """The words of a form whose sheet is not to be read any more, row after row."""
    rows = []
    for number in range(MOST_ROWS):
        if f"row-{number}" not in data:
            break
        if f"row-{number}-drop" not in data:
            rows.append((words_of(data[f"row-{number}"].replace("\r\n", "\n")), EMPTY_LINE))
    return _written(data, join(rows))


def _written(data: Any, markdown: str) -> Written:
    title, summary, objective = (tidy(data.get(name, "")) for name in LINES)
    return Written(title, summary, objective, markdown)
