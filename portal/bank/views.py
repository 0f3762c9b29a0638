"""HTTP for the question bank: the list, and a page for each question."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from lessons.words import reader_language
from portal.accounts.rights import may, permission_required
from portal.bank.forms import BankForm, LessonForm
from portal.bank.lines import lines_of
from portal.bank.page import find, page_of
from portal.studio.question_standing import QuestionStanding
from quizzes.bank import RETIRED, bank
from quizzes.models import Question

A_PAGE = 25


@permission_required("studio.open")
@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """A page of the bank; where something asked for cannot be taken it says why and shows no question."""
    language = reader_language()
    form = BankForm(request.GET, language)
    context: dict[str, Any] = {"form": form, "page": None, "writes": may(request.user, "studio.write")}
    if form.is_valid():
        found = form.narrow(bank()).select_related("lesson")
        page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
        context |= {
            "page": page,
            "lines": lines_of(page.object_list, language),
            "query": urlencode(form.address),
            "narrowed": bool(form.address),
            "retired": form.cleaned_data["state"] == RETIRED,
        }
    return render(request, "bank/questions.html", context)


def find_question(authority: str, key: str) -> QuestionStanding:
    """Raises Http404."""
    standing = find(authority, key)
    if standing is None:
        raise Http404
    return standing


@permission_required("studio.open")
@require_safe
def question(request: HttpRequest, authority: str, key: str) -> HttpResponse:
    """One question with its key, where it is asked, and what can be done with it."""
    return show(request, find_question(authority, key))


def show(request: HttpRequest, standing: QuestionStanding, form: LessonForm | None = None) -> HttpResponse:
    """Its page; `form` is that for a copy, where it was sent with faults."""
    language = reader_language()
    context = page_of(standing, language)
    if may(request.user, "studio.write"):
        here = {"lesson": standing.question.lesson.slug} if standing.question.lesson else {}
        context |= {"writes": True, "form": form or LessonForm(None, language, initial=here)}
        context |= {"newest": newest_copy(standing.question), "to_mend": [context["form"]]}
    return render(request, "bank/question.html", context, status=422 if form else 200)


def newest_copy(question: Question) -> int:
    """The id of the last question made from it; 0 before the first."""
    newest = question.copies.order_by("-pk").first()
    return newest.pk if newest else 0
