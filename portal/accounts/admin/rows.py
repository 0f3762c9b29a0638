"""Rows about a place, which lists call by its name."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lessons.words import in_language, reader_language
from portal.accounts.models import OrganisationText, RegionText


def name_of(place: str, text: type[OrganisationText | RegionText], outer: str) -> Subquery:
    return in_language(text.objects.all(), place, "name", reader_language(), outer)


class OfOrganisation(admin.ModelAdmin):
    """Rows about an organisation, which lists call by its name."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        name = name_of("organisation", OrganisationText, "organisation")
        return super().get_queryset(request).annotate(organisation_name=name)

    @admin.display(description=_("organisation"), ordering="organisation_name")
    def of_organisation(self, row: Any) -> str:
        return row.organisation_name or str(row.organisation or "")


class OfRegion(admin.ModelAdmin):
    """Rows about a region, which lists call by its name."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).annotate(region_name=name_of("region", RegionText, "region"))

    @admin.display(description=_("region"), ordering="region_name")
    def of_region(self, row: Any) -> str:
        return row.region_name or str(row.region or "")
