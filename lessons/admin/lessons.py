from typing import Any

from django.contrib import admin
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lessons.admin.archive import Keeping
from lessons.admin.careful import LookedAt, RowsLookedAt
from lessons.models import Lesson, LessonText, Narration, Revision, RevisionMedia, RevisionSource, State
from lessons.search.indexing import lessons_changed
from lessons.words import preferring, reader_language


def _published(**which: Any) -> QuerySet[Revision]:
    return Revision.objects.filter(state=State.PUBLISHED, **which)


class LessonTextInline(RowsLookedAt):
    """The languages a lesson can be read in."""

    model = LessonText
    fields = ("language", "published")
    readonly_fields = ("published",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[LessonText]:
        title = Subquery(_published(text=OuterRef("pk")).values("title")[:1])
        return super().get_queryset(request).annotate(published=title)

    @admin.display(description=_("published"), empty_value="-")
    def published(self, text: Any) -> str | None:
        return text.published


@admin.register(Lesson)
class LessonAdmin(Keeping):
    list_display = ("key", "title", "slug", "minutes", "archived_at")
    search_fields = ("key", "slug", "texts__revisions__title")
    raw_id_fields = ("topics", "skills")
    inlines = (LessonTextInline,)

    def index(self, row: Lesson) -> None:
        lessons_changed([row.pk])

    def get_queryset(self, request: HttpRequest) -> QuerySet[Lesson]:
        titles = _published(text__lesson=OuterRef("pk")).order_by(preferring(reader_language(), "text__language"), "pk")
        return super().get_queryset(request).annotate(title=Subquery(titles.values("title")[:1]))

    @admin.display(description=_("title"), ordering="title")
    def title(self, lesson: Any) -> str:
        return lesson.title or ""


class RevisionSourceInline(RowsLookedAt):
    model = RevisionSource

    def get_queryset(self, request: HttpRequest) -> QuerySet[RevisionSource]:
        return super().get_queryset(request).select_related("source")


class RevisionMediaInline(RowsLookedAt):
    model = RevisionMedia

    def get_queryset(self, request: HttpRequest) -> QuerySet[RevisionMedia]:
        return super().get_queryset(request).select_related("media")


class NarrationInline(RowsLookedAt):
    model = Narration
    fields = ("recording", "narrator", "reads_text", "transcript", "words_changed")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Narration]:
        return super().get_queryset(request).select_related("recording")


@admin.register(Revision)
class RevisionAdmin(LookedAt):
    list_display = ("title", "lesson", "language", "profile", "number", "state", "saved_at")
    list_filter = ("state", "profile", "text__language")
    search_fields = ("title", "text__lesson__key", "text__lesson__slug")
    ordering = ("-saved_at", "-pk")
    inlines = (RevisionSourceInline, RevisionMediaInline, NarrationInline)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Revision]:
        return super().get_queryset(request).select_related("text__lesson", "author", "reviewer", "made_from")

    @admin.display(description=_("lesson"), ordering="text__lesson__key")
    def lesson(self, revision: Revision) -> str:
        return revision.text.lesson.key

    @admin.display(description=_("language"), ordering="text__language")
    def language(self, revision: Revision) -> str:
        return revision.text.language
