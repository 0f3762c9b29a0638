"""The glossary as a reader meets it: terms in their language, under their first letter."""

from dataclasses import dataclass

from lessons.models import GlossaryTerm, GlossaryText
from lessons.search.normalising import normalise
from lessons.search.stemming import is_arabic
from lessons.words import in_language


@dataclass(frozen=True)
class Term:
    key: str
    term: str
    definition: str


@dataclass(frozen=True)
class Letter:
    letter: str
    terms: list[Term]


def glossary(language: str) -> list[Letter]:
    """Every term in alphabetical order; in Arabic without its article, as a dictionary has it. One query."""
    texts = GlossaryText.objects.all()
    rows = GlossaryTerm.objects.annotate(
        term=in_language(texts, "glossary_term", "term", language),
        definition=in_language(texts, "glossary_term", "definition", language),
    ).filter(term__isnull=False)
    letters: dict[str, list[Term]] = {}
    for order, row in sorted(((_order(row.term), row) for row in rows), key=lambda pair: (pair[0], pair[1].key)):
        letters.setdefault(order[:1].upper(), []).append(Term(row.key, row.term, row.definition))
    return [Letter(letter, terms) for letter, terms in letters.items()]


def _order(term: str) -> str:
    form = normalise(term)
    return form[2:] if is_arabic(form) and form.startswith("ال") and len(form) > 4 else form
