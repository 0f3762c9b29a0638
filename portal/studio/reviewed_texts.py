"""The texts of a release, each beside what readers have now."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString

from lessons.markdown import MarkdownFault
from lessons.markdown.figures import shown_in
from lessons.models import PUBLIC, Revision
from portal.studio.changes import changes_in
from portal.studio.comparison import Change
from portal.studio.drafts import Written
from portal.studio.languages import direction, language_name
from portal.studio.models import Release
from portal.studio.narration.shown import NarrationReview, reviews_of
from portal.studio.rendering import facts_by_language, filled_html, rendered


@dataclass(frozen=True)
class TextReview:
    """A lesson's text in one language. `html` is what readers would get, `before` what they had until then."""

    revision: Revision
    name: str
    direction: str
    html: SafeString
    before: SafeString
    faults: list[MarkdownFault]
    changes: list[Change]
    sources: list[str]
    url: str
    narration: NarrationReview | None
    former: Revision | None = None

    @property
    def language(self) -> str:
        return self.revision.text.language

    @property
    def heads(self) -> list[Change]:
        """What is different in what stands above and below the text."""
        return [change for change in self.changes[:-1] if not change.unchanged]

    @property
    def changed(self) -> list[Change]:
        return [change for change in self.changes if not change.unchanged]


def reviewed_texts(release: Release, lessons: Collection[int | None] | None = None) -> list[TextReview]:
    """All of them, or those of these lessons. Six queries and one a language, however many texts there are."""
    rows = release.revisions.select_related("text__lesson", "author").prefetch_related("citations__source")
    if lessons is not None:
        rows = rows.filter(text__lesson__in=[pk for pk in lessons if pk])
    revisions = list(rows.order_by("text__lesson__key", "text"))
    former = _former(revisions)
    pictures = shown_in(revisions)
    results = {revision.pk: rendered(revision, pictures[revision.pk]) for revision in revisions}
    htmls = [(revision.text.language, results[revision.pk][0]) for revision in revisions]
    facts = facts_by_language([*htmls, *((old.text.language, old.html) for old in former.values())])
    voices = reviews_of((revision, former.get(revision.pk)) for revision in revisions)
    return [
        _text(revision, former.get(revision.pk), *results[revision.pk], facts, voices.get(revision.pk))
        for revision in revisions
    ]


def _former(revisions: Iterable[Revision]) -> dict[int, Revision]:
    """By id of ours the last revision that readers of its profile had before it."""
    ours = list(revisions)
    public = Revision.objects.filter(text__in=[new.text_id for new in ours], state__in=PUBLIC).select_related("text")
    return {new.pk: old for old in public.order_by("number") for new in ours if _came_before(old, new)}


def _came_before(old: Revision, new: Revision) -> bool:
    same_readers = old.profile in ("", new.profile) or not new.profile
    return old.text_id == new.text_id and old.number < new.number and same_readers


def _text(
    revision: Revision,
    former: Revision | None,
    html: str,
    faults: list[MarkdownFault],
    facts: Mapping[str, Mapping[str, str]],
    narration: NarrationReview | None,
) -> TextReview:
    language = revision.text.language
    known = facts.get(language, {})
    return TextReview(
        revision,
        language_name(language),
        direction(language),
        filled_html(html, known),
        filled_html(former.html.replace(' id="part-', ' id="until-now-') if former else "", known),
        faults,
        changes_in(Written.of(former) if former else None, Written.of(revision)),
        [str(citation.source.title) for citation in revision.citations.all()],
        reverse("studio:preview", kwargs={"lesson": revision.text.lesson.slug}) + f"?language={language}",
        narration,
        former,
    )
