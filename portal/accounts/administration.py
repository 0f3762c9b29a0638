from typing import Any, TypeVar, cast

from allauth.account.adapter import get_adapter
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from portal.accounts.doors import View, guard
from portal.accounts.rights import Person, may

V = TypeVar("V", bound=View)


def may_administer(user: Person) -> bool:
    """Whether the person is an administrator or superuser whom the administration lets in."""
    return user.is_active and user.is_staff and may(user, "admin.open")


class PortalAdminSite(admin.AdminSite):
    """The administration: entered through the portal's own log-in, with a second factor."""

    site_title = _("Civil Defense Portal")
    site_header = _("Civil Defense Portal administration")
    index_title = _("Administration")

    def has_permission(self, request: HttpRequest) -> bool:
        return may_administer(request.user)

    def admin_view(self, view: V, cacheable: bool = False) -> V:
        return cast("V", guard(may_administer)(super().admin_view(view, cacheable)))

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """There is no log-in form here: whoever is not let in meets the portal's."""
        return redirect("admin:index")

    def logout(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if request.method != "POST":
            return redirect("account_logout")
        get_adapter().logout(request)
        return redirect("home:home")
