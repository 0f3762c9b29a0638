"""Which of the documents that the database found comes first: the same on every engine, for we count ourselves."""

from collections.abc import Iterable
from functools import lru_cache

from lessons.models import SearchDocument
from lessons.search.normalising import words
from lessons.search.queries import Query
from lessons.search.stemming import stem
from lessons.search.terms import times_in

TITLE, KEY, HEADING, BODY = 10.0, 5.0, 2.5, 0.3
OFTEN = 4  # times: a long text is no more about a thing for saying it again
OTHER_WORDS = 0.8  # what an everyday word means counts less than the word itself
WHOLE_TITLE, PHRASE_IN_TITLE, SHARE_OF_TITLE = 3.0, 4.0, 4.0
# What is happening comes before how to learn it; a lesson on a thing before the explanation of its name. A topic
# must be about the thing, by its title or its key terms: one that only says the word comes no sooner for it.
KINDS = {"topic": 8.0, "lesson": 2.0, "course": 0.5, "term": -4.0}


def ranked(documents: Iterable[SearchDocument], query: Query) -> list[SearchDocument]:
    """The best first; of equals what threatens life, then in the order of the curriculum."""
    return sorted(
        documents,
        key=lambda one: (-round(score(one, query), 3), not one.urgent, -KINDS[one.kind], one.position, one.key),
    )


def score(document: SearchDocument, query: Query) -> float:
    """How well a document answers: what was asked for in its title counts most, then key terms, headings, text."""
    title = title_stems(document.title)
    fields = (
        (set(document.title_terms.split()), TITLE),
        (set(document.key_terms.split()), KEY),
        (set(document.heading_terms.split()), HEADING),
    )
    body = document.body_terms
    found = [max(_phrase(phrase, fields, body, at) for at, phrase in enumerate(thing)) for thing in query.wanted]
    answered = sum(value > 0 for value in found) / len(found)
    about = max(found) >= KEY * OTHER_WORDS if document.kind == "topic" else answered
    return (sum(found) + _title_bonus(title, query)) * answered**2 + (KINDS[document.kind] if about else 0)


def _phrase(phrase: tuple[str, ...], fields: tuple[tuple[set[str], float], ...], body: str, at: int) -> float:
    """The worth of one phrase, the mean of its words; none where one of them stands nowhere."""
    worths = [_word(word, fields, body) for word in phrase]
    return 0.0 if 0.0 in worths else sum(worths) / len(worths) * (OTHER_WORDS if at else 1.0)


def _word(word: str, fields: tuple[tuple[set[str], float], ...], body: str) -> float:
    """The best field it stands in, and a little for how often the text says it."""
    worths = [worth for terms, worth in fields if word in terms]
    often = min(times_in(body, word), OFTEN) * BODY
    return max(worths, default=0.0) + often


def _title_bonus(title: tuple[str, ...], query: Query) -> float:
    """For a title that says little else than what was asked for."""
    if not title or not query.exact:
        return 0.0
    share = sum(one in query.stems for one in title) / len(title)
    bonus = SHARE_OF_TITLE * share
    if title == query.exact:
        bonus += WHOLE_TITLE
    if len(query.exact) > 1 and f" {' '.join(query.exact)} " in f" {' '.join(title)} ":
        bonus += PHRASE_IN_TITLE
    return bonus


@lru_cache(maxsize=8192)
def title_stems(title: str) -> tuple[str, ...]:
    return tuple(stem(word.form) for word in words(title))
