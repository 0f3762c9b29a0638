"""HTTP for a person's privacy: what is held, who looked at it, and the ways to have it or end it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.accounts.looking import SHOWN, lines_about
from portal.accounts.models import User


@never_cache
@login_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    person = get_object_or_404(User, pk=request.user.pk)
    return render(request, "accounts/privacy.html", {"looks": lines_about(person), "most": SHOWN})
