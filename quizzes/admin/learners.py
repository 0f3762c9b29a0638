from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from quizzes.admin.searching import OfLearners
from quizzes.models import (
    Completion,
    CourseProgress,
    Learner,
    LessonProgress,
    ProgressEvent,
)


@admin.register(Learner)
class LearnerAdmin(OfLearners):
    key = "pk"
    address = "user__email"
    list_display = ("id", "user", "merged_into", "created_at", "seen_on")
    list_filter = (("user", admin.EmptyFieldListFilter), ("merged_into", admin.EmptyFieldListFilter))
    ordering = ("-seen_on", "-created_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Learner]:
        return super().get_queryset(request).select_related("user", "merged_into")


class _InACourse(OfLearners):
    related: tuple[str, ...] = ("learner", "course", "edition__course")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related(*self.related)


@admin.register(ProgressEvent)
class ProgressEventAdmin(_InACourse):
    related = (*_InACourse.related, "lesson", "attempt")
    list_display = ("day", "learner", "verb", "course", "lesson")
    list_filter = ("verb", "course")


@admin.register(Completion)
class CompletionAdmin(_InACourse):
    related = (*_InACourse.related, "attempt")
    list_display = ("completed_on", "learner", "course", "expires_on")
    list_filter = ("course",)


@admin.register(CourseProgress)
class CourseProgressAdmin(_InACourse):
    related = (*_InACourse.related, "last_lesson")
    list_display = ("learner", "course", "started_on", "active_on", "passed", "completed_on", "expires_on")
    list_filter = ("course",)


@admin.register(LessonProgress)
class LessonProgressAdmin(OfLearners):
    list_display = ("learner", "lesson", "read_on", "passed_on", "best")

    def get_queryset(self, request: HttpRequest) -> QuerySet[LessonProgress]:
        return super().get_queryset(request).select_related("learner", "lesson")
