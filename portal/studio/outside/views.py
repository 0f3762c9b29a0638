"""HTTP for an expert without an account: reading a release by a link, saying what is wrong, signing what is right."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.studio.languages import direction
from portal.studio.models import Invitation
from portal.studio.outside.forms import RemarkForm, SignatureForm
from portal.studio.outside.invitations import Standing, invitation_of, note_opened, path_of, standing_of, token_of
from portal.studio.outside.signing import sign_off
from portal.studio.refusals import ReleaseError
from portal.studio.review.page import page_for_expert
from portal.studio.review.placing import remark
from quizzes.limits import within

MOST, SECONDS = 240, 600
HEADERS = {
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    # Tells no other site anything; "no-referrer" would also take the origin from our own forms, which they need.
    "Referrer-Policy": "same-origin",
}
Shown = Callable[[HttpRequest, Invitation], HttpResponse]


def by_link(view: Shown) -> Callable[[HttpRequest, str], HttpResponse]:
    """A view for who holds a good link; others get a page that says why it opens nothing."""

    @wraps(view)
    def guarded(request: HttpRequest, token: str) -> HttpResponse:
        response = _answer(request, token, view)
        for name, value in HEADERS.items():
            response[name] = value
        return response

    return guarded


def _answer(request: HttpRequest, token: str, view: Shown) -> HttpResponse:
    if not within(request, "expert", MOST, SECONDS):
        return render(request, "429.html", status=429)
    invitation = invitation_of(token)
    if invitation is None:
        return render(request, "studio/outside/closed.html", {"standing": "unknown"}, status=404)
    standing = standing_of(invitation)
    if standing != Standing.GOOD:
        return render(
            request, "studio/outside/closed.html", {"standing": standing, "invitation": invitation}, status=410
        )
    return view(request, invitation)


@require_safe
@by_link
def look(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    note_opened(invitation)
    return _show(request, invitation)


def _show(
    request: HttpRequest,
    invitation: Invitation,
    signature: SignatureForm | None = None,
    remark_form: RemarkForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        **page_for_expert(invitation.release, invitation, request.GET.get("show", "")),
        "invitation": invitation,
        "path_of_link": path_of(invitation),
        "token": token_of(invitation),
        "direction": direction(invitation.language),
        "signature_form": signature or SignatureForm(initial={"name": invitation.name}),
        "remark_form": remark_form,
        "signed": list(invitation.sign_offs.all()),
    }
    return render(request, "studio/outside/look.html", context, status=status)


@require_POST
@by_link
def comment(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """A word beside a paragraph or a question; twice the same is kept once."""
    form = RemarkForm(request.POST)
    if not form.is_valid():
        return _show(request, invitation, remark_form=form, status=422)
    place = form.cleaned_data["place"]
    try:
        remark(invitation.release, place, form.cleaned_data["text"], guest=invitation, author=None)
    except ReleaseError as refusal:
        form.add_error("text", str(refusal))
        return _show(request, invitation, remark_form=form, status=409)
    messages.success(request, _("Kept. The authors see what you wrote beside the text."))
    return redirect(f"{path_of(invitation)}#{place}")


@require_POST
@by_link
def sign(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """The expert's name under the texts as they stand there."""
    form = SignatureForm(request.POST)
    if not form.is_valid():
        return _show(request, invitation, signature=form, status=422)
    sign_off(invitation, form.signature)
    messages.success(request, _("Thank you. Your name will stand under these words once they are published."))
    return redirect(f"{path_of(invitation)}#signing")
