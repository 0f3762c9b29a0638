"""What the forms of every kind of question share: the words side by side, and faults said where they are."""

from abc import ABCMeta, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout, LayoutObject
from django import forms
from django.forms.forms import DeclarativeFieldsMetaclass
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from portal.studio.compositions import Composed
from portal.studio.course_pictures import CoursePicture
from portal.studio.languages import direction, language_name
from portal.studio.questions.faults import in_words
from quizzes.kinds import kind_named
from quizzes.models import Question

LONGEST = 2000
MARK = "mark-id"  # what the form began from; names that end so are not shown to people as something they typed
Place = tuple[Any, ...]


class WordsField(forms.CharField):
    """Some words in one language; lines end the same way whatever the browser sent."""

    def __init__(self, label: str, language: str, rows: int, help_text: Any = "") -> None:
        attrs = {"lang": language, "dir": direction(language), "maxlength": LONGEST}
        super().__init__(
            label=f"{label} · {language_name(language)}",
            required=False,
            max_length=LONGEST,
            widget=forms.Textarea(attrs | {"rows": rows}) if rows > 1 else forms.TextInput(attrs),
            help_text=help_text,
        )

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")


@dataclass(frozen=True)
class About:
    """What a form must know of its question."""

    languages: Sequence[str]
    skills: Sequence[tuple[str, str]] = ()
    # Languages in which the question can be read already, so that its words are needed in them.
    readers: frozenset[str] = frozenset()
    # Ids that options of it have had: a new option never gets one of them.
    option_ids: frozenset[str] = frozenset()
    # Pictures that the question may be about.
    pictures: Sequence[CoursePicture] = ()
    # Shown for reading only: the question is in review.
    locked: bool = False


class KindForm(ABCMeta, DeclarativeFieldsMetaclass):
    """The metaclass of forms that cannot be made before they say all that their kind must."""


class QuestionForm(forms.Form, metaclass=KindForm):
    """A question of one kind. A subclass adds its fields, and says what they mean as structure, key and words."""

    kind: ClassVar[str]
    critical = forms.BooleanField(
        label=_("Critical"),
        required=False,
        help_text=_("It must be right to pass, whatever the score. For mistakes that can cost a life."),
    )

    difficulty = forms.ChoiceField(
        label=_("How hard it is"),
        required=False,
        choices=[("", _("Not said")), *Question.Difficulty.choices],
        help_text=_("What you expect; a quiz may draw by it. It counts as soon as it is saved, without review."),
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        initial: dict[str, Any] | None = None,
        about: About,
        rows: int = 0,
    ) -> None:
        super().__init__(data, initial=initial)
        self.about = about
        self.languages = list(about.languages)
        self.rows = rows
        self.fields[MARK] = forms.CharField(widget=forms.HiddenInput, required=False)
        self.fields["skills"] = forms.MultipleChoiceField(
            label=_("What it tests"),
            required=False,
            choices=about.skills,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("Counts for progress and reports as soon as it is saved, without review."),
        )
        self.add_words("stem", gettext("Question"), 2)
        self.add_own_fields()
        self.add_words("explanation", gettext("Why the right answer is right"), 3)
        if about.locked:
            for field in self.fields.values():
                field.widget.attrs["readonly"] = True
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.template = "studio/question_fields.html"
        self.helper.layout = Layout(
            self.fields_side_by_side("stem"),
            *self.own_layout(),
            self.fields_side_by_side("explanation"),
            Field("critical"),
            "difficulty",
            *(["skills"] if about.skills else []),
            MARK,
        )

    # What each kind says of itself.

    def add_own_fields(self) -> None:
        """Fields between the stem and the explanation."""

    @abstractmethod
    def own_layout(self) -> list[LayoutObject | str]:
        """Where its fields stand, between the stem and the explanation."""

    @abstractmethod
    def structure_and_key(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Both as they are stored, from the cleaned fields; faults are put beside the fields."""

    @abstractmethod
    def own_words(self, language: str) -> dict[str, Any]:
        """Words beside stem and explanation, as they are stored."""

    @abstractmethod
    def own_word_fields(self, language: str) -> Iterable[str]:
        """The names of its fields in one language."""

    @classmethod
    @abstractmethod
    def own_initial(cls, composed: Composed) -> dict[str, Any]:
        """What its fields show of a question that stands."""

    def place_of(self, place: Place, language: str) -> str | None:
        """The field that holds what the kind calls `place`; None for the form as a whole."""
        name = f"{place[0]}_{language}" if place else ""
        return name if name in self.fields else None

    @classmethod
    def rows_of(cls, structure: dict[str, Any]) -> int:
        """How many rows of fields it takes to show this; 0 where there are no rows."""
        return 0

    # What they share.

    @classmethod
    def initial_of(cls, composed: Composed) -> dict[str, Any]:
        """The fields filled with what is kept of a question."""
        words = {
            f"{name}_{language}": said.get(name, "")
            for language, said in composed.words.items()
            for name in ("stem", "explanation")
        }
        return words | cls.own_initial(composed) | {"critical": composed.critical}

    def add_words(self, name: str, label: str, rows: int, help_text: Any = "") -> None:
        """One field a language, `stem_ar`, `stem_en`."""
        for language in self.languages:
            self.fields[f"{name}_{language}"] = WordsField(label, language, rows, help_text)

    def fields_side_by_side(self, name: str) -> Div:
        return Div(*(f"{name}_{language}" for language in self.languages), css_class="side-by-side")

    def typed(self) -> dict[str, Any]:
        """Everything that was sent with the form, checked or not, to fill another one with."""
        return {
            name: field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
            for name, field in self.fields.items()
        }

    @property
    def composed(self) -> Composed:
        """What a valid form holds."""
        return Composed(*self.parts, self.cleaned_data["critical"], self.words)

    def clean(self) -> dict[str, Any]:
        self.parts = self.structure_and_key()
        self.words = {language: self._words(language) for language in self.languages if self._is_written(language)}
        self._ask_the_kind()
        if not self.words:
            self.add_error(f"stem_{self.languages[0]}", gettext("Write the question in one language at least."))
        for language in set(self.about.readers) - set(self.words):
            message = gettext("The question can be read in this language already: write it in this language too.")
            self.add_error(f"stem_{language}", message)
        return self.cleaned_data

    def _is_written(self, language: str) -> bool:
        names = [f"stem_{language}", f"explanation_{language}", *self.own_word_fields(language)]
        return any(self.cleaned_data.get(name) for name in names)

    def _words(self, language: str) -> dict[str, Any]:
        both = {name: self.cleaned_data.get(f"{name}_{language}", "") for name in ("stem", "explanation")}
        return both | self.own_words(language)

    def _ask_the_kind(self) -> None:
        """The kind has the last word on what it can ask."""
        kind = kind_named(self.kind)
        parsed: tuple[Any, Any] | None = None
        try:
            parsed = kind.parse(*self.parts)
        except ValueError as error:
            if not self.errors:
                self._say(error, self.languages[0])
        for language, said in self.words.items():
            try:
                kind.parse_words(said, *parsed) if parsed else kind.words.model_validate(said)
            except ValueError as error:
                self._say(error, language)

    def _say(self, error: ValueError, language: str) -> None:
        faults: list[Mapping[str, Any]] = [{"loc": (), "type": "", "msg": str(error)}]
        for fault in error.errors() if isinstance(error, ValidationError) else faults:
            place = self.place_of(tuple(fault["loc"]), language)
            if place not in self.errors:
                self.add_error(place, in_words(fault))
