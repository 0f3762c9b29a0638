from django.http import HttpRequest

from lessons import slots
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
        corrections=may_everywhere(user, "answers.regrade"),
        reports=may(user, "reports.view"),
        organisations=may(user, "organisations.manage"),
        admin=user.is_authenticated and user.is_staff and may(user, "admin.open"),
    )


def register() -> None:
    slots.register("account", account)
