"""HTTP for the mobile number of an account: a number, a code sent to it, the code typed in; or none any more."""

from functools import wraps
from typing import cast

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from portal.accounts import log_ins, sms
from portal.accounts.doors import View
from portal.accounts.entrance import SentCode
from portal.accounts.forms import CodeForm, NumberForm
from portal.accounts.models import User

KEY = "number"


def _offered(view: View) -> View:
    """There is no such page where no texts can be sent."""

    @wraps(view)
    def offered(request: HttpRequest) -> HttpResponseBase:
        if not sms.is_offered():
            raise Http404
        return view(request)

    return offered


@_offered
@never_cache
@login_required
@reauthentication_required
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest) -> HttpResponse:
    waiting = SentCode.pending(request, KEY)
    if waiting and (waiting.is_over() or "another" in request.POST):
        waiting.abort()
        waiting = None
    if request.method != "POST":
        return _page(request, waiting)
    if "remove" in request.POST:
        return _removed(request)
    return _typed(request, waiting) if waiting and "code" in request.POST else _asked(request)


def _asked(request: HttpRequest) -> HttpResponse:
    """The number gets a code, whoever has it."""
    form = NumberForm(request.POST if "number" in request.POST else None)
    if not form.is_valid():
        return _page(request, None, form)
    try:
        SentCode.begin(request, form.cleaned_data["number"], KEY)
    except ValidationError as error:
        form.add_error("number", error)
        return _page(request, None, form)
    return redirect("account_number")


def _typed(request: HttpRequest, waiting: SentCode) -> HttpResponse:
    form = CodeForm(request.POST)
    if form.is_valid():
        if waiting.accepts(form.cleaned_data["code"]):
            waiting.abort()
            return _kept(request, waiting.address)
        form.add_error("code", get_adapter().validation_error("incorrect_sent_code"))
    return _page(request, waiting, form)


def _kept(request: HttpRequest, number: str) -> HttpResponse:
    person = cast("User", request.user)
    try:
        with transaction.atomic():
            User.objects.filter(pk=person.pk).update(phone=number)
    except IntegrityError:
        messages.warning(request, _("This number opens another account already."))
        return redirect("account_number")
    log_ins.changed(request, person, "phone.changed", "phone")
    messages.success(request, _("From now on you can log in with this number."))
    return redirect("account_profile")


def _removed(request: HttpRequest) -> HttpResponse:
    person = cast("User", request.user)
    if User.objects.filter(pk=person.pk, email__isnull=False, phone__isnull=False).update(phone=None):
        log_ins.changed(request, person, "phone.changed", "phone")
        messages.success(request, _("The number is taken away."))
    return redirect("account_profile")


def _page(request: HttpRequest, waiting: SentCode | None, form: NumberForm | CodeForm | None = None) -> HttpResponse:
    blank = CodeForm() if waiting else NumberForm(initial={"number": cast("User", request.user).phone})
    context = {"form": form or blank, "number": waiting.address if waiting else ""}
    return render(request, "accounts/number.html", context)
