"""What people wrongly believe, as their first answers show it: for whoever plans a campaign."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lessons.models import CourseEdition, Topic, TopicText
from lessons.words import in_language
from portal.analysis.question import worded
from portal.analysis.table import rows_of
from portal.analysis.words import choice_words
from portal.language.people import people_words
from quizzes.models import ItemStatistic, Quiz

MOST = 30
OF_ONE = 2  # of one question, or one with many parts would fill the list
WORTH = 0.10  # of all; what fewer believe needs no campaign
NEARLY_RIGHT = ("numerical", "near")  # no mistake; an option of another kind may have that id too


@dataclass(frozen=True)
class Myth:
    """A wrong option that many choose: the words of it, of the question and of the right answer."""

    share: str
    people: str
    said: str
    stem: str
    right: list[str]
    key: str
    critical: bool


def topics_of(edition: CourseEdition, language: str) -> list[tuple[str, str]]:
    """(slug, name) of the topics of its lessons. One query."""
    name = in_language(TopicText.objects.all(), "topic", "name", language)
    found = Topic.objects.filter(lessons__placements__edition=edition).distinct().annotate(name=name)
    return [(topic.slug, topic.name or topic.key) for topic in found]


def myths(edition: CourseEdition, language: str, topic: str = "") -> list[Myth]:
    """The wrong options of its lessons' checks that most people choose, the commonest first."""
    rows = rows_of(edition).filter(language="", quiz__purpose=Quiz.Purpose.CHECK)
    if topic:
        rows = rows.filter(version__question__lesson__topics__slug=topic)
    found = _commonest(list(rows.distinct()))
    words = worded([row.version for row, _choice in found], language)
    return [_myth(row, choice, words[row.version_id]) for row, choice in found]


Found = tuple[ItemStatistic, dict[str, Any]]


def _commonest(rows: Sequence[ItemStatistic]) -> list[Found]:
    found = [(row, choice) for row in rows for choice in _wrong(row)[:OF_ONE]]
    return sorted(found, key=_least_common)[:MOST]


def _wrong(row: ItemStatistic) -> list[dict[str, Any]]:
    """What is wrong and believed by many, the commonest first."""
    wrong = (each for each in row.choices if not each["right"] and (row.version.kind, each["id"]) != NEARLY_RIGHT)
    return sorted((each for each in wrong if each["share"] >= WORTH), key=lambda each: -each["share"])


def _least_common(found: Found) -> float:
    return -float(found[1]["share"])


def _myth(row: ItemStatistic, choice: dict[str, Any], words: Any) -> Myth:
    labels = words.labels
    part = "".join(choice["id"].partition(":")[:2]) if ":" in choice["id"] else ""
    right = [each["id"] for each in row.choices if each["right"] and each["id"].startswith(part)]
    return Myth(
        choice_words(choice),
        people_words(choice["told"]),
        labels.get(choice["id"], choice["id"]),
        words.stem,
        [labels.get(name, name) for name in right],
        row.version.question.key,
        row.version.critical,
    )
