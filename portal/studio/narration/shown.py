"""What the studio shows of the recorded voice of a text: to who writes the lesson, and to who reviews it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from lessons.models import Lesson, Narration, Revision
from lessons.narrations import NarrationView, has_moved_on, view_of
from portal.studio.changes import changes_in
from portal.studio.comparison import Change
from portal.studio.drafts import Written
from portal.studio.languages import InLanguage
from portal.studio.standing import Standing


@dataclass(frozen=True)
class NarrationLine(InLanguage):
    """One language of a lesson; `narration` is that of the text that an editor goes on from."""

    language: str
    url: str
    narration: NarrationView | None
    in_review: bool


def narrations_of(revisions: Iterable[Revision | None]) -> dict[int, Narration]:
    """By id of the revision. One query."""
    ids = [revision.pk for revision in revisions if revision]
    rows = Narration.objects.filter(revision__in=ids).select_related("recording")
    return {row.revision_id: row for row in rows}


def shown(narration: Narration | None, revision: Revision | None) -> NarrationView | None:
    """As readers would hear it if the revision went out now."""
    if narration is None or revision is None:
        return None
    return view_of(narration, words_changed=has_moved_on(narration, revision))


def narration_lines(lesson: Lesson, texts: Mapping[str, Standing]) -> list[NarrationLine]:
    """The languages in which there is something to read aloud. One query."""
    found = narrations_of(text.current for text in texts.values())
    return [
        NarrationLine(
            language,
            reverse("studio:narration", kwargs={"lesson": lesson.slug, "language": language}),
            shown(found.get(text.current.pk), text.current),
            text.in_review,
        )
        for language, text in texts.items()
        if text.current
    ]


def changes_since(narration: Narration | None, revision: Revision) -> list[Change]:
    """How the words differ from those that were recorded; [] where they do not, or where those are not known."""
    if narration is None or not narration.words or not has_moved_on(narration, revision):
        return []
    changes = changes_in(Written(**narration.words), Written.of(revision))
    return [change for change in changes if not change.unchanged]


@dataclass(frozen=True)
class NarrationReview:
    """A narration that is reviewed with its text, beside the one that readers hear now."""

    now: NarrationView | None
    before: NarrationView | None
    changes: list[Change] = field(default_factory=list)

    @property
    def standing(self) -> str:
        """In a sentence what would change for readers."""
        if self.now is None:
            return _("The recorded voice is taken away.")
        if self.before is None:
            return _("A recorded voice is new.")
        if self.now.url != self.before.url:
            return _("Another recording takes the place of the one that readers hear now.")
        return _("The recording is the one that readers hear now.")


def reviews_of(pairs: Iterable[tuple[Revision, Revision | None]]) -> dict[int, NarrationReview]:
    """By id of the new revision, of those that have a voice or had one; pairs are new and former. One query."""
    both = list(pairs)
    found = narrations_of(one for pair in both for one in pair)
    reviews = {}
    for new, old in both:
        now, before = found.get(new.pk), found.get(old.pk) if old else None
        if now or before:
            reviews[new.pk] = NarrationReview(shown(now, new), view_of(before), changes_since(now, new))
    return reviews
