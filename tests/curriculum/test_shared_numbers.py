"""No two lessons contradict each other: every number that more than one text uses stands in one table.

`shared_numbers.yaml` says of each how a sentence about it is known, the unit that its numbers carry, and which of them
may stand there. A sentence of either language is held to it, wherever it stands.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from lessons.markdown.tree import Node, block_name, lone_picture, plain
from tests.curriculum.numbers import MARKS, SAID, WORD, in_digits
from tests.curriculum.starter import LANGUAGES, Question, lessons, questions, shared_rows, texts_of, tree

GIVEN = yaml.safe_load((Path(__file__).parent / "shared_numbers.yaml").read_text(encoding="utf-8"))

STRANGE = Decimal(77)  # no row allows it
SENTENCE = re.compile(r"(?<=[.!?؟…])[\"”’»)]*\s+")
DIGITS = r"\d+(?:[.,٫]\d+)?"
BEFORE = {"en": r"(?<![\w.,])", "ar": r"(?<![\w.,])(?:[وفبل]|ال|بال|لل|وال)?"}
AND = {"en": r"\s?[–+-]\s?|\s(?::|to|or|and)\s", "ar": r"\s?[–+-]\s?|\s(?::|إلى|أو)\s|\sو"}


class Said(NamedTuple):
    """A text and where it stands. What it answers or begins with is read with it, and so is the title above it; neither
    holds a number of its own."""

    place: str
    text: str
    asked: str = ""
    title: str = ""


class Sentence(NamedTuple):
    """A sentence of a text without marks; `read_with` is what it answers or begins with."""

    place: str
    text: str
    read_with: str
    title: str


class Found(NamedTuple):
    """A number in a sentence of a row's subject."""

    place: str
    sentence: str
    number: Decimal


@dataclass(frozen=True)
class Unit:
    """How a unit is written behind a number; in Arabic also as one word with the two or one of it."""

    en: str
    ar: str
    names: dict[str, dict[str, Decimal]] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """`about` holds patterns that a sentence of the subject matches, all of them; `beside` one that it does not."""

    name: str
    sources: tuple[str, ...]
    unit: Unit
    about: dict[str, list[str]]
    beside: dict[str, str]
    allowed: frozenset[Decimal]
    right: frozenset[Decimal]

    def numbers(self, sentence: Sentence, language: str) -> set[Decimal]:
        """Every number with the unit, where the sentence is about the subject."""
        about = self.is_about(f"{sentence.read_with} {sentence.text}", sentence.title, language)
        return with_unit(sentence.text, self.unit, language) if about else set()

    def is_about(self, text: str, title: str, language: str) -> bool:
        """`beside` is not looked for in the title."""
        whole = f"{title}: {text}"
        if not all(re.search(pattern, whole, re.IGNORECASE) for pattern in self.about[language]):
            return False
        return not self.beside[language] or not re.search(self.beside[language], text, re.IGNORECASE)


def bare(text: str) -> str:
    return MARKS.sub("", text)


def sentences_of(said: Said) -> Iterator[Sentence]:
    for sentence in SENTENCE.split(bare(said.text)):
        yield Sentence(said.place, sentence, bare(said.asked), bare(said.title))


def with_unit(sentence: str, unit: Unit, language: str) -> set[Decimal]:
    """The numbers that stand before the unit, in digits or in words; a range holds its two ends."""
    written = unit.en if language == "en" else unit.ar
    found: set[Decimal] = set()
    for counted in re.findall(rf"({numbers(language)})[\s-]*(?:{written})(?!\w)", sentence, re.IGNORECASE):
        found |= in_digits(counted)
        found |= {words(language)[word] for word in WORD.findall(counted.casefold()) if word in words(language)}
    for named, value in unit.names.get(language, {}).items():
        if re.search(rf"(?<!\w)(?:[وفبل]|لل)?(?:{named})(?!\w)", sentence, re.IGNORECASE):
            found.add(value)
    return found


@cache
def numbers(language: str) -> str:
    """A number in digits or in words, or several in a row."""
    number = f"(?:{DIGITS}|{'|'.join(words(language))})"
    return f"{BEFORE[language]}{number}(?:(?:{AND[language]}){number})*"


@cache
def words(language: str) -> dict[str, Decimal]:
    """Cardinal numbers in words, Arabic ones of both genders and cases; halves and an Arabic two are the unit's."""
    left_out = {"ar": {"0.5", "2", "15"}, "en": {"0.5"}}[language]
    count = {"en": 1, "ar": 2}[language]
    cardinal = {number: names.split()[:count] for number, names in SAID[language].items() if number not in left_out}
    return {name: Decimal(number) for number, names in cardinal.items() for name in names}


@cache
def rows() -> list[Row]:
    return [row_of(row) for row in GIVEN["rows"]]


def row_of(row: dict[str, Any]) -> Row:
    about = {code: [bare(pattern) for pattern in as_list(row["about"][code])] for code in LANGUAGES}
    beside = {code: bare(row.get("beside", {}).get(code, "")) for code in LANGUAGES}
    right = frozenset(Decimal(str(value)) for value in row["values"])
    also = frozenset(Decimal(str(value)) for value in row.get("also", {}))
    return Row(row["name"], tuple(row["sources"]), unit_of(row["unit"]), about, beside, right | also, right)


def as_list(given: str | list[str]) -> list[str]:
    return [given] if isinstance(given, str) else given


def unit_of(given: Any) -> Unit:
    given = GIVEN["units"][given] if isinstance(given, str) else given
    names = {
        code: {name: Decimal(str(one)) for name, one in said.items()} for code, said in given.get("names", {}).items()
    }
    return Unit(given["en"], given["ar"], names)


@cache
def everything(language: str) -> list[Sentence]:
    """Every sentence with a number in it."""
    number = re.compile(rf"\d|{BEFORE[language]}(?:{'|'.join([*words(language), *named(language)])})", re.IGNORECASE)
    told = (sentence for said in _everything(language) for sentence in sentences_of(said))
    return [sentence for sentence in told if number.search(sentence.text)]


@cache
def named(language: str) -> list[str]:
    """How units are written together with their number."""
    return [name for row in rows() for name in row.unit.names.get(language, {})]


def _everything(language: str) -> list[Said]:
    """Every paragraph, line, row of a table and caption; every card, fact and term; what questions hold for right."""
    return [
        *(said for lesson in lessons() for said in _lesson(lesson, language)),
        *(said for question in questions() for said in _question(question, language)),
        *(
            Said(f"card {topic.key}", line)
            for topic in shared_rows("topics.yaml")
            for line in topic.texts[language].first_minute
        ),
        *(Said(f"fact {row.key}", row.texts[language].default) for row in shared_rows("local-facts.yaml")),
        *(Said(f"term {row.key}", row.texts[language].definition) for row in shared_rows("glossary.yaml")),
    ]


def _lesson(lesson: Any, language: str) -> Iterator[Said]:
    """A line is read with its beginning and with the heading above it; those of a block of numbers stand alone."""
    place, head = lesson.folder.place, lesson.folder.texts[language].head.content
    yield from (Said(place, text, "", head.title) for _name, text in head)
    title = head.title
    for part in tree(lesson, language).children:
        if part.type == "heading":
            title = plain(part.children[0])
        above = "" if block_name(part) == "numbers" else title
        yield from (Said(place, run, SENTENCE.split(run)[0], above) for run in _runs(part))


def _runs(node: Node) -> Iterator[str]:
    """The paragraphs, lines and captions in a part of a text; a row of a table is read as one sentence."""
    if node.type == "tr":
        yield ": ".join(plain(cell.children[0]) for cell in node.children if cell.children)
    elif node.type == "inline":
        yield plain(node)
    elif picture := lone_picture(node):
        yield str(picture.attrs.get("title", ""))
    else:
        yield from (run for child in node.children for run in _runs(child))


def _question(question: Question, language: str) -> Iterator[Said]:
    """What it asks and why, and what is said to a wrong answer; of its answers only those that are right."""
    said, place = question.words[language], str(question)
    key: Any = getattr(question.answer_key, "right", None)
    if key is not False:  # a statement that is false says what is not so
        yield Said(place, said.stem)
    yield Said(place, said.explanation, said.stem)
    yield from (Said(place, text, said.stem) for name, text in texts_of(question, language) if "feedback" in name)
    kind = question.kind.name
    if kind == "single_choice":
        yield Said(place, said.options[key], said.stem)
    elif kind == "multiple_choice":
        yield from (Said(place, said.options[option], said.stem) for option in key)
    elif kind == "matching":
        yield from (
            Said(place, f"{said.prompts[prompt]}: {said.options[option]}", said.stem) for prompt, option in key.items()
        )
    elif kind == "gap_fill":
        chosen = {gap: said.choices[gap][choices[0]] for gap, choices in key.items()}
        yield Said(place, re.sub(r"\{([a-z0-9-]+)\}", lambda gap: chosen[gap[1]], said.text), said.stem)


def found_by(row: Row, sentences: list[Sentence], language: str) -> list[Found]:
    return [Found(one.place, one.text, number) for one in sentences for number in row.numbers(one, language)]


def contradictions(sentences: list[Sentence], language: str) -> list[str]:
    return [
        f"{row.name}: {found.number:f} in {found.place}: {found.sentence}"
        for row in rows()
        for found in found_by(row, sentences, language)
        if found.number not in row.allowed
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_says_another_number_than_the_table(language: str) -> None:
    assert not contradictions(everything(language), language)


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.name)
def test_every_row_is_met_in_two_places_and_in_both_languages(row: Row) -> None:
    """A pattern that finds nothing holds nothing."""
    for language in LANGUAGES:
        found = [one for one in found_by(row, everything(language), language) if one.number in row.right]
        assert len({one.place for one in found}) >= 2, (language, found)
        assert {one.number for one in found} == row.right, (language, found)


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.name)
def test_any_number_of_a_row_that_is_changed_would_be_found(row: Row) -> None:
    found = set()
    for language in LANGUAGES:
        for one in everything(language):
            for number in row.numbers(one, language):
                text = re.sub(rf"(?<![\d.,]){number:f}(?![\d.,])", str(STRANGE), one.text)
                found |= row.numbers(one._replace(text=text), language)
    assert STRANGE in found


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_that_is_asked_for_is_one_of_the_table(language: str) -> None:
    """What a numerical question accepts holds the number of its row."""
    met, apart = defaultdict(list), []
    for question in questions():
        if question.kind.name != "numerical":
            continue
        said, right = question.words[language], question.answer_key.right
        for row in rows():
            unit = row.unit.en if language == "en" else row.unit.ar
            if re.fullmatch(unit, bare(said.unit), re.IGNORECASE) and row.is_about(bare(said.stem), "", language):
                met[row.name].append(str(question))
                if not any((right.min or value) <= value <= (right.max or value) for value in row.right):
                    apart.append(f"{question}: {right} is not {row.name}")
    assert len(met) >= len(rows()) / 4, met
    assert not apart


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Put the generator 3 m from the window."),
        ("en", "Cool the burn under running water for ten minutes or fifteen minutes."),
        ("en", "No better? A second pen after 10 minutes."),
        ("en", "Stay inside until 20 minutes after the last thunder."),
        ("ar", "ضعوا المولّد على بعد 3 أمتار من النافذة."),
        ("ar", "بعد آخر رعد ابقوا في الداخل عشرين دقيقة."),
        ("ar", "اغلوا الماء دقيقتين."),
    ],
)
def test_a_contradiction_would_be_found(language: str, text: str) -> None:
    assert contradictions(list(sentences_of(Said("planted", text))), language)


def test_every_row_names_sources_of_texts_in_which_its_number_stands() -> None:
    assert len({row.name for row in rows()}) == len(rows()) >= 35
    strange = {}
    for row in rows():
        places = {found.place for found in found_by(row, everything("en"), "en")}
        strange[row.name] = set(row.sources) - {key for place in places for key in cited_by().get(place, ())}
        assert row.sources
    assert not {name: keys for name, keys in strange.items() if keys}


@cache
def cited_by() -> dict[str, set[str]]:
    """The sources of every lesson, question and card, by its place."""
    cited = {lesson.folder.place: set(lesson.sources) for lesson in lessons()}
    cited |= {str(question): set(question.part.sources) for question in questions()}
    cited |= {f"card {topic.key}": {one.key for one in topic.sources} for topic in shared_rows("topics.yaml")}
    return cited
