"""What can be looked at and not changed: the log, and second factors."""

import allauth.mfa.admin
import allauth.usersessions.admin  # noqa: F401 - registers what nobody may look at
import django.contrib.auth.admin  # noqa: F401 - registers groups, which nobody needs here
import django_tasks_db.admin  # noqa: F401 - registers what nobody may look at
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from portal.accounts.deeds import named
from portal.accounts.lost_device import remove_factors
from portal.accounts.models import AuditEntry

admin.site.unregister(Authenticator)
admin.site.unregister(Group)  # who may do what is said by roles, which hold over a place and for a time
admin.site.unregister(UserSession)  # where somebody is logged in is their own to see, on their account
admin.site.unregister(DBTaskResult)  # a letter on its way holds the code that logs its reader in


class _ReadOnly(admin.ModelAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(AuditEntry)
class AuditEntryAdmin(_ReadOnly):
    """The log; it can be read, and nothing else."""

    list_display = ("at", "actor", "what", "subject", "address")
    fields = ("at", "actor", "what", "subject", "address", "detail")
    readonly_fields = ("what",)
    list_select_related = ("actor",)
    search_fields = ("deed", "subject", "actor__email")
    show_full_result_count = False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    @admin.display(description=_("what"), ordering="deed")
    def what(self, entry: AuditEntry) -> str:
        return named(entry.deed)


@admin.register(Authenticator)
class SecondFactorAdmin(_ReadOnly):
    """Second factors, without their secrets; deleting one lets a person who lost their phone set up another."""

    list_display = ("user", "type", "created_at", "last_used_at")
    list_select_related = ("user",)
    search_fields = ("user__email",)
    fields = list_display
    show_full_result_count = False

    def has_delete_permission(self, request: HttpRequest, obj: Authenticator | None = None) -> bool:
        """Who is no superuser does not open the account of one."""
        return super().has_delete_permission(request, obj) and (
            obj is None or request.user.is_superuser or not obj.user.is_superuser
        )

    def delete_model(self, request: HttpRequest, obj: Authenticator) -> None:
        remove_factors(request, obj.user, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Authenticator]) -> None:
        for authenticator in queryset.select_related("user"):
            if self.has_delete_permission(request, authenticator):
                remove_factors(request, authenticator.user, authenticator)
