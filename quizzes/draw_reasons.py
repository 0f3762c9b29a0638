"""What keeps a quiz from drawing as its rules say."""

from collections.abc import Collection, Sequence

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lessons.models import CourseEdition, Module, Placement, State
from lessons.readiness import Reason
from quizzes.choosing import Candidate, Choice
from quizzes.draw_rows import candidates_of
from quizzes.draws import pool
from quizzes.models import DrawRow, Question, QuestionVersion, Quiz


def reasons_against_draw(quiz: Quiz, rows: Sequence[DrawRow]) -> list[str]:
    """Every reason, in words, if the pool is what is public now; the rows need not be saved yet."""
    versions = list(pool(quiz))
    candidates = candidates_of(quiz, versions, rows)
    modules = list(Module.objects.filter(edition=quiz.edition_id)) if quiz.edition_id else []
    found = [
        *reasons_against_rows(quiz.draw, [(row.count, row.wish) for row in rows], candidates),
        *_against_modules(quiz.draw, modules, {candidate.module for candidate in candidates}),
    ]
    if not quiz.draw or found:
        return found
    if quiz.draw > len(candidates):
        return [too_few(quiz.draw, len(candidates))]
    return _against_both(quiz, candidates, [row.count for row in rows])


def reasons_against_small_pools(
    editions: Collection[CourseEdition], coming: Collection[QuestionVersion] = ()
) -> list[Reason]:
    """Finals that would draw more than can be asked, or leave a module out, once the questions `coming` are public."""
    finals = Quiz.objects.filter(edition__in=editions, entries=None, draw__isnull=False).select_related(
        "edition__course"
    )
    return [
        Reason(message, final.edition)
        for final in finals
        if final.edition
        for message in _against_pool(final, [version.question_id for version in coming])
    ]


def _against_pool(final: Quiz, coming: Sequence[int]) -> list[str]:
    modules = dict(Placement.objects.filter(edition=final.edition_id).order_by().values_list("lesson", "module"))
    asked = Question.objects.filter(Q(versions__state=State.PUBLISHED) | Q(pk__in=coming), archived_at=None)
    found = asked.filter(lesson__in=list(modules)).distinct().values_list("pk", "lesson")
    covered = {modules[lesson] for _question, lesson in found if lesson is not None}
    missing = _against_modules(final.draw, list(Module.objects.filter(edition=final.edition_id)), covered)
    draw = final.draw or 0
    return missing or ([too_few(draw, len(found))] if draw > len(found) else [])


def too_few(draw: int, found: int) -> str:
    message = ngettext(
        "%(draw)s questions are drawn, but only %(count)s can be asked. Draw fewer, or write more.",
        "%(draw)s questions are drawn, but only %(count)s can be asked. Draw fewer, or write more.",
        found,
    )
    return message % {"draw": draw, "count": found}


def reasons_against_rows(
    draw: int | None, asked: Sequence[tuple[int, str]], candidates: Sequence[Candidate] | None
) -> list[str]:
    """Of rows, each (how many, of what): they ask for more than is drawn, or one for more than there are.

    Without `candidates` the pool is not known yet, and only the first is asked.
    """
    if asked and draw is None:
        return [_("All questions are asked, so none are drawn by rows. Say how many are drawn, or take the rows away.")]
    total = sum(count for count, _wish in asked)
    if draw is not None and total > draw:
        message = _("The rows ask for %(total)s questions, but only %(draw)s are drawn. Draw more, or ask for fewer.")
        return [message % {"total": total, "draw": draw}]
    if candidates is None:
        return []
    found = [sum(at in candidate.rows for candidate in candidates) for at in range(len(asked))]
    message = _(
        "Row %(row)s of the draw asks for %(count)s (%(wish)s), but there are only %(found)s that can be asked."
    )
    return [
        message % {"row": at, "count": count, "wish": wish, "found": there}
        for at, ((count, wish), there) in enumerate(zip(asked, found, strict=True), 1)
        if there < count
    ]


def _against_modules(draw: int | None, modules: Sequence[Module], covered: Collection[int | None]) -> list[str]:
    if draw is not None and draw < len(modules):
        message = _("A final covers every module: the course has %(modules)s, but only %(draw)s questions are drawn.")
        return [message % {"modules": len(modules), "draw": draw}]
    message = _("A final covers every module, but the module “%(module)s” has no question that can be asked.")
    return [message % {"module": module.key} for module in modules if module.pk not in covered]


def _against_both(quiz: Quiz, candidates: Sequence[Candidate], asked: Sequence[int]) -> list[str]:
    """What the rows want can be had one by one, but not all at once."""
    alone = Choice(candidates, asked, quiz.draw or 0)
    alone.take(candidates)
    if short := alone.unfilled():
        message = _("The rows of the draw want the same questions: with the others served, row %(row)s lacks some.")
        return [message % {"row": short[0] + 1}]
    if not Choice(candidates, asked, quiz.draw or 0).hold_for_modules():
        return [_("With these rows no draw covers every module. Ask for fewer by rows, or draw more.")]
    return []
