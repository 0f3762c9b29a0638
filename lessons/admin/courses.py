from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lessons.admin.archive import Keeping
from lessons.admin.careful import ByLanguageCode, Careful, Rows
from lessons.models import (
    Course,
    CourseEdition,
    EditionCover,
    EditionSource,
    EditionText,
    Module,
    ModuleText,
    Placement,
)
from lessons.search.indexing import courses_changed
from lessons.words import preferring, reader_language


@admin.register(Course)
class CourseAdmin(Keeping):
    list_display = ("key", "title", "slug", "position", "archived_at")
    search_fields = ("key", "slug", "editions__texts__title")
    raw_id_fields = ("topics", "take_first")

    def index(self, row: Course) -> None:
        courses_changed([row.pk])

    def get_queryset(self, request: HttpRequest) -> QuerySet[Course]:
        texts = EditionText.objects.filter(edition__course=OuterRef("pk"))
        latest = texts.order_by(preferring(reader_language()), "-edition__number", "pk")
        return super().get_queryset(request).annotate(title=Subquery(latest.values("title")[:1]))

    @admin.display(description=_("title"), ordering="title")
    def title(self, course: Any) -> str:
        return course.title or ""


class EditionTextInline(ByLanguageCode, admin.StackedInline):
    model = EditionText
    extra = 0


class EditionSourceInline(Rows):
    model = EditionSource
    raw_id_fields = ("source",)
    verbose_name, verbose_name_plural = _("source"), _("sources")
    fields = ("source", "named", "position")
    readonly_fields = ("named",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[EditionSource]:
        return super().get_queryset(request).select_related("source")

    @admin.display(description=_("title"))
    def named(self, citation: EditionSource) -> str:
        return citation.source.title if citation.source_id else ""


class EditionCoverInline(Rows):
    model = EditionCover
    raw_id_fields = ("media",)


class ModuleInline(Rows):
    model = Module
    show_change_link = True


class PlacementInline(Rows):
    """The lessons in their order; a lesson stands in one of this edition's own modules."""

    model = Placement
    raw_id_fields = ("lesson",)
    fields = ("position", "module", "lesson", "named")
    readonly_fields = ("named",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Placement]:
        return super().get_queryset(request).select_related("lesson", "module")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name != "module":
            return super().formfield_for_foreignkey(db_field, request, **kwargs)
        modules = Module.objects.filter(edition=request.resolver_match.kwargs.get("object_id"))  # type: ignore[union-attr]
        field = super().formfield_for_foreignkey(db_field, request, queryset=modules, **kwargs)
        field.choices = [("", "---------"), *((module.pk, str(module)) for module in modules)]
        return field

    @admin.display(description=_("lesson"))
    def named(self, placement: Placement) -> str:
        return str(placement.lesson) if placement.lesson_id else ""


@admin.register(CourseEdition)
class CourseEditionAdmin(Careful):
    """A draft is laid out here, first its modules, then the lessons in them; a release publishes it."""

    list_display = ("course", "label", "number", "state", "published_at")
    list_filter = ("state",)
    search_fields = ("course__key", "label", "texts__title")
    raw_id_fields = ("course",)
    ordering = ("course__key", "-number")

    def get_queryset(self, request: HttpRequest) -> QuerySet[CourseEdition]:
        return super().get_queryset(request).select_related("course", "author", "reviewer")

    def get_inlines(self, request: HttpRequest, obj: CourseEdition | None = None) -> Any:
        laid_out = (PlacementInline,) if obj else ()
        return (EditionTextInline, EditionCoverInline, EditionSourceInline, ModuleInline, *laid_out)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*super().get_readonly_fields(request, obj), *(("course",) if obj else ()))

    def save_model(self, request: HttpRequest, obj: CourseEdition, form: forms.ModelForm, change: bool) -> None:
        if not change:
            last = CourseEdition.objects.filter(course=obj.course_id).aggregate(last=Max("number"))["last"]
            obj.number = (last or 0) + 1
        obj.author_id = request.user.pk
        super().save_model(request, obj, form, change)


class ModuleTextInline(Rows):
    model = ModuleText


@admin.register(Module)
class ModuleAdmin(Careful):
    """A module's words; modules are made with their edition."""

    list_display = ("key", "edition", "position")
    search_fields = ("key", "edition__course__key", "texts__title")
    ordering = ("edition__course__key", "-edition__number", "position")
    inlines = (ModuleTextInline,)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Module]:
        return super().get_queryset(request).select_related("edition__course")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*super().get_readonly_fields(request, obj), "edition")
