"""The card's words in the administration: checked as a whole, in every language."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lessons.admin.careful import Rows
from lessons.filling import facts_in
from lessons.first_minute import check_agreement, lines_of
from lessons.models import LocalFact, Topic, TopicSource, TopicText


def card_of(topic: Topic) -> dict[str, Any]:
    """The card as readers have it: its words by language, and the works it rests on."""
    texts = topic.texts.exclude(first_minute="").order_by("language")
    return {
        "words": {text.language: lines_of(text.first_minute) for text in texts},
        "call_when": topic.call_when,
        "sources": list(dict.fromkeys(topic.citations.values_list("source__key", flat=True))),
    }


class CardFormSet(BaseInlineFormSet):
    """The card in every language at once."""

    def clean(self) -> None:
        super().clean()
        kept = [form for form in self.forms if form not in self.deleted_forms and form.cleaned_data]
        cards = {form: form.cleaned_data.get("first_minute", "") for form in kept if form.is_valid()}
        self._refuse_unknown_facts(cards)
        if any(cards.values()) and not any(form.errors for form in kept):
            try:
                check_agreement(len(lines_of(card)) for card in cards.values())
            except ValidationError as fault:
                for form in cards:
                    form.add_error("first_minute", fault)

    def _refuse_unknown_facts(self, cards: dict[Any, str]) -> None:
        named = {key for card in cards.values() for key in facts_in(card)}
        unknown = named - set(LocalFact.objects.filter(key__in=named).values_list("key", flat=True))
        for form, card in cards.items():
            for key in sorted(facts_in(card) & unknown):
                message = _("There is no local fact “%(key)s”. Add it, or correct its name.") % {"key": key}
                form.add_error("first_minute", message)


class TopicTextInline(Rows):
    model = TopicText
    formset = CardFormSet

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "first_minute":
            kwargs["widget"] = forms.Textarea({"rows": 6, "cols": 40, "dir": "auto"})
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class TopicSourceInline(Rows):
    model = TopicSource
    raw_id_fields = ("source",)
    fields = ("source", "named", "note", "note_language", "position")
    readonly_fields = ("named",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[TopicSource]:
        return super().get_queryset(request).select_related("source")

    @admin.display(description=gettext_lazy("title"))
    def named(self, citation: TopicSource) -> str:
        return citation.source.title if citation.source_id else ""
