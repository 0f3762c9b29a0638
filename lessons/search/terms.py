"""The words of a document as they are compared: stems, each once, and how often each stands in its text."""

from collections import Counter
from collections.abc import Iterable

from lessons.search.normalising import RUN, forms_of
from lessons.search.stemming import stems

MOST_IN_BODY = 6
"""Oftener makes no difference."""


def forms_in(text: str) -> Iterable[str]:
    """The words of `text` in their one form, those written alike once, in order."""
    return (form for run in dict.fromkeys(RUN.findall(text)) for form in forms_of(run))


def title_terms(title: str) -> str:
    """The words as they are written too: what is being typed has no ending yet."""
    return " ".join(dict.fromkeys(term for form in forms_in(title) for term in (*stems(form), form)))


def terms_of(texts: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(term for text in texts for form in forms_in(text) for term in stems(form)))


def counted_terms(text: str) -> str:
    """A line for each number of times, the first for MOST_IN_BODY and more, the last for once; spaces around each."""
    counts: Counter[str] = Counter()
    for run, times in Counter(RUN.findall(text)).items():
        for form in forms_of(run):
            counts.update(dict.fromkeys(stems(form), times))
    lines: list[list[str]] = [[] for _times in range(MOST_IN_BODY)]
    for term, times in counts.items():
        lines[MOST_IN_BODY - min(times, MOST_IN_BODY)].append(term)
    return "\n".join(f" {' '.join(line)} " for line in lines) if counts else ""


def times_in(counted: str, term: str) -> int:
    """How often `term` stands in the text of which `counted` are the terms; at most MOST_IN_BODY."""
    at = counted.find(f" {term} ")
    return MOST_IN_BODY - counted.count("\n", 0, at) if at >= 0 else 0
