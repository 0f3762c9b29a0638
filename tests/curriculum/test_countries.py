"""Every lesson, question and card reads well with the settings of any country, and states none of them as everyone's.

A text that reads well says nothing of where its facts come from: no seam is to be seen. What can be asserted of that is
asserted with three invented countries (`countries.yaml`), with the default phrases, and with whatever comes later.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from babel import Locale

from lessons.filling import facts_in, fill
from lessons.markdown import render
from lessons.markdown.figures import Shown
from lessons.markdown.numbers import isolated
from lessons.markdown.tree import plain
from lessons.models.facts import FACT
from lessons.search.reading import plain_text
from lessons.topics import TELEPHONE
from lessons.worksheets import NUMBER, with_numbers, worksheets_in
from portal.exchange.content import unsaved
from portal.exchange.survey import LessonSurvey
from quizzes.facts import filled
from quizzes.kinds.base import Kind
from tests.curriculum.answers import right_answers
from tests.curriculum.numbers import WORD, missing
from tests.curriculum.starter import (
    LANGUAGES,
    Question,
    courses,
    lessons,
    questions,
    shared_rows,
    texts_in,
    texts_of,
    tree,
)
from tests.curriculum.test_keys import earned

Facts = dict[str, str]
Said = Iterator[tuple[str, str]]

GIVEN = yaml.safe_load((Path(__file__).parent / "countries.yaml").read_text(encoding="utf-8"))
DEFAULTS = "defaults"
COUNTRIES = [country["name"] for country in GIVEN["countries"]]

FEWEST_WORDS = 4  # that make a phrase a country's own
OF_OTHER_DANGERS = ("AW-3-Q9",)  # there the official all-clear ends a cloud of gas, not a missile alert
LONGEST_LINE, LONGEST_CARD = 140, 420  # characters of a card with its facts filled in: two printed lines, half an A5
ISOLATES = re.compile("[\u2066-\u2069]")
OPEN = re.compile("[{}]")
COLLISION = re.compile(
    r"(?<=\w)\s+[.,;!?،؛؟…]|\s:(?! \d)"  # a stop that stands off its word; 30 : 2 does not
    r"|[.,;:،؛]\s*[.;:،؛]|[.,;:،؛]\s*,|[?!؟]\s*[.,;،؛]"  # one stop after another
    r"|\(\s|\s\)|\(\)|\s{2,}"
)
TWICE = re.compile(r"(?<!\w)(?!كلمة)([^\W\d_]+) \1(?!\w)", re.IGNORECASE)  # كلمة كلمة is word by word
BEGINS = re.compile(r"(?:^|[.!?…][\"”’)]*\s+)(\{fact:[a-z0-9-]+\})")

# Numbers at which help is called somewhere (those of counts and rates left out), and how a text would say any.
CALLED = re.compile(r"(?<![\d.,])(10[1-9]|11[1-35-9]|12[1-9]|13[1-9]|1[4-9][1-9]|190|9\d\d)(?![\d°%]|[.,:]\d)")
DIALLED = re.compile(
    r"\b([Cc]all|[Dd]ial|[Rr]ing|[Pp]hone|[Tt]ext) (the number )?\d|(اطلبوا|اتصلوا|اتصل)( على| بـ| ب)?( الرقم)? ?\d"
)

ADJECTIVES = {
    "en": r"Saudi|Emirati|Kuwaiti|Bahraini|Qatari|Omani|Jordanian|Lebanese|Syrian|Iraqi|Yemeni|Egyptian|Tunisian"
    r"|Algerian|Moroccan|Libyan|Sudanese|Palestinian|Israeli|Turkish|Iranian|Swiss|Austrian|German|French|British|American"
    r"|Canadian|Australian|Japanese|USA?|U\.S\.A?|UK|UAE|KSA|Britain|England|Emirates|America",
    "ar": r"سعودي|إماراتي|كويتي|بحريني|قطري|عماني|أردني|لبناني|سوري|عراقي|يمني|مصري|تونسي|جزائري|مغربي|ليبي"
    r"|فلسطيني|إسرائيلي|تركي|إيراني|سويسري|نمساوي|ألماني|فرنسي|بريطاني|أمريكي|كندي|أسترالي|ياباني|الإمارات|أمريكا|بريطانيا",
}
SAME_WORD = {"المغرب", "قطر"}  # sunset and its prayer; the beginning of a drop
NAMED = {
    "hazards/deadly-air": "a count of deaths, said to be one country's in one year",
    "hazards/power-outage": "a limit of food safety that is said to be the advice of one country",
    "household-preparedness/water-and-food": "two lists that are said to differ from the sum here, and why",
    "first-aid/sugar-seizures-infection": "a ministry, as one example of who says so",
    "FA-12-Q4": "the same ministry, as the same example",
}


def rows() -> dict[str, Any]:
    """The facts that are filled into texts."""
    return {row.key: row for row in shared_rows("local-facts.yaml") if row.kind != "choice"}


@cache
def facts_of(country: str, language: str) -> Facts:
    if country == DEFAULTS:
        return {key: row.texts[language].default for key, row in rows().items()}
    values = next(each["values"] for each in GIVEN["countries"] if each["name"] == country)
    return {key: value[language] if isinstance(value, dict) else value for key, value in values.items()}


@cache
def html_of(lesson: LessonSurvey, language: str) -> str:
    """The lesson's text as it is stored, its facts open."""
    pictures = {name: Shown(unsaved(picture)) for name, picture in lesson.folder.figures.items()}
    return render(lesson.folder.texts[language].markdown, pictures, language=language).html


def filled_html(lesson: LessonSurvey, language: str, facts: Facts) -> str:
    return fill(with_numbers(html_of(lesson, language), facts), facts)


def filled_words(question: Question, language: str, facts: Facts) -> dict[str, Any]:
    words: dict[str, Any] = filled(question.words[language].model_dump(mode="json", exclude_none=True), facts)
    return words


def without_gaps(question: Question, words: dict[str, Any]) -> dict[str, Any]:
    """The words with the right choice in each gap of the text."""
    if question.kind.name != "gap_fill":
        return words
    chosen = {gap: words["choices"][gap][right[0]] for gap, right in question.answer_key.right.items()}
    return words | {"text": re.sub(r"\{([a-z0-9-]+)\}", lambda gap: chosen[gap[1]], words["text"])}


def filled_card(topic: Any, language: str, facts: Facts) -> list[str]:
    lines = [fill(isolated(line), facts) for line in topic.texts[language].first_minute]
    return [plain_text(line, facts).blocks[0] for line in lines]


def said(language: str, facts: Facts) -> Said:
    """(place, text) of everything in which facts are filled in: what a reader of that country has before them."""
    for lesson in lessons():
        yield from (
            (lesson.folder.place, text) for text in plain_text(filled_html(lesson, language, facts), facts).blocks
        )
    for question in questions():
        for place, text in texts_in(without_gaps(question, filled_words(question, language, facts))):
            yield f"{question} {place}", ISOLATES.sub("", text)
    for topic in shared_rows("topics.yaml"):
        yield from ((f"card {topic.key}", line) for line in filled_card(topic, language, facts))


def as_written(language: str) -> Said:
    """The same with the facts open."""
    return said(language, {key: f"{{fact:{key}}}" for key in rows()})


def never_filled(language: str) -> Said:
    """(place, text) of what the portal shows as it is written."""
    for course in courses():
        content = course.folder.course.content
        yield from ((course.key, text) for _place, text in texts_in(content.texts[language].model_dump()))
        yield from ((module.key, module.texts[language].title) for module in content.modules)
    for lesson in lessons():
        yield from ((lesson.folder.place, text) for _name, text in lesson.folder.texts[language].head.content)
        pictures = (node for node in tree(lesson, language).walk() if node.type == "image")
        yield from ((lesson.folder.place, plain(node)) for node in pictures)
    for topic in shared_rows("topics.yaml"):
        yield from ((topic.key, text) for text in (topic.texts[language].name, topic.texts[language].summary))
    for name in ("skills.yaml", "glossary.yaml", "local-facts.yaml"):
        for row in shared_rows(name):
            yield from ((row.key, text) for _place, text in texts_in(row.texts[language].model_dump()))


every_setting = pytest.mark.parametrize("country", [*COUNTRIES, DEFAULTS])
in_each_language = pytest.mark.parametrize("language", LANGUAGES)


def test_there_are_three_countries_and_each_has_set_all_that_is_filled_in() -> None:
    assert len(COUNTRIES) >= 3
    for country in COUNTRIES:
        for language in LANGUAGES:
            assert facts_of(country, language).keys() == rows().keys(), (country, language)


def test_no_two_countries_have_the_same_value() -> None:
    """So that a test which passes with all of them has seen different words."""
    for key in rows():
        for language in LANGUAGES:
            values = [facts_of(country, language)[key] for country in COUNTRIES]
            assert len(set(values)) == len(values), (key, language)


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_settings_of_a_country_say_the_same_numbers_in_both_languages(country: str) -> None:
    arabic, english = (facts_of(country, language) for language in LANGUAGES)
    apart = {key: missing(arabic[key], english[key], "en") + missing(english[key], arabic[key], "ar") for key in rows()}
    assert not {key: numbers for key, numbers in apart.items() if numbers}


@every_setting
@in_each_language
def test_a_value_is_of_its_kind_and_ends_no_sentence(country: str, language: str) -> None:
    kinds: dict[str, Callable[[str], Any]] = {
        "text": lambda value: value == value.strip() and value[-1] not in ".,;:،؛",
        "number": NUMBER.fullmatch,
        "phone": TELEPHONE.fullmatch if country != DEFAULTS else lambda value: value[-1] != ".",
    }
    values = facts_of(country, language)
    assert not [key for key, row in rows().items() if not kinds[row.kind](values[key])]


@every_setting
@in_each_language
def test_nothing_is_left_open(country: str, language: str) -> None:
    texts = list(said(language, facts_of(country, language)))
    assert len(texts) > 5000
    assert not [f"{place}: {text}" for place, text in texts if OPEN.search(text)]
    pages = {lesson.folder.place: filled_html(lesson, language, facts_of(country, language)) for lesson in lessons()}
    assert not [place for place, html in pages.items() if OPEN.search(html)]


@every_setting
@in_each_language
def test_no_stop_stands_twice_or_by_itself(country: str, language: str) -> None:
    texts = said(language, facts_of(country, language))
    assert not [f"{place}: {text}" for place, text in texts if COLLISION.search(text)]


@every_setting
@in_each_language
def test_no_word_stands_twice_in_a_row(country: str, language: str) -> None:
    texts = said(language, facts_of(country, language))
    assert not [f"{place}: {text}" for place, text in texts if TWICE.search(text)]


@pytest.mark.parametrize(
    "text",
    ["Stay put..", "Stay here .", "As here:: go", "The rule: : go", "ابقوا،.", "ابقوا ، ثم", "Why?.", "Go to , then"],
)
def test_stops_that_collide_would_be_found(text: str) -> None:
    assert COLLISION.search(text)


@pytest.mark.parametrize("text", ["Stay until until noon.", "ابقوا حتى حتى الظهر", "Above above 40 °C"])
def test_a_word_said_twice_would_be_found(text: str) -> None:
    assert TWICE.search(text)


def test_no_english_sentence_begins_with_a_fact() -> None:
    """Values begin with a small letter, since they stand behind a colon or inside a sentence."""
    texts = list(as_written("en"))
    assert sum(len(FACT.findall(text)) for _place, text in texts) > 150
    assert not [f"{place}: {text}" for place, text in texts if BEGINS.search(text)]


def test_what_is_written_to_follow_a_colon_follows_one() -> None:
    """In Arabic a question may stand before it, too."""
    for language, words, marks in (("en", "after a colon", ":"), ("ar", "بعد نقطتين", ":؟")):
        told = {key for key, row in rows().items() if words in row.texts[language].label}
        assert told
        apart = [
            f"{place}: {text}"
            for place, text in as_written(language)
            for found in FACT.finditer(text)
            if found[1] in told and text[: found.start()].rstrip(" *")[-1:] not in marks
        ]
        assert not apart


@in_each_language
def test_texts_ask_for_every_fact_that_there_is_and_for_no_other(language: str) -> None:
    """One that nobody knows would be left out without a word."""
    named = {key for lesson in lessons() for key in facts_in(html_of(lesson, language))}
    named |= {key for one in questions() for _place, text in texts_of(one, language) for key in facts_in(text)}
    lines = [line for topic in shared_rows("topics.yaml") for line in topic.texts[language].first_minute]
    assert named | {key for line in lines for key in facts_in(line)} == rows().keys()


def test_no_fact_stands_where_the_portal_fills_none_in() -> None:
    texts = [said for language in LANGUAGES for said in never_filled(language)]
    assert texts
    assert not [f"{place}: {text}" for place, text in texts if FACT.search(text)]


@every_setting
@in_each_language
def test_every_sum_of_a_worksheet_counts_with_the_number_of_the_country(country: str, language: str) -> None:
    facts = facts_of(country, language)
    sums = [
        (lesson, field.total)
        for lesson in lessons()
        for worksheet in worksheets_in(filled_html(lesson, language, facts)).values()
        for field in worksheet.fields
        if field.total
    ]
    assert not [lesson.folder.place for lesson, total in sums if any("fact:" in factor for factor in total.factors)]
    assert any(facts["water-per-day"] in total.factors for _lesson, total in sums)


@every_setting
@in_each_language
def test_the_options_of_a_question_stay_different_from_each_other(country: str, language: str) -> None:
    facts, same = facts_of(country, language), []
    for question in questions():
        options = filled_words(question, language, facts).get("options", {})
        counted = Counter(" ".join(text.casefold().split()) for text in options.values())
        same += [f"{question}: {text}" for text, count in counted.items() if count > 1]
    assert not same


def test_no_key_of_a_question_hangs_on_a_fact() -> None:
    for question in questions():
        assert not facts_in(f"{question.structure} {question.answer_key}"), question


@every_setting
@in_each_language
def test_the_key_of_every_question_earns_everything_with_its_words_filled_in(country: str, language: str) -> None:
    facts = facts_of(country, language)
    for question in questions():
        kind: Kind[Any, Any, Any] = question.kind
        words = kind.parse_words(filled_words(question, language, facts), question.structure, question.answer_key)
        assert all(earned(question, answer) == 1 for answer in right_answers(question)), question
        samples = kind.samples(question.structure, question.answer_key, words)
        assert 1 in [earned(question, answer) for answer in samples], question


@every_setting
@in_each_language
def test_a_card_stays_short_with_its_facts_filled_in(country: str, language: str) -> None:
    facts, long = facts_of(country, language), []
    for topic in shared_rows("topics.yaml"):
        lines = filled_card(topic, language, facts)
        long += [line for line in lines if len(line) > LONGEST_LINE]
        long += [f"{topic.key}: {len(text)}" for text in [" ".join(lines)] if len(text) > LONGEST_CARD]
    assert not long


@in_each_language
def test_no_text_says_a_number_to_call(language: str) -> None:
    texts = [*as_written(language), *never_filled(language)]
    assert not [f"{place}: {text}" for place, text in texts if DIALLED.search(text) or CALLED.search(text)]


@in_each_language
def test_what_a_country_sets_stands_in_no_text_as_everyones(language: str) -> None:
    """Neither its words nor the default phrase: a text that says them by itself contradicts the next country."""
    phrases = {
        (key, phrase(facts_of(country, language)[key]))
        for country in [*COUNTRIES, DEFAULTS]
        for key, row in rows().items()
        if row.kind == "text"
    }
    phrases = {(key, words) for key, words in phrases if len(WORD.findall(words)) >= FEWEST_WORDS}
    assert len(phrases) > len(rows())
    texts = [(place, phrase(text)) for place, text in as_written(language) if not place.startswith(OF_OTHER_DANGERS)]
    assert not [f"{place}: {key}" for place, text in texts for key, words in phrases if words in text]


@in_each_language
def test_no_country_is_named_except_as_an_example(language: str) -> None:
    texts = [*as_written(language), *never_filled(language)]
    found = {place for place, text in texts if names(language).search(text)}
    places = {place.split(" ")[0] for place in found}
    assert places == NAMED.keys()


@cache
def names(language: str) -> re.Pattern[str]:
    """What a country or its people are called; Arabic words may have و, ب, ل and the article before them."""
    called = [name for code, name in Locale(language).territories.items() if len(code) == 2 and code.isalpha()]
    plain_names = "|".join(re.escape(name) for name in called if name not in SAME_WORD)
    before, after = (
        ("(?<!\\w)(?:و|ف|ب|ل|ك)?(?:ال|لل)?", "(?:ة|ون|ين)?(?!\\w)") if language == "ar" else (r"\b", r"(?!\w)")
    )
    return re.compile(f"{before}({plain_names}|{ADJECTIVES[language]}){after}")


def phrase(text: str) -> str:
    """Its words in small letters, with one blank between."""
    return " ".join(["", *re.findall(r"[^\W_]+", text.casefold()), ""])
