from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lessons.admin.careful import Careful, Rows
from lessons.models import CourseEdition, State
from quizzes.draw_reasons import reasons_against_draw, reasons_against_rows
from quizzes.kinds import KINDS
from quizzes.models import DrawRow, Quiz, QuizQuestion

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


class DrawRowForm(forms.ModelForm):
    kind = forms.ChoiceField(
        label=_("kind"),
        required=False,
        choices=lambda: [("", "---------"), *((name, kind.called) for name, kind in KINDS.items())],
    )


class DrawRowSet(forms.BaseInlineFormSet):
    def clean(self) -> None:
        """Rows that fit the number of questions drawn, whatever the pool holds."""
        super().clean()
        kept = [form.cleaned_data for form in self.forms if form.is_valid() and not form.cleaned_data.get("DELETE")]
        counts = [data["count"] for data in kept if data.get("count")]
        total = sum(counts)
        if reasons := reasons_against_rows(self.instance.draw, [(total, "")] if counts else [], None):
            raise ValidationError(reasons)


class DrawRowInline(Rows):
    model = DrawRow
    form = DrawRowForm
    formset = DrawRowSet
    raw_id_fields = ("topic", "skill", "lesson", "module")
    fields = ("position", "count", "difficulty", "kind", "topic", "skill", "lesson", "module", "pool")


@admin.register(Quiz)
class QuizAdmin(Careful):
    """A check's rules hold for the attempts begun from now on; a final's are settled with its edition."""

    list_display = ("subject", "purpose", "pass_mark", "draw", "time_limit", "attempt_limit")
    list_filter = ("purpose",)
    search_fields = ("lesson__key", "edition__course__key")
    raw_id_fields = ("lesson", "edition")
    ordering = ("lesson__key", "edition__course__key", "pk")
    inlines = (DrawRowInline, QuizQuestionInline)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Quiz]:
        return super().get_queryset(request).select_related("lesson", "edition__course")

    def save_related(self, request: HttpRequest, form: forms.ModelForm, formsets: Any, change: bool) -> None:
        """A check's rules hold from now on, so what its pool cannot give is said now; a final's at its publishing."""
        super().save_related(request, form, formsets, change)
        quiz = form.instance
        rows = list(quiz.draw_rows.all()) if quiz.purpose == Quiz.Purpose.CHECK else []
        for reason in reasons_against_draw(quiz, rows) if rows else []:
            messages.warning(request, reason)

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
