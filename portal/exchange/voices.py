"""The recorded voice of a lesson in a package: `narration.<language>.mp3`, and `.txt` where that is not the text."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from lessons.models import Narration, Revision
from lessons.narrations import carry_on, has_moved_on, words_of
from lessons.recordings import recording_of
from lessons.sounds import EXTENSIONS, Sound, sound_from
from portal.exchange.documents import Document, text_of
from portal.exchange.faults import FaultList
from portal.exchange.schemas.lesson import LessonFile, VariantFile

Told = tuple[str, str, str, bool]


@dataclass(frozen=True)
class Voice:
    """A recording with what the package says of it; without a transcript, what is read is the lesson's text."""

    sound: Sound
    narrator: str
    transcript: str
    words_changed: bool

    @property
    def told(self) -> Told:
        return self.sound.sha256, self.narrator, self.transcript, self.words_changed


def voice_files(languages: Iterable[str]) -> set[str]:
    """The names that may stand beside a lesson's words."""
    return {f"narration.{language}.{ending}" for language in languages for ending in (*EXTENSIONS, "txt")}


def open_voices(
    root: Path,
    place: Path,
    about: Document[LessonFile] | Document[VariantFile],
    languages: Iterable[str],
    faults: FaultList,
) -> dict[str, Voice]:
    """By language the voices in the folder of a lesson; what is wrong with them goes to `faults`."""
    found = {language: _open_voice(root, place, about, language, faults) for language in languages}
    for language in about.content.narration:
        if not any((place / f"narration.{language}.{ending}").is_file() for ending in EXTENSIONS):
            message = _("There is no recording narration.%(language)s.mp3, .m4a or .ogg. Add it, or take this away.")
            faults.add(about.file, about.line(("narration", language)), message % {"language": language})
    return {language: voice for language, voice in found.items() if voice}


def _open_voice(
    root: Path,
    place: Path,
    about: Document[LessonFile] | Document[VariantFile],
    language: str,
    faults: FaultList,
) -> Voice | None:
    paths = [path for ending in EXTENSIONS if (path := place / f"narration.{language}.{ending}").is_file()]
    said = place / f"narration.{language}.txt"
    if not paths:
        if said.is_file():
            message = _("There is no recording in which this is said. Add it, or take this file away.")
            faults.add(said.relative_to(root).as_posix(), 1, message)
        return None
    if len(paths) > 1:
        message = _("There is another recording in the same language. Keep one of them.")
        faults.add(paths[1].relative_to(root).as_posix(), 1, message)
        return None
    sound, transcript = _sound(root, paths[0], faults), _transcript(root, said, faults)
    part = about.content.narration.get(language)
    if sound is None:
        return None
    return Voice(sound, (part.by or "") if part else "", transcript, bool(part and part.words_changed))


def _sound(root: Path, path: Path, faults: FaultList) -> Sound | None:
    file = path.relative_to(root).as_posix()
    try:
        sound = sound_from(path.read_bytes())
    except ValidationError as error:
        faults.add(file, 1, " ".join(error.messages))
        return None
    if path.suffix != f".{sound.extension}":
        message = _("Its content is that of a file .%(extension)s. Name it so.")
        faults.add(file, 1, message % {"extension": sound.extension})
        return None
    return sound


def _transcript(root: Path, path: Path, faults: FaultList) -> str:
    if not path.is_file():
        return ""
    text = (text_of(root, path, faults) or "").strip()
    if not text or len(text) > Narration.MOST_CHARACTERS:
        message = _("Write what is said, in at most %(count)s characters, or take this file away.")
        faults.add(path.relative_to(root).as_posix(), 1, message % {"count": Narration.MOST_CHARACTERS})
    return text


def told_of(revision: Revision) -> Told | None:
    """What a package would say of the voice of a revision; None where it has none."""
    narration = getattr(revision, "narration", None)
    if narration is None:
        return None
    return narration.recording.sha256, narration.narrator, narration.transcript, has_moved_on(narration, revision)


def give_voice(revision: Revision, voice: Voice | None, former: Iterable[Revision]) -> None:
    """The package's voice or, where it has none, the one of the newest of the former texts."""
    if voice is None:
        newest = max(former, key=lambda row: row.number, default=None)
        if newest is not None:
            carry_on({newest.pk: revision})
        return
    Narration.objects.create(
        revision=revision,
        recording=recording_of(voice.sound, f"narration.{revision.text.language}.{voice.sound.extension}"),
        narrator=voice.narrator,
        reads_text=not voice.transcript,
        transcript=voice.transcript,
        words={} if voice.words_changed else words_of(revision),
    )


def narration_of_texts(texts: Mapping[str, Revision]) -> dict[str, dict[str, object]]:
    """For `lesson.yaml`: by language what is to be said of the voices beside the files."""
    said = {}
    for language, revision in texts.items():
        told = told_of(revision)
        part = {"by": told[1], "words_changed": told[3]} if told else {}
        if kept := {name: value for name, value in part.items() if value}:
            said[language] = kept
    return said
