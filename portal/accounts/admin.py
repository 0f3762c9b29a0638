from datetime import date
from typing import Any

import allauth.mfa.admin  # noqa: F401 - registers what is replaced below
import django_tasks_db.admin  # noqa: F401 - registers what nobody may look at
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import QuerySet, Subquery
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from lessons.words import in_language, reader_language
from portal.accounts.admin_forms import GrantForm, NewUserForm, PeriodForm, UserForm
from portal.accounts.assignments import proposed_due
from portal.accounts.audit import record
from portal.accounts.deeds import named
from portal.accounts.models import (
    Assignment,
    AuditEntry,
    Membership,
    Organisation,
    OrganisationText,
    Region,
    RegionText,
    Residence,
    RoleGrant,
    User,
)
from portal.language.formats import day

admin.site.unregister(Authenticator)
admin.site.unregister(Group)  # who may do what is said by roles, which hold over a place and for a time
admin.site.unregister(DBTaskResult)  # a letter on its way holds the code that logs its reader in


def _name_of(place: str, text: type[OrganisationText | RegionText], outer: str) -> Subquery:
    return in_language(text.objects.all(), place, "name", reader_language(), outer)


class _OfOrganisation(admin.ModelAdmin):
    """Rows about an organisation, which lists call by its name."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        name = _name_of("organisation", OrganisationText, "organisation")
        return super().get_queryset(request).annotate(organisation_name=name)

    @admin.display(description=_("organisation"), ordering="organisation_name")
    def of_organisation(self, row: Any) -> str:
        return row.organisation_name or str(row.organisation or "")


class _OfRegion(admin.ModelAdmin):
    """Rows about a region, which lists call by its name."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).annotate(region_name=_name_of("region", RegionText, "region"))

    @admin.display(description=_("region"), ordering="region_name")
    def of_region(self, row: Any) -> str:
        return row.region_name or str(row.region or "")


class MembershipInline(admin.TabularInline):
    model = Membership
    form = PeriodForm
    autocomplete_fields = ("organisation",)
    extra = 0


class ResidenceInline(admin.TabularInline):
    model = Residence
    form = PeriodForm
    autocomplete_fields = ("region",)
    extra = 0


@admin.register(User)
class PersonAdmin(UserAdmin):
    """People. An account is closed, not deleted: deleting would leave its answers behind, without their name."""

    form = UserForm
    add_form = NewUserForm
    ordering = ("email",)
    list_display = ("known_by", "display_name", "language", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "is_staff", "is_superuser", "language")
    search_fields = ("email", "display_name", "phone")
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")
    show_full_result_count = False
    inlines = (MembershipInline, ResidenceInline)
    fieldsets = (
        (None, {"fields": ("email", "phone", "password", "display_name", "language", "theme")}),
        (_("Rights"), {"fields": ("is_active", "is_staff", "is_superuser")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"fields": ("email", "usable_password", "password1", "password2")}),)

    def get_inlines(self, request: HttpRequest, obj: User | None = None) -> Any:
        return self.inlines if obj else ()

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Only a superuser makes others superusers or lets them in here."""
        kept = () if request.user.is_superuser else ("is_staff", "is_superuser")
        return (*self.readonly_fields, *kept)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Who is no superuser does not change one, nor set their password."""
        return super().has_change_permission(request, obj) and (
            obj is None or request.user.is_superuser or not obj.is_superuser
        )

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    @admin.display(description=_("e-mail address"), ordering="email")
    def known_by(self, person: User) -> str:
        return person.email or person.phone or gettext("Person %(number)s") % {"number": person.pk}

    def save_model(self, request: HttpRequest, obj: User, form: forms.ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        record(request, "person.changed" if change else "person.added", obj.pk, fields=sorted(form.changed_data))


@admin.register(RoleGrant)
class RoleGrantAdmin(_OfOrganisation, _OfRegion):
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


class _InTree(admin.ModelAdmin):
    named: tuple[type[OrganisationText | RegionText], str]
    list_display = ("name", "code", "above")
    list_select_related = ("parent",)
    search_fields = ("code", "texts__name")
    autocomplete_fields = ("parent",)
    ordering = ("code",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        text, owner = self.named
        names = {"own_name": _name_of(owner, text, "pk"), "name_above": _name_of(owner, text, "parent")}
        return super().get_queryset(request).annotate(**names)

    @admin.display(description=_("name"), ordering="own_name")
    def name(self, place: Any) -> str:
        return place.own_name or place.code

    @admin.display(description=_("part of"), ordering="name_above")
    def above(self, place: Any) -> str:
        return place.name_above or str(place.parent or "")

    def formfield_for_foreignkey(self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "parent":
            kwargs["label"] = _("Part of")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class OrganisationTextInline(admin.TabularInline):
    model = OrganisationText
    extra = 0


class RegionTextInline(admin.TabularInline):
    model = RegionText
    extra = 0


@admin.register(Organisation)
class OrganisationAdmin(_InTree):
    named = (OrganisationText, "organisation")
    inlines = (OrganisationTextInline,)


@admin.register(Region)
class RegionAdmin(_InTree):
    named = (RegionText, "region")
    inlines = (RegionTextInline,)


@admin.register(Membership)
class MembershipAdmin(_OfOrganisation):
    form = PeriodForm
    list_display = ("user", "of_organisation", "from_day", "to_day")
    list_select_related = ("user", "organisation")
    search_fields = ("user__email", "user__display_name", "organisation__code", "organisation__texts__name")
    autocomplete_fields = ("user", "organisation")
    show_full_result_count = False


@admin.register(Residence)
class ResidenceAdmin(_OfRegion):
    form = PeriodForm
    list_display = ("user", "of_region", "from_day", "to_day")
    list_select_related = ("user", "region")
    search_fields = ("user__email", "user__display_name", "region__code")
    autocomplete_fields = ("user", "region")
    show_full_result_count = False


@admin.register(Assignment)
class AssignmentAdmin(_OfOrganisation):
    list_display = ("of_organisation", "course", "due_on", "assigned_by")
    list_select_related = ("organisation", "course", "assigned_by")
    search_fields = ("organisation__code", "course__key")
    autocomplete_fields = ("organisation",)
    raw_id_fields = ("course",)
    readonly_fields = ("assigned_by",)

    def get_form(self, request: HttpRequest, obj: Assignment | None = None, change: bool = False, **kwargs: Any) -> Any:
        if not change:
            kwargs["help_texts"] = {"due_on": _("Left empty, it is the day that the course proposes, if it does.")}
        return super().get_form(request, obj, change, **kwargs)

    def save_model(self, request: HttpRequest, obj: Assignment, form: forms.ModelForm, change: bool) -> None:
        if not change and isinstance(request.user, User):
            obj.assigned_by = request.user
            obj.due_on = obj.due_on or self._proposed(request, obj)
        super().save_model(request, obj, form, change)

    def _proposed(self, request: HttpRequest, obj: Assignment) -> date | None:
        """The last day that the course proposes, of which whoever adds the line is told."""
        due = proposed_due(obj.course.due_days, timezone.localdate())
        if due:
            message = gettext("The last day is %(day)s, as the course proposes. It can be changed.")
            self.message_user(request, message % {"day": day(due)}, messages.INFO)
        return due


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

    def delete_model(self, request: HttpRequest, obj: Authenticator) -> None:
        record(request, "second_factor.removed", obj.user_id, type=obj.type)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Authenticator]) -> None:
        for authenticator in queryset:
            record(request, "second_factor.removed", authenticator.user_id, type=authenticator.type)
        super().delete_queryset(request, queryset)
