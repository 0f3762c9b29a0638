"""What there has been of a lesson's text and of a question: every revision and version, who wrote and reviewed it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from lessons.markdown.figures import shown_in
from lessons.models import PUBLIC, Lesson, Revision
from portal.studio.comparison import Change, change
from portal.studio.drafts import Written
from portal.studio.languages import language_name
from portal.studio.models import Release
from portal.studio.rendering import facts_by_language, filled_html, rendered
from portal.studio.review.blocks import blocks_of
from portal.studio.review.difference import Compared, compared
from portal.studio.reviewed_texts import changes_in
from portal.studio.shown import Shown, shown
from quizzes.models import Question, QuestionText, QuestionVersion

HEAVY = ("markdown", "html", "summary", "objective")


def revisions_of(lesson: Lesson, language: str) -> QuerySet[Revision]:
    """Every saved state in that language, the newest first, each with the releases it was in. Two queries."""
    rows = Revision.objects.filter(text__lesson=lesson, text__language=language).defer(*HEAVY)
    releases = Prefetch("releases", Release.objects.only("title", "state", "published_at").order_by("-pk"))
    return rows.select_related("author", "reviewer", "text").prefetch_related(releases).order_by("-number")


@dataclass(frozen=True)
class TwoTexts:
    """Two revisions of one text, the older one first, compared as readers see them."""

    old: Revision
    new: Revision
    blocks: list[Compared]
    changes: list[Change]
    """Title, summary and objective where they differ."""


def compare_two(lesson: Lesson, one: int, other: int) -> TwoTexts | None:
    """None where the two are not texts of the lesson in one language."""
    rows = Revision.objects.filter(text__lesson=lesson, pk__in=[one, other]).select_related("text", "author")
    found = list(rows.order_by("number"))
    if len(found) != 2 or found[0].text_id != found[1].text_id:
        return None
    old, new = found
    htmls = {row.pk: _html(row) for row in found}
    facts = facts_by_language((new.text.language, html) for html in htmls.values()).get(new.text.language, {})
    blocks = compared(*(blocks_of(filled_html(htmls[row.pk], facts)) for row in found))
    told = [each for each in changes_in(Written.of(old), Written.of(new))[:3] if not each.unchanged]
    return TwoTexts(old, new, blocks, told)


def _html(revision: Revision) -> str:
    """As it was published; of what never was, as it would be."""
    if revision.state in PUBLIC:
        return revision.html
    return rendered(revision, shown_in([revision])[revision.pk])[0]


@dataclass(frozen=True)
class VersionLine:
    """A version of a question with its last words in each language, and what it changed."""

    version: QuestionVersion
    shown: list[Shown]
    changes: list[Change]


def versions_of(question: Question, most: int) -> list[VersionLine]:
    """The newest `most` versions, each compared with the one before it. Two queries."""
    rows = QuestionVersion.objects.filter(question=question).select_related("author", "reviewer", "question")
    versions = list(rows.order_by("-number")[: most + 1])
    words = last_words(versions)
    lines = [
        _line(version, words[version.pk], versions[at + 1] if at + 1 < len(versions) else None, words)
        for at, version in enumerate(versions)
    ]
    return lines[:most]


def last_words(versions: Iterable[QuestionVersion]) -> dict[int, dict[str, QuestionText]]:
    """By version and language the newest words that were written for it. One query."""
    found: dict[int, dict[str, QuestionText]] = defaultdict(dict)
    texts = QuestionText.objects.filter(version__in=[version.pk for version in versions])
    for text in texts.order_by("language", "number"):
        found[text.version_id][text.language] = text
    return found


def _line(
    version: QuestionVersion,
    texts: dict[str, QuestionText],
    before: QuestionVersion | None,
    words: dict[int, dict[str, QuestionText]],
) -> VersionLine:
    seen = [(language, shown(version, language, text.words)) for language, text in texts.items()]
    changes = []
    for language, now in seen:
        former = words[before.pk].get(language) if before else None
        was = shown(before, language, former.words) if before and former else None
        if now and was:
            changes.append(change(language_name(language), was.as_text(), now.as_text()))
    return VersionLine(version, [each for _language, each in seen if each], changes)
