"""Two people saved one text: what comes of both, part by part, and what one of them has to choose."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from portal.studio.comparison import Change, change
from portal.studio.drafts import Typed, Written, mark_of
from portal.studio.forms import BASE
from portal.studio.keeping.merging import BOTH, CHOICES, SAME, Part, merge, together
from portal.studio.languages import InLanguage
from portal.studio.standing import Standing

SAVE, LOOK = "merge", "merge-look"
THEIRS_MARK = "-theirs-id"


@dataclass(frozen=True)
class Question:
    """An open part, as it is asked: what each of the two made of it, with the words in which they differ."""

    name: str
    number: int
    part: Part
    chosen: str
    missing: bool

    @property
    def mine(self) -> Change:
        return _change(self.part, self.part.mine)

    @property
    def theirs(self) -> Change:
        return _change(self.part, self.part.theirs)

    @property
    def key(self) -> str:
        return f"{self.name}-{self.number}"


@dataclass(frozen=True)
class Settled:
    """A part that one of the two changed: it is taken without asking. `by` is `mine`, `theirs` or `both`."""

    by: str
    change: Change


def _change(part: Part, now: tuple[str, ...]) -> Change:
    return change("", "\n\n".join(part.base), "\n\n".join(now))


@dataclass(frozen=True)
class FieldMerge:
    """One field of a text in parts, with what was chosen so far."""

    name: str
    label: str
    parts: list[Part]
    choices: dict[int, str]
    asked: bool

    @property
    def questions(self) -> list[Question]:
        return [
            Question(self.name, number, part, self.choices.get(number, ""), self.asked and number not in self.choices)
            for number, part in enumerate(self.parts)
            if part.is_open
        ]

    @property
    def settled(self) -> list[Settled]:
        changed = [part for part in self.parts if not part.is_open and part.changed_by != SAME]
        return [Settled(part.changed_by, _change(part, part.taken(BOTH))) for part in changed]

    @property
    def is_decided(self) -> bool:
        return all(question.chosen for question in self.questions)

    @property
    def outcome(self) -> str:
        """In one line where the field has but one."""
        text = together(self.parts, self.choices)
        return " ".join(text.split()) if self.name.endswith("-title") else text


@dataclass(frozen=True)
class TextMerge(InLanguage):
    """One language; `mark` is that of what is kept, `moved` that it is another than the page had shown."""

    language: str
    standing: Standing
    fields: list[FieldMerge]
    moved: bool
    guessed: bool

    @property
    def mark(self) -> str:
        return mark_of(self.standing)

    @property
    def asks(self) -> bool:
        return any(field.questions for field in self.fields)

    @property
    def settled_count(self) -> int:
        return sum(len(field.settled) for field in self.fields)

    @property
    def is_decided(self) -> bool:
        return not self.moved and all(field.is_decided for field in self.fields)

    @property
    def sent(self) -> dict[str, str]:
        """The outcome as the fields of a form would bring it, begun from what is kept."""
        words = {f"{self.language}-{field.name.rpartition('-')[2]}": field.outcome for field in self.fields}
        base = json.dumps(asdict(Written.of(self.standing.current)))
        return words | {f"{self.language}-id": self.mark, f"{self.language}-{BASE}": base}


def merged_languages(data: QueryDict) -> list[str]:
    """The languages that a page of choices was about."""
    return [name.removesuffix(THEIRS_MARK) for name in data if name.endswith(THEIRS_MARK)]


def with_outcome(data: QueryDict, merges: Iterable[TextMerge]) -> QueryDict:
    """What was sent, with what was put together in place of what was typed."""
    outcome = data.copy()
    for merge_ in merges:
        for name, said in merge_.sent.items():
            outcome[name] = said
    return outcome


def merges_of(
    standings: Mapping[str, Standing], typed: Mapping[str, Typed], languages: Iterable[str], data: QueryDict
) -> list[TextMerge]:
    """What comes of what is kept now and what was typed, with the choices in `data`."""
    return [_merge(standings[one], typed[one], data) for one in languages if one in standings and one in typed]


def _merge(standing: Standing, typed: Typed, data: Mapping[str, Any]) -> TextMerge:
    language = standing.language
    shown = data.get(language + THEIRS_MARK)
    moved = shown is not None and shown != mark_of(standing)
    theirs, begun = Written.of(standing.current), typed.base
    labels = {"title": _("Title"), "summary": _("Summary"), "objective": _("After this lesson"), "markdown": _("Text")}
    fields = []
    for name, label in labels.items():
        base = getattr(begun, name) if begun else None
        parts = merge(base, getattr(typed.written, name), getattr(theirs, name))
        key = f"merge-{language}-{name}"
        sent = {} if moved else {number: data.get(f"{key}-{number}", "") for number in range(len(parts))}
        choices = {number: choice for number, choice in sent.items() if choice in CHOICES}
        fields.append(FieldMerge(key, label, parts, choices, shown is not None and not moved))
    return TextMerge(language, standing, fields, moved, guessed=begun is None)
