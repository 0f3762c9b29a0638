from django.http import HttpRequest
from django.utils.html import format_html

from lessons import slots
from portal.accounts.models import User
from portal.accounts.rights import may, may_everywhere


def account(request: HttpRequest, argument: str) -> str:
    """The account menu in the header: log-in and sign-up for a guest, else the rooms that this person may enter."""
    user = request.user
    return slots.fragment(
        request,
        "accounts/slots/account.html",
        signed_in=user.is_authenticated,
        name=str(user) if user.is_authenticated else "",
        path="" if user.is_authenticated else request.path,
        studio=may(user, "studio.open"),
        catalogue=may_everywhere(user, "courses.arrange"),
        upkeep=may(user, "upkeep.view"),
        corrections=may_everywhere(user, "answers.regrade"),
        packages=may_everywhere(user, "courses.import"),
        reports=may(user, "reports.view"),
        organisations=may(user, "organisations.manage"),
        admin=user.is_authenticated and user.is_staff and may(user, "admin.open"),
    )


def theme(request: HttpRequest, argument: str) -> str:
    """The attribute of `<html>` for a theme that the person chose; none where the device decides."""
    chosen = _theme_of(request)
    return format_html(' data-theme="{}"', chosen) if chosen in (User.Theme.LIGHT, User.Theme.DARK) else ""


def theme_control(request: HttpRequest, argument: str) -> str:
    """The choice of theme: with an account a form that keeps it there, else buttons of a script."""
    return slots.fragment(request, "components/theme_buttons.html", chosen=_theme_of(request))


def _theme_of(request: HttpRequest) -> str:
    return request.user.theme if isinstance(request.user, User) else ""


def register() -> None:
    slots.register("account", account)
    slots.register("theme", theme)
    slots.register("theme-control", theme_control)
