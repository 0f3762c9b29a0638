from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lessons.admin.careful import RowsLookedAt
from quizzes.admin.searching import OfLearners
from quizzes.models import Attempt, AttemptItem, Response


class AttemptItemInline(RowsLookedAt):
    model = AttemptItem
    fields = ("step", "version", "points", "shown_at", "fraction", "closed_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[AttemptItem]:
        return super().get_queryset(request).select_related("version__question")


@admin.register(Attempt)
class AttemptAdmin(OfLearners):
    list_display = ("id", "learner", "quiz", "state", "score", "passed", "begun_at")
    list_filter = ("state", "passed")
    exclude = ("nonce", "seed")
    ordering = ("-begun_at",)
    inlines = (AttemptItemInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Attempt]:
        return super().get_queryset(request).select_related("learner", "quiz", "edition__course")


@admin.register(Response)
class ResponseAdmin(OfLearners):
    key = "item__attempt"
    address = "item__attempt__learner__user__email"
    search_help_text = _("The key of an attempt, or the whole e-mail address of a person.")
    list_display = ("item", "sequence", "fraction", "language", "saved_at")
    list_filter = ("language", "confidence")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Response]:
        return super().get_queryset(request).select_related("item")
