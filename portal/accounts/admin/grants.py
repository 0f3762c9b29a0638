from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from portal.accounts.admin.rows import OfOrganisation, OfRegion
from portal.accounts.admin_forms import GrantForm
from portal.accounts.audit import record
from portal.accounts.models import RoleGrant, User


@admin.register(RoleGrant)
class RoleGrantAdmin(OfOrganisation, OfRegion):
    form = GrantForm
    list_display = ("user", "role", "of_organisation", "of_region", "from_day", "to_day")
    list_filter = ("role",)
    list_select_related = ("user", "organisation", "region")
    search_fields = ("user__email", "user__display_name", "organisation__code", "region__code")
    autocomplete_fields = ("user", "organisation", "region")
    readonly_fields = ("granted_by",)
    show_full_result_count = False

    def save_model(self, request: HttpRequest, obj: RoleGrant, form: forms.ModelForm, change: bool) -> None:
        if not change and isinstance(request.user, User):
            obj.granted_by = request.user
        super().save_model(request, obj, form, change)
        self._record(request, "role.changed" if change else "role.granted", obj)

    def delete_model(self, request: HttpRequest, obj: RoleGrant) -> None:
        self._record(request, "role.removed", obj)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[RoleGrant]) -> None:
        for grant in queryset:
            self._record(request, "role.removed", grant)
        super().delete_queryset(request, queryset)

    def _record(self, request: HttpRequest, deed: str, grant: RoleGrant) -> None:
        until = grant.to_day.isoformat() if grant.to_day else None
        record(
            request,
            deed,
            grant.user_id,
            role=grant.role,
            organisation=grant.organisation_id,
            region=grant.region_id,
            until=until,
        )
