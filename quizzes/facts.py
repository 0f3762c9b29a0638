"""Local facts in the words of questions, frozen into an attempt at its beginning."""

from collections.abc import Mapping, Sequence
from typing import Any

from lessons.filling import facts_in, facts_named, fill_plain
from lessons.markdown.numbers import isolated_plain
from lessons.models import State
from quizzes.models import QuestionText


def facts_of(versions: Sequence[int]) -> dict[str, dict[str, str]]:
    """Values by language and key of every fact that the questions' words name; {} where they name none."""
    named: dict[str, set[str]] = {}
    texts = QuestionText.objects.filter(version__in=versions, state=State.PUBLISHED, words__icontains="{fact:")
    for language, words in texts.values_list("language", "words"):
        named.setdefault(language, set()).update(facts_in(str(words)))
    return {language: facts_named(keys, language) for language, keys in named.items() if keys}


def words_with_facts(text: QuestionText, kept: Mapping[str, dict[str, str]]) -> dict[str, Any]:
    """The text's words with its facts filled in: those in `kept`, by language, and today's of any that are not there.

    None but those of its own language fit; one query where some are not kept.
    """
    facts = kept.get(text.language, {})
    missing = facts_in(str(text.words)) - facts.keys()
    words: dict[str, Any] = filled(text.words, facts | facts_named(missing, text.language))
    return words


def filled(words: Any, facts: dict[str, str]) -> Any:
    """`words` (strings in dicts) with facts filled in, and number ranges kept in reading order."""
    if isinstance(words, str):
        return isolated_plain(fill_plain(words, facts))
    return {key: filled(value, facts) for key, value in words.items()} if isinstance(words, dict) else words
