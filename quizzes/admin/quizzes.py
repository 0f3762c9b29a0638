from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lessons.admin.careful import Careful, Rows
from lessons.models import CourseEdition, State
from quizzes.models import Quiz, QuizQuestion

SUBJECT = ("purpose", "lesson", "edition")


class QuizQuestionInline(Rows):
    model = QuizQuestion
    raw_id_fields = ("question",)
    fields = ("position", "question", "named", "pool", "points")
    readonly_fields = ("named",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[QuizQuestion]:
        return super().get_queryset(request).select_related("question")

    @admin.display(description=_("question"))
    def named(self, entry: QuizQuestion) -> str:
        return str(entry.question) if entry.question_id else ""


@admin.register(Quiz)
class QuizAdmin(Careful):
    """A check's rules hold for the attempts begun from now on; a final's are settled with its edition."""

    list_display = ("subject", "purpose", "pass_mark", "draw", "time_limit", "attempt_limit")
    list_filter = ("purpose",)
    search_fields = ("lesson__key", "edition__course__key")
    raw_id_fields = ("lesson", "edition")
    ordering = ("lesson__key", "edition__course__key", "pk")
    inlines = (QuizQuestionInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Quiz]:
        return super().get_queryset(request).select_related("lesson", "edition__course")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*super().get_readonly_fields(request, obj), *(SUBJECT if obj else ()))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "edition":
            kwargs["queryset"] = CourseEdition.objects.filter(state=State.DRAFT)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description=_("quiz"))
    def subject(self, quiz: Quiz) -> str:
        return str(quiz.lesson or quiz.edition)
