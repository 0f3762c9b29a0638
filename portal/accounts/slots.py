from django.http import HttpRequest
from django.template.loader import render_to_string

from lessons import slots
from portal.accounts.rights import may


def account(request: HttpRequest, argument: str) -> str:
    """The account menu in the header: log-in and sign-up for a guest, else the rooms that this person may enter."""
    user = request.user
    context = {
        "signed_in": user.is_authenticated,
        "name": str(user) if user.is_authenticated else "",
        "studio": may(user, "studio.open"),
        "reports": may(user, "reports.view"),
        "admin": user.is_authenticated and user.is_staff and may(user, "admin.open"),
    }
    return render_to_string("accounts/slots/account.html", context, request)


def register() -> None:
    slots.register("account", account)
