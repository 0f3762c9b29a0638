"""Every term of the starter glossary is a word that its lessons use."""

import pytest

from lessons.filling import FACT
from lessons.markdown.tree import runs_in
from lessons.search.normalising import PIECE, normalise
from lessons.search.stemming import stem, stems
from tests.curriculum.starter import LANGUAGES, lessons, shared_rows, tree


def test_there_are_terms() -> None:
    assert shared_rows("glossary.yaml")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_of_the_glossary_is_used_by_a_lesson(language: str) -> None:
    said = [forms_in(text) for text in _texts(language)]
    terms = {row.key: row.texts[language].term for row in shared_rows("glossary.yaml")}
    wanted = {key: {stem(word) for word in PIECE.findall(normalise(term))} for key, term in terms.items()}
    assert not {terms[key] for key, words in wanted.items() if not any(words <= forms for forms in said)}


def forms_in(text: str) -> set[str]:
    """The stems of a text's words; a term is used where all of its own stand in one paragraph or line."""
    return {form for word in PIECE.findall(normalise(text)) for form in stems(word)}


def _texts(language: str) -> list[str]:
    """Titles, summaries and paragraphs, local facts with their defaults: what is read where a country has set none."""
    facts = {row.key: row.texts[language].default for row in shared_rows("local-facts.yaml")}
    texts = [text for lesson in lessons() for text in runs_in(tree(lesson, language))]
    texts += [text for lesson in lessons() for _name, text in lesson.folder.texts[language].head.content]
    return [FACT.sub(lambda place: facts[place[1]], text) for text in texts]
