"""HTTP for "my learning": what to do next, standing by course and by skill, certificates."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lessons.catalogue import outline_of_edition, outlines
from lessons.words import reader_language
from portal.accounts.assignments import assignments_of
from quizzes.attention import Due, attention, next_step
from quizzes.calibration import levels_over_all
from quizzes.certificates import certificates, language_of
from quizzes.evidence import last_shown
from quizzes.learners import learner_of, seen
from quizzes.models import Learner
from quizzes.skills import skill_groups
from quizzes.standing import standings

FEW = 5  # of what needs attention, before the rest is folded away


@never_cache
@require_safe
def by_course(request: HttpRequest) -> HttpResponse:
    language, today = reader_language(), timezone.localdate()
    learner, paths = _here(request), outlines(language)
    courses = standings(learner, language, paths) if learner else []
    shown = last_shown(learner) if learner else {}
    asked = [Due(one.course_id, one.due_on, one.organisation) for one in assignments_of(request.user, today)]
    steps = attention(courses, asked, shown, paths, today)
    following = next_step(steps, courses, paths)
    others = [step for step in steps if step is not following]
    context = {
        "next": following if courses or steps else None,
        "steps": others[:FEW],
        "more_steps": others[FEW:],
        "courses": courses,
    }
    return _page(request, "home/my_learning.html", context)


@never_cache
@require_safe
def by_skill(request: HttpRequest) -> HttpResponse:
    language = reader_language()
    learner = _here(request)
    groups = skill_groups(learner, language, outlines(language))
    context = {
        "begun": [group for group in groups if group.begun],
        "not_begun": [group for group in groups if not group.begun],
        "levels": levels_over_all(learner) if learner else [],
    }
    return _page(request, "home/my_skills.html", context)


@never_cache
@require_safe
def certificate_list(request: HttpRequest) -> HttpResponse:
    learner = _here(request)
    earned = certificates(learner, reader_language()) if learner else []
    return _page(request, "home/certificates.html", {"certificates": earned})


@never_cache
@require_safe
def certificate(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """One's own completion; to everybody else there is no such page."""
    learner = learner_of(request)
    earned = certificates(learner, reader_language()) if learner else []
    found = next((one for one in earned if one.public_id == public_id), None)
    if found is None:
        raise Http404
    others = [one for one in earned if one.course_id == found.course_id and one is not found]
    name = request.user.display_name if request.user.is_authenticated else ""
    path = outline_of_edition(found.edition_id, reader_language())
    context = {
        "certificate": found,
        "lessons": path.lessons if path else (),
        "others": others,
        "name": name,
        "language": language_of(found),
    }
    return _page(request, "home/certificate.html", context)


def _here(request: HttpRequest) -> Learner | None:
    """Who asks; looking at what one has learned counts as being here."""
    learner = learner_of(request)
    if learner:
        seen(learner, timezone.localdate())
    return learner


def _page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    guest = not request.user.is_authenticated
    return render(request, template, context | {"guest": guest, "known": learner_of(request) is not None})
