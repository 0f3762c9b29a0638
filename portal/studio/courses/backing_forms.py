"""The form of the works that a lesson cites, and of one that the portal does not know yet."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lessons.addresses import address_from
from lessons.models import Source
from portal.studio.courses.fields import line_of
from portal.studio.courses.lesson_parts import Backing, Cited
from portal.studio.languages import direction, language_name

NOTE = 300
YEARS = (1900, 2200)
NEW = ("title", "publisher", "year", "url")


class BackingForm(forms.Form):
    """Each work with a note in each language; one more that is there already, or that is new."""

    mark = forms.CharField(widget=forms.HiddenInput, required=False)
    review_due = forms.DateField(
        label=_("Review by"),
        required=False,
        widget=forms.DateInput({"type": "date", "dir": "ltr"}, format="%Y-%m-%d"),
        help_text=_("By then somebody looks whether it is still right."),
        error_messages={"invalid": _("Write a day, such as 2027-03-01.")},
    )
    add = forms.ChoiceField(label=_("Cite another work"), required=False)
    title = forms.CharField(label=_("Title"), required=False, max_length=300, widget=forms.TextInput({"dir": "auto"}))
    publisher = forms.CharField(
        label=_("Publisher"), required=False, max_length=200, widget=forms.TextInput({"dir": "auto"})
    )
    year = forms.IntegerField(label=_("Year"), required=False, min_value=YEARS[0], max_value=YEARS[1])
    url = forms.URLField(
        label=_("Address on the web"),
        required=False,
        max_length=200,
        assume_scheme="https",
        widget=forms.URLInput({"dir": "ltr"}),
    )

    def __init__(
        self, data: Any = None, *, backing: Backing, works: Mapping[int, Source], languages: Sequence[str], mark: str
    ) -> None:
        super().__init__(data, initial={"review_due": backing.review_due, "mark": mark})
        self.works, self.languages = works, languages
        self.cited = [one for one in backing.cited if one.source in works]
        for one in self.cited:
            self._add_work(one)
        held = {one.source for one in self.cited}
        free = [(str(pk), str(_called(work))) for pk, work in works.items() if pk not in held]
        self.fields["add"].choices = [("", gettext("None")), *free]  # type: ignore[attr-defined]

    def _add_work(self, one: Cited) -> None:
        for language in self.languages:
            self.fields[f"note-{one.source}-{language}"] = forms.CharField(
                label=gettext("Note · %(language)s") % {"language": language_name(language)},
                required=False,
                max_length=NOTE,
                initial=one.notes.get(language, ""),
                widget=forms.TextInput({"lang": language, "dir": direction(language)}),
            )
        self.fields[f"out-{one.source}"] = forms.BooleanField(label=_("No longer cite it"), required=False)

    @property
    def lines(self) -> list[tuple[Source, list[forms.BoundField], forms.BoundField]]:
        """(work, its notes, the box to take it out) of what is cited."""
        return [
            (
                self.works[one.source],
                [self[f"note-{one.source}-{language}"] for language in self.languages],
                self[f"out-{one.source}"],
            )
            for one in self.cited
        ]

    @property
    def new_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in NEW]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if any(said.get(name) for name in NEW):
            for name in ("title", "publisher", "year"):
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, gettext("Write it: a work has a title, a publisher and a year."))
        return said

    def new_work(self, authority: str) -> Source | None:
        """The work that was described, kept; None where none was."""
        said = self.cleaned_data
        if not said.get("title"):
            return None
        keys = set(Source.objects.filter(authority=authority).values_list("key", flat=True))
        return Source.objects.create(
            authority=authority,
            key=address_from(f"{line_of(said['title'])[:40]} {said['year']}", keys, "source"),
            title=line_of(said["title"]),
            publisher=line_of(said["publisher"]),
            year=said["year"],
            url=said["url"],
        )

    def backing(self, new: Source | None) -> Backing:
        """What is wanted now."""
        said = self.cleaned_data
        kept = [
            Cited(one.source, {code: note for code in self._noted(one) if (note := self._note(one, code))})
            for one in self.cited
            if not said[f"out-{one.source}"]
        ]
        more = [int(said["add"])] if said["add"] else []
        more += [new.pk] if new else []
        due: date | None = said["review_due"]
        return Backing([*kept, *(Cited(pk, {}) for pk in more)], due)

    def _noted(self, one: Cited) -> list[str]:
        """The languages of the page, and others in which something was said before."""
        return [*self.languages, *(code for code in one.notes if code not in self.languages)]

    def _note(self, one: Cited, language: str) -> str:
        field = f"note-{one.source}-{language}"
        return line_of(self.cleaned_data[field]) if field in self.fields else one.notes.get(language, "")


def _called(work: Source) -> str:
    return f"{work.title} · {work.publisher} {work.year}"


def works_known(kept: Sequence[int]) -> dict[int, Source]:
    """Every work that may be cited: those that none has superseded, and those that are cited already."""
    standing = models.Q(superseded_by=None) | models.Q(pk__in=kept)
    return {work.pk: work for work in Source.objects.filter(standing).order_by("title", "pk")}
