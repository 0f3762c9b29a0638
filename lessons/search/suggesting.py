"""Titles to choose from while a person is still typing."""

from lessons.models import SearchDocument
from lessons.search.index import beginning
from lessons.search.normalising import words
from lessons.search.queries import LONGEST, language_of
from lessons.search.ranking import KINDS
from lessons.search.stemming import stem, stems

MOST = 7
LEAST_LETTERS = 2


def suggestions(typed: str, page_language: str) -> list[SearchDocument]:
    """At most seven documents whose title has the words typed, the last of them perhaps unfinished. Two queries."""
    forms = tuple(word.form for word in words(typed[:LONGEST]))
    if not forms or len("".join(forms)) < LEAST_LETTERS:
        return []
    *whole, last = forms
    language = language_of(forms, page_language)
    ids = beginning(tuple(map(stem, whole)), tuple(dict.fromkeys((last, *stems(last)))), language, 4 * MOST)
    rows = SearchDocument.objects.filter(pk__in=ids).only("kind", "title", "url", "urgent", "position", "language")
    return sorted(rows, key=lambda row: (-KINDS[row.kind], not row.urgent, row.position, row.pk))[:MOST]
