from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lessons import deeds
from lessons.admin.careful import Careful, Rows
from lessons.admin.first_minute import TopicSourceInline, TopicTextInline, card_of
from lessons.models import GlossaryTerm, GlossaryText, Skill, SkillText, Source, Topic, TopicText
from lessons.search.indexing import lessons_changed, terms_changed, topic_changed
from lessons.words import in_language, reader_language


class _Named(Careful):
    """Rows with a name in the language of the page; `texts` says (model, its key to the row, its field)."""

    texts: tuple[Any, str, str]
    ordering: ClassVar[Any] = ("key",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        model, owner, field = self.texts
        name = in_language(model.objects.all(), owner, field, reader_language())
        return super().get_queryset(request).annotate(name=name)

    @admin.display(description=_("name"), ordering="name")
    def name(self, row: Any) -> str:
        return row.name or ""


@admin.register(Topic)
class TopicAdmin(_Named):
    """Topics and their cards. Whoever changes a card stands in the audit log with the words before and after."""

    texts = (TopicText, "topic", "name")
    list_display = ("key", "name", "slug", "urgent", "position")
    list_filter = ("urgent",)
    search_fields = ("key", "slug", "texts__name")
    raw_id_fields = ("related",)
    ordering = ("position", "pk")
    inlines = (TopicTextInline, TopicSourceInline)

    def save_related(self, request: HttpRequest, form: forms.ModelForm, formsets: Any, change: bool) -> None:
        topic, before = form.instance, card_of(form.instance)
        before["call_when"] = form.initial.get("call_when", topic.call_when)
        super().save_related(request, form, formsets, change)
        after = card_of(topic)
        if after != before:
            self._changed(request, topic, signed_anew="expert_on" in form.changed_data)
            deeds.record(request, "topic.card_changed", topic.key, before=before, after=after)
        if {"expert", "expert_on"} & set(form.changed_data):
            deeds.record(request, "topic.card_signed", topic.key, expert=topic.expert, on=str(topic.expert_on or ""))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        deeds.record(request, "topic.removed", obj.key, before=card_of(obj))
        lessons = set(obj.lessons.values_list("pk", flat=True))
        super().delete_model(request, obj)
        lessons_changed(lessons)

    def _changed(self, request: HttpRequest, topic: Topic, *, signed_anew: bool) -> None:
        signed = topic.expert
        topic.card_changed(timezone.localdate(), signed_anew=signed_anew)
        if signed and not topic.expert:
            message = _(
                "The card has other words now, so “%(expert)s” has not signed it. It awaits an expert's review."
            )
            self.message_user(request, message % {"expert": signed}, messages.WARNING)

    def index(self, row: Topic) -> None:
        topic_changed(row.pk)


class SkillTextInline(Rows):
    model = SkillText


@admin.register(Skill)
class SkillAdmin(_Named):
    texts = (SkillText, "skill", "name")
    list_display = ("key", "name", "parent")
    list_filter = (("parent", admin.EmptyFieldListFilter),)
    list_select_related = ("parent",)
    search_fields = ("key", "texts__name")
    raw_id_fields = ("parent",)
    inlines = (SkillTextInline,)


class GlossaryTextInline(Rows):
    model = GlossaryText


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(_Named):
    texts = (GlossaryText, "glossary_term", "term")
    list_display = ("key", "name")
    search_fields = ("key", "texts__term")
    inlines = (GlossaryTextInline,)

    def index(self, row: GlossaryTerm) -> None:
        terms_changed()


@admin.register(Source)
class SourceAdmin(Careful):
    list_display = ("key", "title", "publisher", "year")
    list_filter = ("year",)
    search_fields = ("key", "title", "publisher")
    ordering = ("key",)
    raw_id_fields = ("superseded_by",)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "url":
            kwargs["assume_scheme"] = "https"
        return super().formfield_for_dbfield(db_field, request, **kwargs)
