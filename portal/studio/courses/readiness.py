"""What of courses and checks keeps a release from going out, beside what each draft says of itself."""

from collections.abc import Collection

from lessons.models import CourseEdition, Placement, Revision
from lessons.readiness import Reason
from quizzes.checks import reasons_against_empty_checks
from quizzes.draw_reasons import reasons_against_small_pools
from quizzes.models import QuestionVersion


def reasons_against_checks(
    revisions: Collection[Revision], editions: Collection[CourseEdition], coming: Collection[QuestionVersion] = ()
) -> list[Reason]:
    """Checks with nothing to ask, of the lessons that go out or stand in an edition that does, and finals that would
    draw more than there is; `coming` are the questions that go out with them."""
    placed = Placement.objects.filter(edition__in=editions).values_list("lesson", flat=True) if editions else ()
    lessons = {revision.text.lesson_id for revision in revisions} | set(placed)
    checks = reasons_against_empty_checks(lessons, coming) if lessons else []
    return checks + reasons_against_small_pools(editions, coming)
