"""Closing an account for a person who asked the people who run the portal to do it."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _

from portal.accounts.audit import record
from portal.accounts.closing import close, take_back
from portal.accounts.deletion import LastAdministrator, is_last_administrator
from portal.accounts.models import User


class ClosesAccounts(admin.ModelAdmin):
    """Mixin of the people: each has a page on which the account is closed, or opened again before it is erased."""

    def get_urls(self) -> list[Any]:
        closing = path("<int:pk>/close/", self.admin_site.admin_view(self.closing), name="accounts_user_close")
        return [closing, *super().get_urls()]

    def closing(self, request: HttpRequest, pk: int) -> HttpResponse:
        person = User.objects.filter(pk=pk).first()
        if not self.has_change_permission(request, person):
            raise PermissionDenied
        if person is None:
            raise Http404
        if request.method == "POST":
            self._decide(request, person)
            return redirect("admin:accounts_user_change", pk)
        context = self.admin_site.each_context(request) | {
            "title": _("Close and erase"),
            "person": person,
            "days": settings.ERASE_DAYS,
            "last_administrator": is_last_administrator(person),
        }
        return render(request, "admin/accounts/user/close.html", context)

    def _decide(self, request: HttpRequest, person: User) -> None:
        if "keep" in request.POST:
            if take_back(person):
                record(request, "account.kept", person.pk)
                self.message_user(request, _("The account is open again."), messages.SUCCESS)
        elif "close" in request.POST and not person.is_closed:
            self._close(request, person)

    def _close(self, request: HttpRequest, person: User) -> None:
        try:
            close(person)
        except LastAdministrator:
            self.message_user(request, _("The last administrator cannot be closed."), messages.ERROR)
            return
        record(request, "account.closed", person.pk)
        self.message_user(request, _("The account is closed. A letter has told the person."), messages.SUCCESS)
