"""What a translator's browser sends."""

from typing import Any

from django.test import Client

from lessons.models import Lesson, Revision, State
from portal.accounts.models import User
from portal.studio.drafts import Typed, Written, mark_of, save
from portal.studio.standing import standings_of
from tests.factories import LONG_AGO, LessonFactory, LessonTextFactory, RevisionFactory

SOURCE = (
    "::: first\nPress hard.\n:::\n\n"
    "Press with both hands for 10 minutes.\n\nCall {fact:emergency-number}.\n\n- gauze\n- cloth"
)
ARABIC = (
    "::: first\nاضغطوا بقوة.\n:::\n\n"
    "اضغطوا بكلتا اليدين ١٠ دقائق.\n\nاتصلوا على {fact:emergency-number}.\n\n- شاش\n- قماش"
)


def translated_lesson(slug: str = "press") -> Lesson:
    """A lesson published in English and, made from that, in Arabic."""
    lesson: Lesson = LessonFactory(slug=slug, key=slug.upper())
    source = None
    for language, title, markdown in (("en", "Press hard", SOURCE), ("ar", "اضغطوا بقوة", ARABIC)):
        source = RevisionFactory(
            text=LessonTextFactory(lesson=lesson, language=language),
            number=1,
            title=title,
            summary=title,
            markdown=markdown,
            made_from=source,
        )
        Revision.objects.filter(pk=source.pk).update(state=State.PUBLISHED, published_at=LONG_AGO, html="<p>.</p>")
    return lesson


def write_source(lesson: Lesson, by: User, old: str = "", new: str = "", **fields: str) -> Revision:
    """Reword the source text, as a draft."""
    standing = standings_of(lesson, ["en"])["en"]
    now = Written.of(standing.current)
    words = {"title": now.title, "summary": now.summary, "objective": now.objective} | fields
    written = Written(**words, markdown=now.markdown.replace(old, new) if old else now.markdown)
    (draft,) = save(lesson, by, {"en": Typed(written, mark_of(standing))})
    return draft


def url(lesson: Lesson, language: str = "ar") -> str:
    return f"/en/studio/lessons/{lesson.slug}/translate/{language}/"


def fields_of(page: Any) -> dict[str, Any]:
    """Everything that the browser would send back of the page, nothing in it changed."""
    form = page.context["form"]
    return {
        field.html_name: field.value() or "" for field in form if not field.name.endswith(("same", "drop", "compared"))
    }


def rows_of(page: Any) -> dict[str, str]:
    """By name of a field what became of its row."""
    return {row.id: row.fate for row in page.context["rows"]}


def waiting(page: Any) -> list[str]:
    return [row.id for row in page.context["rows"] if row.part.waits]


def translate(client: Client, lesson: Lesson, language: str = "ar", **changed: Any) -> Any:
    """Open the page, change some fields (`row_1` for `row-1`), save."""
    fields = fields_of(client.get(url(lesson, language)))
    named = {name.replace("_", "-"): value for name, value in changed.items()}
    return client.post(url(lesson, language), fields | named)


def draft_in(lesson: Lesson, language: str = "ar") -> Revision:
    return Revision.objects.get(text__lesson=lesson, text__language=language, state=State.DRAFT)
