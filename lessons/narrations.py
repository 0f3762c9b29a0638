"""The narration of a text: what readers are told of it, and whether the words changed since it was recorded."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django.urls import reverse

from lessons.models import Narration, Revision

SPOKEN = ("title", "summary", "objective", "markdown")
KEPT = ("recording_id", "narrator", "reads_text", "transcript", "words")
TOLD = ("recording__sha256", "recording__file", "recording__mime", "recording__seconds", "recording__size")
OF_ROW = (*TOLD, "narrator", "transcript", "words_changed")


@dataclass(frozen=True)
class NarrationView:
    """A narration as a page plays it; `transcript` is empty where what is read is the text."""

    url: str
    mime: str
    seconds: int
    size: int
    narrator: str
    transcript: str
    words_changed: bool

    @property
    def megabytes(self) -> float:
        """With one decimal, and never nothing."""
        return max(0.1, round(self.size / 1_000_000, 1))


def sound_url(sha256: str, file: str) -> str:
    """The address of a recording; `file` is its path under the media folder."""
    return reverse("sound", kwargs={"sha256": sha256, "ext": PurePosixPath(file).suffix.removeprefix(".")})


def view_of(narration: Narration | None, *, words_changed: bool | None = None) -> NarrationView | None:
    """How a page plays it; `words_changed` is said where publishing has not settled it yet."""
    if narration is None:
        return None
    kept = narration.recording
    changed = narration.words_changed if words_changed is None else words_changed
    url = sound_url(kept.sha256, kept.file)
    return NarrationView(url, kept.mime, kept.seconds, kept.size, narration.narrator, narration.transcript, changed)


def view_in(row: Mapping[str, Any]) -> NarrationView | None:
    """The same from a row of a revision's values, named `narration__…` (see `OF_ROW`)."""
    sha256, file, mime, seconds, size, *said = (row[f"narration__{name}"] for name in OF_ROW)
    return NarrationView(sound_url(sha256, file), mime, seconds, size, *said) if sha256 else None


def narration_of(revision: Revision | None) -> Narration | None:
    """The narration with its recording; None where there is none. One query."""
    if revision is None or revision.pk is None:
        return None
    return Narration.objects.filter(revision=revision).select_related("recording").first()


def words_of(revision: Revision) -> dict[str, str]:
    """What somebody who reads the text aloud has before them."""
    return {name: getattr(revision, name) for name in SPOKEN}


def has_moved_on(narration: Narration, revision: Revision) -> bool:
    """Whether the words are others than when it was recorded; white space is not heard."""
    return _heard(narration.words) != _heard(words_of(revision))


def _heard(words: Mapping[str, str]) -> list[list[str]]:
    return [words.get(name, "").split() for name in SPOKEN]


def carry_on(begun: Mapping[int, Revision]) -> None:
    """New texts go on with the narration of those they were begun from, which are named by id."""
    former = Narration.objects.filter(revision__in=list(begun))
    Narration.objects.bulk_create(
        Narration(revision=begun[row.revision_id], **{name: getattr(row, name) for name in KEPT}) for row in former
    )


def settle_narrations(revisions: Collection[int]) -> None:
    """At publishing: readers are told where the words are no longer those that are heard."""
    rows = list(Narration.objects.filter(revision__in=list(revisions)).select_related("revision"))
    for row in rows:
        row.words_changed = has_moved_on(row, row.revision)
    if rows:
        Narration.objects.bulk_update(rows, ["words_changed"])
