"""HTTP for how much time one wants in quizzes; people and guests choose it themselves."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quizzes import accommodations, beginning, learners
from quizzes.limits import may_make_guest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pace(request: HttpRequest) -> HttpResponse:
    """GET shows the choice, and what was granted; POST keeps it."""
    if request.method == "POST":
        return _keep(request)
    learner = learners.learner_of(request)
    granted = accommodations.pace_of(learner, timezone.localdate(), granted_only=True)
    context = {
        "paces": accommodations.CHOICES,
        "pace_chosen": accommodations.chosen_by(learner),
        "granted": granted if granted.granted else None,
    }
    return render(request, "quizzes/pace.html", context)


def _keep(request: HttpRequest) -> HttpResponse:
    response = redirect(request.path)
    chosen = beginning.chosen_pace(request)
    if not chosen:
        messages.warning(request, _("Choose one of the times in the list."))
        return response
    if learners.learner_of(request) is None and not may_make_guest(request):
        messages.warning(
            request, _("Very many people are beginning from your network right now. Wait a minute, then send it again.")
        )
        return response
    with transaction.atomic():
        learner = learners.learner_for(request)
        accommodations.choose(learner, chosen, timezone.localdate())
    messages.success(request, _("Saved. It holds for every quiz that you begin from now on."))
    learners.remember(request, response, learner)
    return response
