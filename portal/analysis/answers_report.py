"""The report of first answers for whoever manages people; it stands among the reports."""

from collections.abc import Iterator

from lessons.words import reader_language
from portal.analysis import first_answer_lines as lines_of
from portal.analysis import first_answers
from portal.analysis.counting import counted_at, published_edition, quizzes_of
from portal.reports.scope import Scope
from portal.reports.standing.forms import AnswersForm
from portal.reports.standing.pages import Room, Shown
from portal.reports.standing.rooms import point
from portal.reports.tables import Row


def _answers(scope: Scope, form: AnswersForm) -> Shown:
    course = form.chosen_course
    edition = published_edition(course.slug) if course else None
    if edition is None:
        return {"course": course, "lines": [], "by": form.row_per}
    asked = first_answers.people_asked(scope, form.chosen_organisation, form.chosen_region, edition, form.period)
    if asked is None:
        numbers = first_answers.of_nation(edition)
    else:
        numbers = first_answers.of_people(edition, asked.people, form.period)
    lines = lines_of.answers(edition, numbers, form.row_per, reader_language())
    told: Shown = {"over_nation": asked is None, "smallest": lines_of.SMALLEST, "course": course, "by": form.row_per}
    return told | {
        "lines": lines,
        "drawn": [(line, point(line)) for line in lines],
        "asked": asked if asked and asked.is_drawn else None,
        "answers_at": counted_at(quizzes_of(edition)) if asked is None else None,
    }


def _answers_rows(form: AnswersForm, shown: Shown) -> Iterator[Row]:
    return lines_of.rows_of(shown["lines"], form.row_per, shown.get("asked"))


ANSWERS = Room("answers", AnswersForm, _answers, _answers_rows, "answers")
