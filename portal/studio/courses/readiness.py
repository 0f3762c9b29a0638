"""What of courses and checks keeps a release from going out, beside what each draft says of itself."""

from collections.abc import Collection

from lessons.models import CourseEdition, Placement, Revision
from lessons.readiness import Reason
from quizzes.checks import reasons_against_empty_checks
from quizzes.models import QuestionVersion


def reasons_against_checks(
    revisions: Collection[Revision], editions: Collection[CourseEdition], coming: Collection[QuestionVersion] = ()
) -> list[Reason]:
    """Checks with nothing to ask, of the lessons that go out or stand in an edition that does: nobody could pass."""
    placed = Placement.objects.filter(edition__in=editions).values_list("lesson", flat=True) if editions else ()
    lessons = {revision.text.lesson_id for revision in revisions} | set(placed)
    return reasons_against_empty_checks(lessons, coming) if lessons else []
