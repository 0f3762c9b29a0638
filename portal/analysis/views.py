"""HTTP for what answers show of the questions of a course."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from lessons.models import PUBLIC, CourseEdition, State
from lessons.titles import titled_courses
from lessons.words import reader_language
from portal.accounts.rights import permission_required
from portal.analysis import myths as myths_of
from portal.analysis import question as question_of
from portal.analysis.counting import ask_to_count, counted_at, published_edition, quizzes_of
from portal.analysis.forms import TableForm
from portal.analysis.reliability import boxes
from portal.analysis.table import file_rows, lines_of, rows_of
from portal.reports.exports import csv_file
from quizzes.analysis.flags import FEW, MANY, MORE
from quizzes.models import QuestionVersion

A_PAGE = 25


def _edition(course: str) -> CourseEdition:
    edition = published_edition(course)
    if edition is None:
        raise Http404
    return edition


def _frame(edition: CourseEdition, here: str) -> dict[str, Any]:
    """What stands on every page: the course, how old the figures are, which page this is."""
    titles = {course.pk: course.title for course in titled_courses(reader_language())}
    return {
        "course": edition.course,
        "course_title": titles.get(edition.course_id, edition.course.key),
        "counted_at": counted_at(quizzes_of(edition)),
        "here": here,
        "fewest": {"share": FEW, "difference": MORE, "correlation": MANY},
    }


@permission_required("studio.open")
@require_safe
def questions(request: HttpRequest, course: str) -> HttpResponse:
    """The table; where something asked for cannot be taken it says why and shows no question."""
    edition, form = _edition(course), TableForm(request.GET)
    context: dict[str, Any] = _frame(edition, "questions") | {"form": form, "page": None}
    if form.is_valid():
        page = Paginator(form.narrow(rows_of(edition)), A_PAGE).get_page(request.GET.get("page"))
        context |= {
            "page": page,
            "lines": lines_of(list(page.object_list), reader_language()),
            "query": urlencode(form.address),
            "narrowed": bool(form.address),
        }
    return render(request, "analysis/questions.html", context)


@permission_required("studio.open")
@require_GET
def questions_csv(request: HttpRequest, course: str) -> HttpResponseBase:
    """The table as a file, all of its pages."""
    edition, form = _edition(course), TableForm(request.GET)
    if not form.is_valid():
        return redirect(f"{reverse('analysis:questions', args=[course])}?{request.GET.urlencode()}")
    rows = list(form.narrow(rows_of(edition)))
    return csv_file(f"questions-{course}.csv", file_rows(rows, reader_language()))


@permission_required("studio.open")
@require_POST
def count(request: HttpRequest, course: str) -> HttpResponse:
    """Has the answers counted anew, not more than once a minute."""
    edition = _edition(course)
    if ask_to_count(edition):
        messages.success(request, _("The answers are being counted. With very many of them this takes some minutes."))
    else:
        messages.info(request, _("The answers are being counted, or were counted less than a minute ago."))
    return redirect("analysis:questions", course=course)


@permission_required("studio.open")
@require_safe
def quizzes(request: HttpRequest, course: str) -> HttpResponse:
    """How reliable the checks and the final are."""
    edition = _edition(course)
    shown = boxes(edition, reader_language(), rtl=get_language_bidi())
    return render(request, "analysis/quizzes.html", _frame(edition, "quizzes") | {"boxes": shown})


@permission_required("studio.open")
@require_safe
def myths(request: HttpRequest, course: str) -> HttpResponse:
    """What many believe that is wrong."""
    edition, language = _edition(course), reader_language()
    topics = myths_of.topics_of(edition, language)
    topic = request.GET.get("topic", "")
    topic = topic if topic in dict(topics) else ""
    found = myths_of.myths(edition, language, topic)
    context = {"myths": found, "topics": topics, "topic": topic}
    return render(request, "analysis/myths.html", _frame(edition, "myths") | context)


@permission_required("studio.open")
@require_safe
def question(request: HttpRequest, course: str, key: str) -> HttpResponse:
    """One version of a question: the published one, or the one that is asked for."""
    edition = _edition(course)
    versions = list(_versions(edition, key))
    number = request.GET.get("version", "")
    asked = next((each for each in versions if str(each.number) == number), None)
    version = asked or next((each for each in versions if each.state == State.PUBLISHED), versions[0])
    language = reader_language()
    words = question_of.worded([version], language)[version.pk]
    rows = list(question_of.statistics_of(version))
    languages = question_of.languages_of(rows)
    told = request.GET.get("language", "")
    told = told if told in dict(languages) else ""
    context = {
        "version": version,
        "versions": versions,
        "stem": words.stem,
        "languages": languages,
        "language": told,
        "contexts": question_of.contexts(rows, words, told, rtl=get_language_bidi()),
    }
    return render(request, "analysis/question.html", _frame(edition, "question") | context)


def _versions(edition: CourseEdition, key: str) -> list[QuestionVersion]:
    """Those that were ever published, the newest first; raises Http404 where there is none in this course."""
    asked = QuestionVersion.objects.filter(
        question__key=key,
        question__lesson__placements__edition=edition,
        state__in=PUBLIC,
    )
    found = list(asked.select_related("question").order_by("-number"))
    if not found:
        raise Http404
    return found
