"""A new question made from another: the same structure, key, words, skills and difficulty, all of it a draft."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Max

from lessons.models import Lesson
from quizzes.checks import ask_in_check
from quizzes.models import Question, QuestionSkill, QuestionText, QuestionVersion


@transaction.atomic
def duplicate(
    version: QuestionVersion, texts: Iterable[QuestionText], lesson: Lesson, key: str, by: Any
) -> QuestionVersion:
    """The first version, a draft by `by` with these words, of a question of that key at the end of the lesson."""
    source = version.question
    last = lesson.questions.aggregate(last=Max("position"))["last"]
    made = Question.objects.create(
        authority=lesson.authority,
        key=key,
        lesson=lesson,
        difficulty=source.difficulty,
        profile=source.profile,
        position=0 if last is None else last + 1,
        made_from=source,
    )
    QuestionSkill.objects.bulk_create(
        QuestionSkill(question=made, skill_id=row.skill_id, weight=row.weight) for row in source.weights.all()
    )
    ask_in_check(made)
    return _copy(version, texts, made, by)


def _copy(version: QuestionVersion, texts: Iterable[QuestionText], made: Question, by: Any) -> QuestionVersion:
    draft = QuestionVersion.objects.create(
        question=made,
        number=1,
        kind=version.kind,
        structure=version.structure,
        answer_key=version.answer_key,
        critical=version.critical,
        seconds=version.seconds,
        author=by,
    )
    draft.sources.add(*version.sources.values_list("pk", flat=True))
    for text in texts:
        QuestionText.objects.create(version=draft, language=text.language, words=text.words, author=by)
    return draft
