from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lessons.admin.careful import Careful, Rows, RowsLookedAt
from lessons.models import LocalFact, LocalFactText, LocalFactValue
from lessons.search.indexing import facts_changed


class LocalFactTextInline(Rows):
    model = LocalFactText


class LocalFactValueInline(RowsLookedAt):
    model = LocalFactValue
    fields = ("language", "value", "state", "published_at")
    show_change_link = True


@admin.register(LocalFact)
class LocalFactAdmin(Careful):
    """What lessons refer to by its key, so it is not deleted; its value is published with a release."""

    list_display = ("key", "kind", "authority")
    list_filter = ("kind",)
    search_fields = ("key", "texts__label")
    inlines = (LocalFactTextInline, LocalFactValueInline)

    def index(self, row: LocalFact) -> None:
        facts_changed([row.key])

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(LocalFactValue)
class LocalFactValueAdmin(Careful):
    """A draft of a value; whoever saved it last is its author."""

    list_display = ("fact", "language", "value", "state", "author", "published_at")
    list_filter = ("state",)
    list_select_related = ("fact", "author")
    search_fields = ("fact__key", "value")
    raw_id_fields = ("fact",)
    ordering = ("fact__key", "language", "-pk")
    fields = ("fact", "language", "value", *("state", "author", "reviewer", "published_at", "superseded_at"))

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "language":
            kwargs["help_text"] = _("Empty where the value is the same in every language.")
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_queryset(self, request: HttpRequest) -> QuerySet[LocalFactValue]:
        return super().get_queryset(request).select_related("fact", "author", "reviewer")

    def save_model(self, request: HttpRequest, obj: LocalFactValue, form: forms.ModelForm, change: bool) -> None:
        obj.author_id = request.user.pk
        super().save_model(request, obj, form, change)
