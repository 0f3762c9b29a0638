from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lessons.admin.archive import Keeping
from lessons.admin.careful import LookedAt, Rows, RowsLookedAt
from quizzes.models import Question, QuestionSkill, QuestionText, QuestionVersion


class QuestionSkillInline(Rows):
    model = QuestionSkill
    raw_id_fields = ("skill",)
    fields = ("skill", "named", "weight")
    readonly_fields = ("named",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[QuestionSkill]:
        return super().get_queryset(request).select_related("skill")

    @admin.display(description=_("skill"))
    def named(self, weight: QuestionSkill) -> str:
        return str(weight.skill) if weight.skill_id else ""


class QuestionVersionInline(RowsLookedAt):
    model = QuestionVersion
    fields = ("number", "kind", "critical", "state", "published_at")
    show_change_link = True


@admin.register(Question)
class QuestionAdmin(Keeping):
    list_display = ("key", "lesson", "profile", "position", "archived_at")
    list_filter = (*Keeping.list_filter, "profile")
    list_select_related = ("lesson",)
    search_fields = ("key", "lesson__key", "versions__texts__words__stem")
    raw_id_fields = ("lesson",)
    ordering = ("lesson__key", "position", "pk")
    inlines = (QuestionSkillInline, QuestionVersionInline)


class QuestionTextInline(RowsLookedAt):
    model = QuestionText
    fields = ("language", "number", "state", "words")
    show_change_link = True


@admin.register(QuestionVersion)
class QuestionVersionAdmin(LookedAt):
    list_display = ("question", "number", "kind", "critical", "state", "published_at")
    list_filter = ("state", "kind", "critical")
    search_fields = ("question__key", "question__lesson__key")
    ordering = ("question__key", "-number")
    inlines = (QuestionTextInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[QuestionVersion]:
        return super().get_queryset(request).select_related("question", "author", "reviewer")


@admin.register(QuestionText)
class QuestionTextAdmin(LookedAt):
    list_display = ("__str__", "question", "language", "number", "state", "published_at")
    list_filter = ("state", "language")
    search_fields = ("version__question__key", "words__stem")
    ordering = ("version__question__key", "language", "-number")

    def get_queryset(self, request: HttpRequest) -> QuerySet[QuestionText]:
        return super().get_queryset(request).select_related("version__question", "author", "reviewer")

    @admin.display(description=_("question"), ordering="version__question__key")
    def question(self, text: Any) -> str:
        return str(text.version.question)
