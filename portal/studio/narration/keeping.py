"""The recorded voice of a lesson's draft: kept, changed and taken away, never over what somebody else did meanwhile."""

import hashlib
from dataclasses import dataclass

from django.db import transaction

from lessons.models import Lesson, Narration, Recording, Revision
from lessons.narrations import narration_of, words_of
from portal.accounts.audit import record
from portal.accounts.models import User
from portal.studio.authorship import sign
from portal.studio.drafts import ChangedMeanwhile, NotSaved, drafts_in
from portal.studio.standing import standings_of


class NothingWritten(NotSaved):
    """There is no text in this language that a voice could read."""


@dataclass(frozen=True)
class Said:
    """What a person says of a recording; `still_right`: it says what the text says now."""

    recording: Recording
    narrator: str
    reads_text: bool
    transcript: str
    still_right: bool = False


def mark_of(narration: Narration | None) -> str:
    """What a form is given out with; another one where something was changed since."""
    if narration is None:
        return ""
    told = (narration.recording.sha256, narration.narrator, str(narration.reads_text), narration.transcript)
    return hashlib.blake2b("\0".join(told).encode(), digest_size=12).hexdigest()


@transaction.atomic
def keep(lesson: Lesson, language: str, said: Said, mark: str, by: User) -> Revision:
    """The draft that is read aloud so from now on. Raises NothingWritten, UnderReview or ChangedMeanwhile."""
    draft, former = _draft(lesson, language, mark, by)
    recorded_now = former is None or former.recording != said.recording or said.still_right
    told = {
        "recording": said.recording,
        "narrator": said.narrator,
        "reads_text": said.reads_text,
        "transcript": said.transcript,
        "words": words_of(draft) if former is None or recorded_now else former.words,
    }
    Narration.objects.update_or_create(revision=draft, defaults=told)
    sign(draft, by)
    record(by, "narration.kept", f"{lesson} {language}", recording=said.recording.sha256)
    return draft


@transaction.atomic
def remove(lesson: Lesson, language: str, mark: str, by: User) -> bool:
    """Take the voice of the draft away; whether there was one. Raises as `keep` does."""
    draft, former = _draft(lesson, language, mark, by)
    if former is None:
        return False
    former.delete()
    sign(draft, by)
    record(by, "narration.removed", f"{lesson} {language}", recording=former.recording.sha256)
    return True


def _draft(lesson: Lesson, language: str, mark: str, by: User) -> tuple[Revision, Narration | None]:
    """The draft, locked, and its narration as the form began from it."""
    standing = standings_of(lesson, [language])[language]
    if standing.current is None:
        raise NothingWritten([language])
    draft = drafts_in(lesson, [language], by)[language]
    former = narration_of(draft)
    if mark_of(former) != mark:
        raise ChangedMeanwhile([language])
    return draft, former
