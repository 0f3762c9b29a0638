"""Texts that are not published yet, rendered as publishing would render them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.utils.safestring import SafeString, mark_safe

from lessons.filling import facts_in, facts_named, fill
from lessons.markdown import MarkdownFault, MarkdownFaults, render
from lessons.markdown.figures import Shown
from lessons.models import Revision


def rendered(revision: Revision, pictures: Mapping[str, Shown]) -> tuple[str, list[MarkdownFault]]:
    """The HTML with its places left open and [], or an empty string and what is to be mended first."""
    try:
        return render(revision.markdown, pictures, language=revision.text.language).html, []
    except MarkdownFaults as found:
        return "", found.faults


def filled_html(html: str, facts: Mapping[str, str]) -> SafeString:
    return mark_safe(fill(html, facts))  # noqa: S308 - rendered and sanitised


def facts_by_language(texts: Iterable[tuple[str, str]]) -> dict[str, dict[str, str]]:
    """Values of the facts that (language, text) pairs name. One query a language, none where none is named."""
    named = defaultdict[str, set[str]](set)
    for language, text in texts:
        named[language] |= facts_in(text)
    return {language: facts_named(keys, language) for language, keys in named.items()}
