"""HTTP for the page on which a code is typed; log-in and sign-up, which lead to it, are allauth's views."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts import log_ins, sms
from portal.accounts.entrance import KEY, SentCode, enter, owner_of
from portal.accounts.forms import CodeForm


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Type the code, go in."""
    if request.user.is_authenticated:
        return redirect(get_adapter().get_login_redirect_url(request))
    waiting = SentCode.pending(request, KEY)
    if waiting is None:
        return redirect("account_login")
    if waiting.is_over():
        return _ask_anew(request, waiting, _("This code is too old. Ask for a new one."))
    form = CodeForm(request.POST or None)
    if form.is_valid():
        if waiting.accepts(form.cleaned_data["code"]):
            return _go_in(request, waiting)
        log_ins.failed(request, owner_of(waiting.address), "code")
        if waiting.is_over():
            return _ask_anew(request, waiting, _("The code was wrong too many times. Ask for a new one."))
        form.add_error("code", get_adapter().validation_error("incorrect_sent_code"))
    return _page(request, form, waiting)


@require_POST
def resend(request: HttpRequest) -> HttpResponse:
    waiting = SentCode.pending(request, KEY)
    if waiting is None:
        return redirect("account_login")
    try:
        _resend(request, waiting)
    except ValidationError as error:
        messages.warning(request, error.messages[0])
    return redirect("account_confirm_login_code")


def _resend(request: HttpRequest, waiting: SentCode) -> None:
    if waiting.wait:
        words = ngettext(
            "The code is on its way. You can ask again in %(count)d second.",
            "The code is on its way. You can ask again in %(count)d seconds.",
            waiting.wait,
        )
        messages.info(request, words % {"count": waiting.wait})
    elif waiting.can_resend:
        waiting.resend()
        messages.success(request, _("We have sent a new code. Only the newest one works."))
    else:
        messages.warning(request, _("We have sent several codes. Look at the address, or try again later."))


def _go_in(request: HttpRequest, waiting: SentCode) -> HttpResponse:
    waiting.abort()
    response, is_new = enter(request, waiting.address, waiting.state["next"])
    if is_new:
        messages.success(request, _("Your account is made. What you learn is kept on every device."))
    return response


def _ask_anew(request: HttpRequest, waiting: SentCode, why: str) -> HttpResponse:
    waiting.abort()
    messages.warning(request, why)
    return redirect(_another_address(waiting))


def _another_address(waiting: SentCode) -> str:
    """The log-in with the address filled in, and what was asked for kept."""
    query = {"email": waiting.address} | ({"next": waiting.state["next"]} if waiting.state["next"] else {})
    return f"{resolve_url('account_login')}?{urlencode(query)}"


def _page(request: HttpRequest, form: CodeForm, waiting: SentCode) -> HttpResponse:
    context = {"form": form, "email": waiting.address, "another": _another_address(waiting)}
    context |= {"by_text": sms.is_number(waiting.address)}
    return render(request, "account/confirm_login_code.html", context)
