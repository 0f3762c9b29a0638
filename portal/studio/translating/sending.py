"""Everything that is written in one language, sent to review together."""

from collections.abc import Collection
from typing import Any

from django.db import transaction

from lessons.models import RELEASED, Lesson, State
from portal.accounts.models import User
from portal.studio import releases
from portal.studio.models import Release
from portal.studio.question_standing import question_standings
from portal.studio.standing import rows_of, standings
from quizzes.models import Question, QuestionText


def drafts_in(lessons: Collection[Lesson], language: str) -> tuple[list[Any], list[QuestionText]]:
    """The lessons' drafts in a language: texts, and words of questions that are published. Four queries."""
    texts = standings(rows_of([lesson.pk for lesson in lessons]), [language])
    revisions = [text.working for found in texts.values() if (text := found[language]).is_draft and text.working]
    questions = question_standings(Question.objects.filter(lesson__in=lessons, archived_at=None))
    return revisions, [
        text
        for standing in questions
        for text in standing.texts
        if text.language == language and text.state == State.DRAFT and text.version.state in RELEASED
    ]


@transaction.atomic
def send(lessons: Collection[Lesson], language: str, by: User, title: str) -> Release:
    """A release of all of it, in review; raises NotReady, NothingInIt or TakenAlready, and then there is none."""
    revisions, texts = drafts_in(lessons, language)
    release = Release.objects.create(author=by, title=title[:200])
    release.revisions.set(revisions)
    release.texts.set(texts)
    releases.submit(release, by)
    return release
