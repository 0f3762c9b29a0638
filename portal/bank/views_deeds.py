"""HTTP for what is done to questions of the bank, one or many at once; every deed is a form that is sent."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from lessons.readiness import NotReady
from lessons.words import reader_language
from portal.accounts.rights import permission_required
from portal.bank import deeds
from portal.bank.forms import LessonForm
from portal.bank.views import find_question, show
from portal.language.formats import number
from portal.studio.question_standing import question_standings
from quizzes.bank import bank
from quizzes.models import Question

MOST = 100


def chosen_by(request: HttpRequest) -> list[Question]:
    """The questions that were ticked, a hundred at most."""
    ids = [int(typed) for typed in request.POST.getlist("question") if typed.isdecimal() and len(typed) < 19]
    return list(bank().filter(pk__in=ids[:MOST]).select_related("lesson").order_by("lesson__key", "position", "pk"))


def back_to(request: HttpRequest) -> str:
    """Where the form was sent from: a page of the bank."""
    start, typed = reverse("bank:questions"), request.POST.get("back", "")
    return typed if typed.startswith(start) and url_has_allowed_host_and_scheme(typed, None) else start


def _nothing_chosen(request: HttpRequest) -> HttpResponse:
    messages.error(request, _("Choose one question at least: tick the box before it."))
    return redirect(back_to(request))


def _ask(request: HttpRequest, template: str, chosen: Iterable[Question], status: int, **more: Any) -> HttpResponse:
    """The page that asks whether it is really meant, or says why it cannot be done."""
    stems = [(each.question, each.stem(reader_language())) for each in question_standings(chosen)]
    context = {"chosen": stems, "back": back_to(request)} | more
    return render(request, template, context, status=status)


@permission_required("studio.write")
@require_POST
def retire(request: HttpRequest) -> HttpResponse:
    """First asks, and with `sure` does it: no quiz draws them any more."""
    chosen = chosen_by(request)
    if not chosen:
        return _nothing_chosen(request)
    if not request.POST.get("sure"):
        reasons, shortages = deeds.before_retiring(chosen)
        return _ask(request, "bank/retire.html", chosen, 200, reasons=reasons, shortages=shortages)
    try:
        done = deeds.retire(request, chosen)
    except NotReady as refusal:
        return _ask(request, "bank/retire.html", chosen, 409, reasons=refusal.reasons)
    said = ngettext("%(count)s question is retired.", "%(count)s questions are retired.", len(done))
    messages.success(request, said % {"count": number(len(done))})
    return redirect(back_to(request))


@permission_required("studio.write")
@require_POST
def restore(request: HttpRequest) -> HttpResponse:
    """Nothing is lost by it, so nothing is asked."""
    chosen = chosen_by(request)
    if not chosen:
        return _nothing_chosen(request)
    done = deeds.restore(request, chosen)
    said = ngettext("%(count)s question is in use again.", "%(count)s questions are in use again.", len(done))
    messages.success(request, said % {"count": number(len(done))})
    return redirect(back_to(request))


@permission_required("studio.write")
@require_POST
def move(request: HttpRequest) -> HttpResponse:
    """First asks for the lesson; where quizzes list a question or would lack one it says so and asks again."""
    chosen = chosen_by(request)
    if not chosen:
        return _nothing_chosen(request)
    sent = "lesson" in request.POST
    form = LessonForm(request.POST if sent else None, reader_language())
    if not sent or not form.is_valid():
        return _ask(request, "bank/move.html", chosen, 422 if sent else 200, form=form)
    lesson, take_out = form.chosen, bool(request.POST.get("take_out"))
    reasons, listed, shortages = deeds.before_moving(chosen, lesson)
    untold = bool(shortages) and request.POST.get("told") != lesson.slug
    if reasons or untold or (listed and not take_out):
        unticked = bool(listed and request.POST.get("asked")) and not take_out
        status = 409 if reasons else 422 if unticked else 200
        shown = {"form": form, "reasons": reasons, "listed": listed, "unticked": unticked, "lesson": lesson}
        shown |= {"shortages": shortages, "take_out": take_out}
        return _ask(request, "bank/move.html", chosen, status, **shown)
    try:
        done = deeds.move(request, chosen, lesson, take_out=take_out)
    except NotReady as refusal:
        return _ask(request, "bank/move.html", chosen, 409, form=form, reasons=refusal.reasons, lesson=lesson)
    said = ngettext("%(count)s question was moved.", "%(count)s questions were moved.", len(done))
    messages.success(request, said % {"count": number(len(done))})
    return redirect(back_to(request))


@permission_required("studio.write")
@require_POST
def duplicate(request: HttpRequest, authority: str, key: str) -> HttpResponse:
    """A new question made from this one, all of it a draft; opens the form in which it is written on."""
    standing = find_question(authority, key)
    form = LessonForm(request.POST, reader_language())
    if not form.is_valid():
        return show(request, standing, form)
    typed, by = request.POST.get("newest", ""), request.user
    newest = int(typed) if typed.isdecimal() and len(typed) < 19 else 0
    lesson = form.chosen
    made = deeds.duplicate(request, by, standing, lesson, newest)  # type: ignore[arg-type]
    messages.success(request, _("The copy is a draft, in every language. Change what is to differ."))
    return redirect("studio:question", lesson=lesson.slug, key=made.key)
