"""A form made from the schemas of a kind that has none of its own: structure and key once, words a language."""

from collections.abc import Iterable
from functools import cache
from types import UnionType
from typing import Any, ClassVar, Literal, Union, get_args, get_origin

import yaml
from crispy_forms.layout import HTML, Fieldset, LayoutObject
from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from portal.studio.compositions import Composed
from portal.studio.questions.base import Place, QuestionForm, WordsField
from quizzes.kinds.base import BaseWords, Kind, Picture

SHARED = frozenset(BaseWords.model_fields)
LINES = ("text", "plain")
EXACT = {"dir": "ltr", "spellcheck": "false", "autocomplete": "off"}


@cache
def form_from_schemas(kind: Kind[Any, Any, Any]) -> type["SchemasForm"]:
    return type(f"{type(kind).__name__}Form", (SchemasForm,), {"kind": kind.name, "of": kind})


class SchemasForm(QuestionForm):
    """Fields `part_<name>` for what the structure and the key hold, `said_<name>_ar` for words of the kind's own."""

    of: ClassVar[Kind[Any, Any, Any]]

    def add_own_fields(self) -> None:
        for name, info in self._parts().items():
            self.fields[f"part_{name}"] = self._part_field(name, info)
        for name, info in self._said().items():
            for language in self.languages:
                self.fields[f"said_{name}_{language}"] = SaidField(title_of(name, info), language, info)

    def own_layout(self) -> list[LayoutObject | str]:
        help_line = HTML(format_html('<p class="form-text">{}</p>', self.of.help_text))
        parts = Fieldset(gettext("What is asked"), help_line, *(f"part_{name}" for name in self._parts()))
        return [parts, *(self.fields_side_by_side(f"said_{name}") for name in self._said())]

    @classmethod
    def _parts(cls) -> dict[str, FieldInfo]:
        return {**cls.of.structure.model_fields, **cls.of.key.model_fields}

    @classmethod
    def _said(cls) -> dict[str, FieldInfo]:
        return {name: info for name, info in cls.of.words.model_fields.items() if name not in SHARED}

    def _part_field(self, name: str, info: FieldInfo) -> forms.Field:
        if info.annotation is Picture:
            choices = [("", gettext("Choose a picture")), *((one.file, one.label) for one in self.about.pictures)]
            return forms.ChoiceField(label=title_of(name, info), choices=choices, required=info.is_required())
        return PlainField(title_of(name, info), info)

    def structure_and_key(self) -> tuple[dict[str, Any], dict[str, Any]]:
        given = {name: self._given(name, info) for name, info in self._parts().items()}
        known = {name: value for name, value in given.items() if value is not None}
        key = {name: value for name, value in known.items() if name in self.of.key.model_fields}
        return {name: value for name, value in known.items() if name not in key}, key

    def _given(self, name: str, info: FieldInfo) -> Any:
        value = self.cleaned_data.get(f"part_{name}")
        if info.annotation is Picture:
            return next((one.stored for one in self.about.pictures if one.file == value), None)
        return value

    def own_words(self, language: str) -> dict[str, Any]:
        said = {name: self.cleaned_data.get(f"said_{name}_{language}") for name in self._said()}
        return {name: value for name, value in said.items() if value not in (None, "")}

    def own_word_fields(self, language: str) -> Iterable[str]:
        return [f"said_{name}_{language}" for name in self._said()]

    def place_of(self, place: Place, language: str) -> str | None:
        names = [f"part_{place[0]}", f"said_{place[0]}_{language}"] if place else []
        return next((name for name in names if name in self.fields), None) or super().place_of(place, language)

    @classmethod
    def own_initial(cls, composed: Composed) -> dict[str, Any]:
        stored = composed.structure | composed.answer_key
        initial = {f"part_{name}": written(stored.get(name), info) for name, info in cls._parts().items()}
        for language, said in composed.words.items():
            initial |= {f"said_{name}_{language}": written(said.get(name), info) for name, info in cls._said().items()}
        return initial


class PlainField(forms.CharField):
    """One part of a structure or key: a line, a list with a line for each entry, or YAML where it is more than that."""

    def __init__(self, label: str, info: FieldInfo) -> None:
        self.sort = sort_of(info)
        short = self.sort in LINES
        super().__init__(
            label=label,
            required=info.is_required(),
            widget=forms.TextInput(EXACT) if short else forms.Textarea(EXACT | {"rows": 4}),
            help_text=info.description or how_to_write(self.sort),
        )

    def clean(self, value: Any) -> Any:
        return read(str(super().clean(value)), self.sort)


class SaidField(WordsField):
    """Words of a kind's own in one language: a text, or for each id a line with its words."""

    def __init__(self, label: str, language: str, info: FieldInfo) -> None:
        self.sort = sort_of(info)
        super().__init__(label, language, 2 if self.sort in LINES else 4, info.description or how_to_write(self.sort))

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        return typed if self.sort in LINES else read(typed, self.sort)


def title_of(name: str, info: FieldInfo) -> str:
    return info.title or name.replace("_", " ").capitalize()


def how_to_write(sort: str) -> str:
    return {
        "text": "",
        "plain": "",
        "list": gettext("One a line."),
        "words": gettext("A line for each: its id, a colon, the words."),
    }.get(sort, gettext("As a course package has it (YAML)."))


def sort_of(info: FieldInfo) -> str:
    """How a field is written: `text`, `plain` for numbers and the like, `list`, `words` by id, `yaml` for all else."""
    kinds = [one for one in _alternatives(info.annotation) if one is not type(None)]
    if len(kinds) != 1:
        return "yaml"
    origin, inner = get_origin(kinds[0]) or kinds[0], [_bare(one) for one in get_args(kinds[0])]
    if origin is list and inner == [str]:
        return "list"
    if origin is dict and inner == [str, str]:
        return "words"
    if origin is str or (origin is Literal and all(isinstance(one, str) for one in inner)):
        return "text"
    nested = origin in {list, dict, tuple, set} or (isinstance(origin, type) and issubclass(origin, BaseModel))
    return "yaml" if nested else "plain"


def _alternatives(annotation: Any) -> list[Any]:
    """What an annotation may be, each without what is annotated to it."""
    bare = _bare(annotation)
    if get_origin(bare) in {Union, UnionType}:
        return [_bare(one) for one in get_args(bare)]
    return [bare]


def _bare(annotation: Any) -> Any:
    return annotation.__origin__ if hasattr(annotation, "__metadata__") else annotation


def read(typed: str, sort: str) -> Any:
    """What was typed as it is stored; None for nothing. Raises ValidationError."""
    lines = [line.strip() for line in typed.splitlines() if line.strip()]
    if not lines:
        return {} if sort == "words" else None
    if sort == "text":
        return typed
    if sort == "list":
        return lines
    if sort == "words":
        return _by_id(lines)
    try:
        return yaml.safe_load(typed)
    except (yaml.YAMLError, ValueError, RecursionError):  # a day that there is not, or hundreds of brackets
        raise ValidationError(gettext("This is no YAML. Write it as a course package has it.")) from None


def _by_id(lines: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in lines:
        name, colon, words = line.partition(":")
        if not colon or name.strip() in found:
            raise ValidationError(
                gettext("Write each id once, then a colon and its words: “%(line)s”.") % {"line": line}
            )
        found[name.strip()] = words.strip()
    return found


def written(value: Any, info: FieldInfo) -> str:
    """What is stored as it is typed."""
    sort = sort_of(info)
    if value is None:
        return ""
    if info.annotation is Picture:
        return str(value["file"])
    if sort == "list":
        return "\n".join(value)
    if sort == "words":
        return "\n".join(f"{name}: {' '.join(words.split())}" for name, words in value.items())
    if isinstance(value, str):
        return value
    return (
        yaml.safe_dump(value, allow_unicode=True, default_flow_style=None, sort_keys=False)
        .removesuffix("...\n")
        .strip()
    )
