"""What comes first, among documents that all have the word."""

from typing import Any

import pytest

from lessons.models import SearchDocument
from lessons.search.normalising import words
from lessons.search.queries import Query
from lessons.search.ranking import ranked
from lessons.search.stemming import stem
from lessons.search.terms import counted_terms


def terms(text: str) -> str:
    return " ".join(stem(word.form) for word in words(text))


def document(key: str, title: str, kind: str = "lesson", text: str = "", **fields: Any) -> SearchDocument:
    compared = {"title_terms": terms(title), "body_terms": counted_terms(text)}
    return SearchDocument(kind=kind, key=key, title=title, text=text, **(compared | fields))


def asked(text: str) -> Query:
    stems = tuple(terms(text).split())
    return Query("en", stems, tuple(((one,),) for one in stems), exact=stems)


FIRST_OF_TWO = {
    "its title before its key terms": (
        "smoke",
        document("right", "Smoke in the house"),
        document("other", "Houses", key_terms="smok"),
    ),
    "its key terms before its headings": (
        "smoke",
        document("right", "Houses", key_terms="smok"),
        document("other", "Houses", heading_terms="smok"),
    ),
    "its headings before its text": (
        "smoke",
        document("right", "Houses", heading_terms="smok"),
        document("other", "Houses", text="smoke " * 9),
    ),
    "a topic before a lesson": (
        "smoke",
        document("right", "Smoke", kind="topic"),
        document("other", "Smoke", text="Smoke, smoke, smoke."),
    ),
    "a lesson before the explanation of its name": (
        "smoke",
        document("right", "Smoke indoors"),
        document("other", "Smoke", kind="term"),
    ),
    "all the words in headings before one of them in a title": (
        "smoke stairs",
        document("right", "Houses", heading_terms="smok stair"),
        document("other", "Smoke", text="smoke " * 9),
    ),
    "the words as they were put": (
        "tall house",
        document("right", "A tall house burns"),
        document("other", "A house with tall trees"),
    ),
    "of equals what threatens life": (
        "smoke",
        document("right", "Smoke", urgent=True, position=9),
        document("other", "Smoke", position=1),
    ),
    "of equals the earlier in the curriculum": (
        "smoke",
        document("right", "Smoke", position=1),
        document("other", "Smoke", position=2),
    ),
}


@pytest.mark.parametrize("case", FIRST_OF_TWO)
def test_first_comes(case: str) -> None:
    text, right, other = FIRST_OF_TWO[case]
    assert [one.key for one in ranked([other, right], asked(text))] == ["right", "other"]
