"""Putting the line of a new picture into the texts of a lesson."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from lessons.models import Lesson, RevisionMedia
from portal.studio import drafts
from portal.studio.drafts import Typed, Written
from portal.studio.figures import said_in, snippet
from portal.studio.languages import language_name
from portal.studio.standing import Standing, is_stale, standings_of


def put_into_texts(lesson: Lesson, by: Any, languages: Collection[str], name: str, cursor: str) -> list[str]:
    """The languages into whose drafts the picture of that name was put.

    It stands behind the block of `cursor`, which is a language and a line from 1, as `ar:12`; or else at the end.
    """
    texts = standings_of(lesson, languages)
    uses = RevisionMedia.objects.filter(
        name=name, revision__in=[text.working for text in texts.values() if text.working]
    )
    lines = {use.revision_id: snippet(use) for use in uses}
    typed = {
        language: Typed(_with(text, lines[text.working.pk], line_in(cursor, language)), drafts.mark_of(text))
        for language, text in texts.items()
        if language in languages and text.working and text.working.pk in lines
        if name not in said_in(text.working)
    }
    drafts.save(lesson, by, typed)
    return list(typed)


def up_to_date(lesson: Lesson, languages: Collection[str]) -> list[str]:
    """Those that are not behind their source: putting something into the others would say that they were compared."""
    texts = standings_of(lesson, {lesson.source_language, *languages})
    source = texts.get(lesson.source_language, Standing(lesson.source_language))
    return [language for language in languages if not is_stale(texts[language], source)]


def _with(text: Standing, line: str, at: int) -> Written:
    written = Written.of(text.current)
    return replace(written, markdown=with_line(written.markdown, line, at))


def line_in(cursor: str, language: str) -> int:
    """The line of the cursor in that language; 0 where it was in none, or where it is nonsense."""
    code, _colon, line = cursor.partition(":")
    return int(line) if code == language and line.isascii() and line.isdigit() and len(line) < 7 else 0


def with_line(markdown: str, line: str, at: int) -> str:
    """The text with a line as a block of its own, behind the block that holds line `at`; at its end for 0."""
    lines = markdown.split("\n")
    inside = False
    for number, one in enumerate(lines if at else (), 1):
        if one.startswith(":::"):
            inside = one.strip(": ") != ""
        ends = number == len(lines) or not lines[number].strip()
        if number >= at and ends and not inside:
            return "\n".join([*lines[:number], "", line, *lines[number:]]).strip()
    return f"{markdown.rstrip()}\n\n{line}".strip()


def said_of_place(languages: Collection[str]) -> str:
    """What the person is told once the picture is kept."""
    if not languages:
        return _("The picture is kept. Copy its line below into the text where it should stand.")
    names = " · ".join(map(language_name, languages))
    return _("The picture is kept and stands in the text: %(languages)s.") % {"languages": names}
