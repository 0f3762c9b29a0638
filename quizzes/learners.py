"""Who is learning: a person signed in, or a guest known by a signed cookie."""

import uuid
from datetime import date
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from lessons.pages import LEARNER_COOKIE
from quizzes.accommodations import unite
from quizzes.history import clusters
from quizzes.holding import hold_wholly
from quizzes.models import Attempt, CourseProgress, Learner, LessonProgress
from quizzes.progress import project_everything

GUEST = Q(user=None, merged_into=None, erased_at=None)  # whom a cookie may name
COOKIE_AGE = 60 * 60 * 24 * 400
SALT = "quizzes.learner"


def learner_of(request: HttpRequest) -> Learner | None:
    """The learner behind this request, or None; one query, remembered on the request."""
    if not hasattr(request, "known_learner"):
        request.known_learner = _find(request)  # type: ignore[attr-defined]
    return request.known_learner  # type: ignore[attr-defined]


def _find(request: HttpRequest) -> Learner | None:
    if request.user.is_authenticated:
        return Learner.objects.filter(user=request.user.pk).first()
    guest = guest_id(request)
    return Learner.objects.filter(GUEST, pk=guest).first() if guest else None


def guest_id(request: HttpRequest) -> uuid.UUID | None:
    """The learner that the cookie names, if the signature is ours."""
    try:
        value = request.get_signed_cookie(LEARNER_COOKIE, default=None, salt=SALT)
        return uuid.UUID(value) if value else None
    except (BadSignature, ValueError):
        return None


def whose(request: HttpRequest) -> Q:
    """Condition on rows with a `learner`: those of who asks. Needs no query of its own beyond the session's."""
    if request.user.is_authenticated:
        return Q(learner__user=request.user.pk)
    return Q(learner=guest_id(request), learner__user=None, learner__merged_into=None, learner__erased_at=None)


def is_own(request: HttpRequest, learner: Learner) -> bool:
    """Whether `learner` is who asks; no query beyond the session's."""
    if request.user.is_authenticated:
        return learner.user_id == request.user.pk
    return _is_guest(learner) and learner.pk == guest_id(request)


def _is_guest(learner: Learner) -> bool:
    """The condition GUEST of a row that was read."""
    return learner.user_id is None and learner.merged_into_id is None and learner.erased_at is None


def learner_for(request: HttpRequest) -> Learner:
    """The learner behind this request, made now if there is none yet; `remember` must follow on the response."""
    learner = learner_of(request)
    if learner is not None:
        seen(learner, timezone.localdate())
    elif request.user.is_authenticated:
        learner, _made = Learner.objects.get_or_create(user_id=request.user.pk)
    else:
        learner = Learner.objects.create()
    request.known_learner = learner  # type: ignore[attr-defined]
    return learner


def remember(request: HttpRequest, response: HttpResponseBase, learner: Learner) -> None:
    """Gives a guest the cookie that names their learner."""
    if request.user.is_authenticated or learner.user_id:
        return
    response.set_signed_cookie(
        LEARNER_COOKIE,
        str(learner.pk),
        salt=SALT,
        max_age=COOKIE_AGE,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def seen(learner: Learner, today: date) -> None:
    """Notes that the learner was here today, so that idle guests can be told from others; two statements a day."""
    if learner.seen_on == today:
        return
    with transaction.atomic(savepoint=False):
        clusters([learner.pk], hold=True)
        Learner.objects.filter(pk=learner.pk).update(seen_on=today)
    learner.seen_on = today


@transaction.atomic
def adopt(request: HttpRequest, user: Any) -> Learner | None:
    """At sign-up and log-in: what the guest of this browser did becomes the user's; the cookie is spent."""
    guest_pk = guest_id(request)
    both = Learner.objects.filter(Q(user=user.pk) | Q(GUEST, pk=guest_pk))
    held = hold_wholly(list(both.values_list("pk", flat=True)))
    guest = next((one for one in held if one.pk == guest_pk and _is_guest(one)), None)
    own = next((one for one in held if one.user_id == user.pk), None)
    request.learner_cookie_spent = guest_pk is not None  # type: ignore[attr-defined]
    request.__dict__.pop("known_learner", None)
    if guest is None:
        return own
    if own is None:
        Learner.objects.filter(pk=guest.pk).update(user=user.pk)
        return guest
    merge(guest, own)
    return own


@transaction.atomic
def merge(guest: Learner, own: Learner) -> None:
    """Unites attempts and progress under `own`. Events stay where they were recorded and are read through the merge."""
    _close_rivals(guest, own)
    unite(guest, own)
    Attempt.objects.filter(learner=guest).update(learner=own)
    Learner.objects.filter(merged_into=guest).update(merged_into=own)
    Learner.objects.filter(pk=guest.pk).update(merged_into=own)
    LessonProgress.objects.filter(learner=guest).delete()
    CourseProgress.objects.filter(learner=guest).delete()
    project_everything(own)


def _close_rivals(guest: Learner, own: Learner) -> None:
    """Only one sitting of a quiz may be open: the guest's, which is the later one, goes on."""
    rivals = Attempt.objects.filter(learner=guest, state=Attempt.State.OPEN).values("quiz")
    Attempt.objects.filter(learner=own, state=Attempt.State.OPEN, quiz__in=rivals).update(
        state=Attempt.State.ABANDONED, submitted_at=timezone.now()
    )
