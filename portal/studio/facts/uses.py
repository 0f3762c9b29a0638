"""Where local facts are named: in lessons, on cards, in questions."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import Truncator

from lessons.models import Revision, TopicText
from lessons.models.facts import FACT
from portal.studio.standing import STANDING
from quizzes.models import QuestionText

LESSON, CARD, QUESTION = "lesson", "card", "question"
MOST_OF_STEM = 90
NAMED = re.compile(r"fact:([a-z0-9-]+)")


@dataclass(frozen=True, order=True)
class Use:
    """A lesson, a card or a question that names a fact; `place` is its slug or id, by which it is tried out."""

    sort: str
    place: str
    title: str

    @property
    def value(self) -> str:
        return f"{self.sort}:{self.place}"

    @property
    def url(self) -> str:
        return f"{reverse('studio:try_facts')}?{urlencode({'what': self.value})}"


@dataclass(frozen=True)
class Uses:
    lessons: list[Use]
    cards: list[Use]
    questions: list[Use]

    def __iter__(self) -> Any:
        yield from (*self.lessons, *self.cards, *self.questions)

    @property
    def count(self) -> int:
        return len(self.lessons) + len(self.cards) + len(self.questions)


def uses_by_fact(language: str) -> dict[str, Uses]:
    """By the key of a fact, published and drafts alike, titles in the language where there are any. Three queries."""
    found: dict[str, dict[tuple[str, str], Use]] = defaultdict(dict)
    for sort, place, title, own, text in _rows(language):
        use = Use(sort, place, title)
        for key in set(NAMED.findall(text)):
            if own or (sort, place) not in found[key]:
                found[key][sort, place] = use
    return {key: _sorted(uses.values()) for key, uses in found.items()}


def _sorted(uses: Iterable[Use]) -> Uses:
    by_sort: dict[str, list[Use]] = defaultdict(list)
    for use in sorted(uses, key=lambda use: use.title):
        by_sort[use.sort].append(use)
    return Uses(by_sort[LESSON], by_sort[CARD], by_sort[QUESTION])


def _rows(language: str) -> Iterable[tuple[str, str, str, bool, str]]:
    """(sort, place, title, whether it is in the language, everything that it says)."""
    texts = Revision.objects.filter(state__in=STANDING, markdown__contains="fact:", text__lesson__archived_at=None)
    for slug, title, code, text in texts.values_list("text__lesson__slug", "title", "text__language", "markdown"):
        yield LESSON, slug, title, code == language, text
    cards = TopicText.objects.filter(first_minute__contains="{fact:")
    for slug, title, code, text in cards.values_list("topic__slug", "name", "language", "first_minute"):
        yield CARD, slug, title, code == language, text
    asked = QuestionText.objects.filter(
        state__in=STANDING, words__icontains="{fact:", version__question__archived_at=None
    )
    fields = ("version__question", "version__question__key", "language", "words")
    for pk, key, code, words in asked.values_list(*fields):
        stem = FACT.sub("…", words.get("stem", ""))
        yield QUESTION, str(pk), f"{key}: {Truncator(stem).chars(MOST_OF_STEM)}", code == language, str(words)
