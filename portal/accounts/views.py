"""HTTP for a person's own account; sign-up, log-in and the rest are allauth's views in our templates."""

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts import archive, sms
from portal.accounts.audit import record
from portal.accounts.closing import close
from portal.accounts.cookies import remember_language
from portal.accounts.deletion import LastAdministrator, is_last_administrator
from portal.accounts.entrance import SentCode
from portal.accounts.forms import CodeForm
from portal.accounts.identity import provider
from portal.accounts.kept import page_before
from portal.accounts.models import User
from portal.accounts.profile import ProfileForm, ThemeForm, keep_until_log_in

DELETION = "deletion"


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    person = _person(request)  # a copy: what is refused must not show in the menu
    form = ProfileForm(request.POST or None, instance=person)
    if form.is_valid():
        form.save()
        with override(person.language):
            messages.success(request, _("Saved."))
            response = redirect("account_profile")
        remember_language(response, person)
        return response
    context = {
        "form": form,
        "second_factor": is_mfa_enabled(person),
        "texts": sms.is_offered(),
        "identity_service": provider.name() if provider.is_offered() else "",
        "identities": provider.is_offered() and person.identities.exists(),
    }
    return render(request, "accounts/profile.html", context)


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keeps the theme chosen in the footer of a page, and leads back to that page, by the log-in if that has ended."""
    form = ThemeForm(request.POST, instance=_person(request) if request.user.is_authenticated else None)
    if not form.is_valid():
        raise BadRequest
    before = page_before(request)
    back = before if before != request.get_full_path() else reverse("account_profile")
    if not request.user.is_authenticated:
        keep_until_log_in(request, form.cleaned_data["theme"])
        return redirect_to_login(back)
    form.save()
    return redirect(back)


@never_cache
@login_required
@reauthentication_required
@require_safe
def export(request: HttpRequest) -> StreamingHttpResponse:
    """Everything the portal holds about who asks, as a zip."""
    response = StreamingHttpResponse(archive.stream(_person(request)), content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="my-data.zip"'
    return response


@never_cache
@login_required
@reauthentication_required
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest) -> HttpResponse:
    """What goes and what stays; a code to the person's address; the code typed in; closed, to be erased later."""
    person = _person(request)
    waiting = SentCode.pending(request, DELETION)
    if is_last_administrator(person) or request.method != "POST":
        return _deletion_page(request, person, waiting)
    if waiting is None or waiting.is_over() or "again" in request.POST:
        return _send_deletion_code(request, person)
    form = CodeForm(request.POST)
    if form.is_valid() and waiting.address == _address(person) and waiting.accepts(form.cleaned_data["code"]):
        return _deleted(request, person)
    if waiting.is_over():
        messages.warning(request, _("The code was wrong too many times. Ask for a new one."))
    elif form.is_valid():
        form.add_error("code", get_adapter().validation_error("incorrect_sent_code"))
    return _deletion_page(request, person, waiting, form)


@require_safe
def deleted(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/deleted.html", {"days": settings.ERASE_DAYS})


def _person(request: HttpRequest) -> User:
    return get_object_or_404(User, pk=request.user.pk)


def _address(person: User) -> str:
    """Where a code reaches the person; nowhere is empty."""
    return person.email or (person.phone if sms.is_offered() else None) or ""


def _send_deletion_code(request: HttpRequest, person: User) -> HttpResponse:
    try:
        SentCode.begin(request, _address(person), DELETION, deletes=True)
    except ValidationError as error:
        messages.warning(request, error.messages[0])
    return redirect(f"{reverse('account_delete')}#code")


def _deletion_page(
    request: HttpRequest, person: User, waiting: SentCode | None, form: CodeForm | None = None
) -> HttpResponse:
    is_waiting = waiting is not None and not waiting.is_over()
    context = {
        "form": (form or CodeForm()) if is_waiting else None,
        "email": _address(person),
        "days": settings.ERASE_DAYS,
        "last_administrator": is_last_administrator(person),
        "is_staff": person.is_staff or person.grants.exists(),
    }
    return render(request, "accounts/delete.html", context)


def _deleted(request: HttpRequest, person: User) -> HttpResponse:
    try:
        close(person)
    except LastAdministrator:
        return redirect("account_delete")
    record(request, "account.closed", person.pk)
    request.session.flush()
    return redirect("account_deleted")
