from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lessons.admin.careful import AtMost
from portal.accounts.admin.closing import ClosesAccounts
from portal.accounts.admin_forms import NewUserForm, PeriodForm, UserForm
from portal.accounts.audit import record
from portal.accounts.lost_device import remove_factors
from portal.accounts.models import Membership, Residence, User

MOST = 100  # people at once: each is written to


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


class LanguageFilter(admin.SimpleListFilter):
    """The languages of the portal; which of them people have is not looked up among a million."""

    title = _("language")
    parameter_name = "language"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(settings.LANGUAGES)

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        return queryset.filter(language=self.value()) if self.value() else queryset


@admin.register(User)
class PersonAdmin(ClosesAccounts, UserAdmin):
    """People. An account is closed, and erased some days later: deleting it here would leave its answers behind."""

    form = UserForm
    add_form = NewUserForm
    ordering = ("email",)
    list_display = ("known_by", "display_name", "language", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "is_staff", "is_superuser", LanguageFilter)
    search_fields = ("email", "display_name", "phone")
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")
    show_full_result_count = False
    paginator = AtMost
    inlines = (MembershipInline, ResidenceInline)
    fieldsets = (
        (None, {"fields": ("email", "phone", "password", "display_name", "language", "theme")}),
        (_("Rights"), {"fields": ("is_active", "is_staff", "is_superuser")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"fields": ("email", "usable_password", "password1", "password2")}),)

    actions = ("remove_second_factors",)

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

    @admin.action(description=_("Remove the second factors of people who lost their device"), permissions=("change",))
    def remove_second_factors(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Only of those whom the administrator may change: nobody opens the account of a superuser this way."""
        people = [person for person in queryset[:MOST] if self.has_change_permission(request, person)]
        removed = sum(remove_factors(request, person) for person in people)
        self.message_user(request, gettext("Second factors removed: %(count)s") % {"count": removed})

    def save_model(self, request: HttpRequest, obj: User, form: forms.ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        record(request, "person.changed" if change else "person.added", obj.pk, fields=sorted(form.changed_data))
