"""The questions of a release, each beside what readers are asked now."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from lessons.models import PUBLIC
from portal.studio.comparison import Change, change
from portal.studio.languages import language_name
from portal.studio.linting import Advice, advice_for_texts
from portal.studio.models import Release
from portal.studio.shown import Facts, Shown, facts_for, shown, shown_texts
from quizzes.models import Question, QuestionText, QuestionVersion

Texts = Mapping[str, QuestionText]


@dataclass(frozen=True)
class QuestionReview:
    """A question with what is new of it; `was_critical` is None where only words are new, or nothing was before."""

    question: Question
    version: QuestionVersion
    was_critical: bool | None
    shown: list[Shown]
    changes: list[Change]
    url: str
    weighty: list[str]
    """What of it decides over right and wrong and is another now, in sentences."""
    advice: list[Advice]


def reviewed_questions(release: Release, lessons: Collection[int | None] | None = None) -> list[QuestionReview]:
    """All of them, or those of these lessons (None: of no lesson). Five queries and one a language, however many."""
    words, numbers = release.texts.all(), release.versions.all()
    if lessons is not None:
        words = words.filter(_of(lessons, "version__question__lesson"))
        numbers = numbers.filter(_of(lessons, "question__lesson"))
    texts = list(words.select_related("version__question__lesson").order_by("language", "number"))
    versions = {v.question_id: v for v in numbers.select_related("question__lesson")}
    for text in texts:
        versions.setdefault(text.version.question_id, text.version)
    new = defaultdict[int, dict[str, QuestionText]](dict)
    for text in texts:
        new[text.version_id][text.language] = text
    history, facts = _history(versions), facts_for(texts)
    place = sorted(versions.values(), key=lambda v: (v.question.lesson_id or 0, v.question.position, v.question_id))
    return [_question(version, new[version.pk], history[version.question_id], facts) for version in place]


def _of(lessons: Collection[int | None], path: str) -> Q:
    some = Q(**{f"{path}__in": [pk for pk in lessons if pk]})
    return some | Q(**{f"{path}__isnull": True}) if None in lessons else some


def _history(questions: Iterable[int]) -> dict[int, list[QuestionText]]:
    """Public words by question id, the oldest first; each knows its version."""
    found: dict[int, list[QuestionText]] = defaultdict(list)
    rows = QuestionText.objects.filter(version__question__in=list(questions), state__in=PUBLIC)
    for text in rows.select_related("version").order_by("version__number", "number"):
        found[text.version.question_id].append(text)
    return found


def _question(version: QuestionVersion, new: Texts, history: list[QuestionText], facts: Facts) -> QuestionReview:
    former = _former(version, new, history)
    before = next((text.version for text in former.values()), None)
    lesson = version.question.lesson
    return QuestionReview(
        version.question,
        version,
        before.critical if before and before.pk != version.pk else None,
        shown_texts(version, new, facts),
        [_change(version, text, former.get(language)) for language, text in new.items()],
        reverse("studio:question", kwargs={"lesson": lesson.slug, "key": version.question.key}) if lesson else "",
        _weighty(before, version) if before and before.pk != version.pk else [],
        advice_for_texts(version, new),
    )


def _weighty(before: QuestionVersion, now: QuestionVersion) -> list[str]:
    said = []
    if before.kind != now.kind or before.answer_key != now.answer_key:
        said.append(_("The right answer is another than until now."))
    elif before.structure != now.structure:
        said.append(_("There are other options than until now."))
    if before.critical and not now.critical:
        said.append(_("It is no longer critical: who answers it wrongly can pass."))
    elif now.critical and not before.critical:
        said.append(_("It is critical now: who answers it wrongly cannot pass."))
    return said


def _former(version: QuestionVersion, new: Texts, history: list[QuestionText]) -> dict[str, QuestionText]:
    """By language the last public words before the new ones: of this version, or else of the one before it."""
    earlier = [text for text in history if text.version.number < version.number]
    newest = max((text.version.number for text in earlier), default=0)
    of_version_before = {text.language: text for text in earlier if text.version.number == newest}
    of_this = {
        text.language: text
        for text in history
        if text.version_id == version.pk and text.language in new and text.number < new[text.language].number
    }
    return of_version_before | of_this


def _change(version: QuestionVersion, text: QuestionText, former: QuestionText | None) -> Change:
    was = shown(former.version, text.language, former.words) if former else None
    now = shown(version, text.language, text.words)
    return change(language_name(text.language), was.as_text() if was else None, now.as_text() if now else "")
