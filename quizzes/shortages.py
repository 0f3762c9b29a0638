"""What a deed would make quizzes lack that they do not lack now. It hinders nothing, and is said before."""

from collections.abc import Callable, Sequence

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from quizzes.draw_reasons import reasons_against_draw, too_few
from quizzes.draws import pool
from quizzes.models import Quiz

ROWS = ("draw_rows", *(f"draw_rows__{named}" for named in ("topic", "skill", "lesson", "module")))


def arising(quizzes: Sequence[Quiz], deed: Callable[[], object]) -> list[str]:
    """In words, by quiz; the deed is done, looked at and taken back."""
    prefetch_related_objects(quizzes, *ROWS)
    before = [set(_lacking(quiz)) for quiz in quizzes]
    with transaction.atomic():
        deed()
        after = [_lacking(quiz) for quiz in quizzes]
        transaction.set_rollback(True)
    return [said for known, found in zip(before, after, strict=True) for said in found if said not in known]


def _lacking(quiz: Quiz) -> list[str]:
    """Questions in all, of a row or of a module; [] of a quiz that can ask nothing, which is refused elsewhere."""
    left, draw = pool(quiz).count(), quiz.draw or 0
    if not left:
        return []
    message = _("%(quiz)s draws %(draw)s questions, and would have only %(left)s left.")
    short = [message % {"quiz": called(quiz), "draw": draw, "left": left}] if left < draw else []
    others = [each for each in reasons_against_draw(quiz, list(quiz.draw_rows.all())) if each != too_few(draw, left)]
    return short + [f"{called(quiz)}: {each}" for each in others]


def called(quiz: Quiz) -> str:
    """The quiz in a sentence, by the key of its lesson or course."""
    if quiz.edition:
        return _("The final of %(course)s") % {"course": quiz.edition.course}
    return _("The check of %(lesson)s") % {"lesson": quiz.lesson}
