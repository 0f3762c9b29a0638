from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.accounts.admin.rows import name_of
from portal.accounts.models import Organisation, OrganisationText, Region, RegionText


class _InTree(admin.ModelAdmin):
    named: tuple[type[OrganisationText | RegionText], str]
    list_display = ("name", "code", "above")
    list_select_related = ("parent",)
    search_fields = ("code", "texts__name")
    autocomplete_fields = ("parent",)
    ordering = ("code",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        text, owner = self.named
        names = {"own_name": name_of(owner, text, "pk"), "name_above": name_of(owner, text, "parent")}
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
