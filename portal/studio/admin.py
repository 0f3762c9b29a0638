from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from lessons.admin.careful import Careful, RowsLookedAt
from lessons.models import State
from portal.studio.models import Comment, Release

CONTENTS = ("revisions", "versions", "texts", "editions", "facts")


class CommentInline(RowsLookedAt):
    model = Comment
    fields = ("at", "author", "sent_back", "text")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Comment]:
        return super().get_queryset(request).select_related("author")


@admin.register(Release)
class ReleaseAdmin(Careful):
    """Drafts that go out together: put together here or in the studio, sent to review and published only there."""

    list_display = ("title", "state", "author", "reviewer", "created_at", "published_at")
    list_filter = ("state",)
    search_fields = ("title", "author__email")
    raw_id_fields = CONTENTS
    readonly_fields = ("publish_at",)
    ordering = ("-created_at", "-pk")
    inlines = (CommentInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Release]:
        return super().get_queryset(request).select_related("author", "reviewer")

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        drafts = db_field.related_model.objects.filter(state=State.DRAFT)
        return super().formfield_for_manytomany(db_field, request, queryset=drafts, **kwargs)

    def save_model(self, request: HttpRequest, obj: Release, form: forms.ModelForm, change: bool) -> None:
        if not change:
            obj.author_id = request.user.pk
        super().save_model(request, obj, form, change)
