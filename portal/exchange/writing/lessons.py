"""The folder of a lesson: what it is, its words in each language, its check, its figures, and its variants."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePath
from typing import Any

from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import gettext as _

from lessons.models import Media, Revision
from portal.exchange.faults import FaultList
from portal.exchange.voices import narration_of_texts
from portal.exchange.writing.credits import written_credits
from portal.exchange.writing.faultless import FIGURE, one_authority
from portal.exchange.writing.questions import question, rules
from portal.exchange.writing.standing import HOLDS_FILE, StandingLesson, StandingQuestion
from portal.exchange.writing.yaml_files import Said, Short, ShortList, dump, said, short, stated

Files = dict[str, bytes | Path]
"""What a package holds, by the path in it; a figure is where the portal keeps it."""


class LessonWriter:
    """Writes lessons of one course; `languages` are the course's, the source language first."""

    def __init__(self, authority: str, languages: Sequence[str], pictures: Mapping[str, Media], faults: FaultList):
        self.authority, self.languages, self.pictures, self.faults = authority, languages, pictures, faults

    def files(self, lesson: StandingLesson, folder: str) -> Files:
        """The files of its folder and of those of its variants; what cannot be written goes to the faults."""
        row, own = lesson.lesson, self._spoken(lesson.own)
        one_authority(f"{folder}/lesson.yaml", row, self.authority, self.faults)
        asked = [one for one in lesson.questions if not one.is_of_variant]
        figures = self._figures(own.values(), asked, {}, folder)
        about = {
            "key": row.key,
            "slug": row.slug,
            "minutes": row.minutes,
            **stated(topics=_keys(row.topics.all()), skills=_keys(row.skills.all())),
            "source_language": row.source_language,
            **self._told(own, row.source_language, figures),
        }
        files: Files = {f"{folder}/lesson.yaml": dump(about).encode()}
        files |= _words(own, folder) | _kept(figures, folder) | _voices(own, folder)
        if lesson.check:
            quiz = rules(lesson.check, f"{folder}/quiz.yaml", self.faults)
            files |= self._quiz(quiz, asked, figures, f"{folder}/quiz.yaml")
        for profile, texts in lesson.variants.items():
            theirs = [one for one in lesson.questions if one.question.profile == profile]
            place = f"{folder}/variants/{profile}"
            files |= self._variant(self._spoken(texts), theirs, (figures, row.source_language), place)
        return files

    def _variant(
        self,
        texts: dict[str, Revision],
        asked: list[StandingQuestion],
        base: tuple[dict[str, Media], str],
        folder: str,
    ) -> Files:
        """`base` are the figures of the lesson and its source language: it shows these too."""
        shared, source_language = base
        own = self._figures(texts.values(), asked, shared, folder)
        files: Files = {f"{folder}/variant.yaml": dump(self._told(texts, source_language, own)).encode()}
        files |= _words(texts, folder) | _kept(own, folder) | _voices(texts, folder)
        if asked:
            files |= self._quiz({}, asked, shared | own, f"{folder}/quiz.yaml")
        return files

    def _spoken(self, texts: Mapping[str, Revision]) -> dict[str, Revision]:
        return {language: texts[language] for language in self.languages if language in texts}

    def _told(
        self, texts: Mapping[str, Revision], source_language: str, figures: Mapping[str, Media]
    ) -> dict[str, Any]:
        """Sources, focus and credits of the pictures and review, as all languages together say them."""
        first = sorted(texts.items(), key=lambda pair: pair[0] != source_language)
        focus, credited = _focus(texts.values()), written_credits(figures)
        return stated(
            sources=_citations(first, source_language),
            figures={
                name: short(stated(focus=list(focus.get(name, ())), credit=credited.get(name)))
                for name in sorted({*focus, *credited})
            },
            narration={name: short(said) for name, said in narration_of_texts(texts).items()},
        ) | {"review": _review([revision for _language, revision in first])}

    def _quiz(self, quiz: dict[str, Any], asked: list[StandingQuestion], figures: dict[str, Media], file: str) -> Files:
        names = {PurePath(media.file).name: name for name, media in figures.items()}
        for one in asked:
            one_authority(file, one.question, self.authority, self.faults)
        questions = [question(one, self.languages, names) for one in asked]
        return {file: dump(quiz | {"questions": questions}).encode()}

    def _figures(
        self, texts: Iterable[Revision], asked: list[StandingQuestion], shared: Mapping[str, Media], folder: str
    ) -> dict[str, Media]:
        """By name, what the texts and the questions show and `shared` has not under the same name."""
        own: dict[str, Media] = {}
        for use in (use for revision in texts for use in revision.pictures.all()):
            if not FIGURE.fullmatch(use.name) or own.setdefault(use.name, use.media) != use.media:
                message = _("“%(name)s” names another picture in another language. Give one of them a name of its own.")
                self.faults.add(f"{folder}/{use.name}", 1, message % {"name": use.name})
        own = {name: media for name, media in own.items() if shared.get(name) != media}
        for one in asked:
            shown = one.version.structure.get(HOLDS_FILE)
            media = self.pictures.get(str(shown["file"])) if isinstance(shown, Mapping) else None
            if media and media not in {**shared, **own}.values():
                own[_free_name(media, {*shared, *own})] = media
        return own


def _free_name(media: Media, taken: set[str]) -> str:
    stem, suffix = slugify(PurePath(media.original_name).stem) or "picture", PurePath(media.file).suffix
    name = f"figures/{stem}{suffix}"
    return name if name not in taken else f"figures/{stem}-{media.sha256[:12]}{suffix}"


def _kept(figures: Mapping[str, Media], folder: str) -> Files:
    return {f"{folder}/{name}": settings.MEDIA_ROOT / media.file for name, media in figures.items()}


def _voices(texts: Mapping[str, Revision], folder: str) -> Files:
    files: Files = {}
    for language, revision in texts.items():
        if narration := getattr(revision, "narration", None):
            kept = narration.recording
            files[f"{folder}/narration.{language}.{kept.extension}"] = settings.MEDIA_ROOT / kept.file
            if narration.transcript:
                files[f"{folder}/narration.{language}.txt"] = f"{narration.transcript}\n".encode()
    return files


def _keys(rows: Iterable[Any]) -> ShortList:
    return ShortList(sorted(row.key for row in rows))


def _words(texts: Mapping[str, Revision], folder: str) -> Files:
    return {f"{folder}/lesson.{language}.md": _text(revision) for language, revision in texts.items()}


def _text(revision: Revision) -> bytes:
    names = ("title", "summary", "objective")
    head = dump({name: Said(getattr(revision, name)) for name in names})
    return f"---\n{head}---\n{revision.markdown}".encode()


def _citations(texts: Sequence[tuple[str, Revision]], source_language: str) -> list[Any]:
    """The works in order, each with what is said of it in the languages in which something is."""
    notes: dict[str, dict[str, str]] = {}
    for language, revision in texts:
        for row in revision.citations.all():
            own = notes.setdefault(row.source.key, {})
            if row.note:
                own.setdefault(row.note_language or language, row.note)
    return [citation(key, own, source_language) for key, own in notes.items()]


def citation(key: str, notes: Mapping[str, str], source_language: str) -> Short:
    """A work with its notes by language; one that is in the source language alone needs no mapping."""
    if set(notes) <= {source_language, ""}:
        return Short({"key": key, **stated(note=said(next(iter(notes.values()), "")))})
    return Short({"key": key, "note": short(said(notes))})


def _focus(texts: Iterable[Revision]) -> dict[str, tuple[int, int]]:
    """Of the pictures whose focus is the same in every language that shows them."""
    points: dict[str, set[tuple[Any, Any]]] = {}
    for use in (use for revision in texts for use in revision.pictures.all()):
        points.setdefault(use.name, set()).add((use.focus_x, use.focus_y))
    agreed = {name: next(iter(found)) for name, found in points.items() if len(found) == 1}
    return {name: point for name, point in sorted(agreed.items()) if None not in point}


def _review(texts: Sequence[Revision]) -> Short:
    """A signature, and the profession in it, stand only where all languages carry them: experts sign what they read."""
    signed = {(revision.expert, revision.expert_on) for revision in texts}
    by, at = next(iter(signed)) if len(signed) == 1 else ("", None)
    titles = {revision.expert_title for revision in texts}
    title = next(iter(titles)) if by and len(titles) == 1 else ""
    due = min((revision.review_due for revision in texts if revision.review_due), default=None)
    return review(by, at, due, title)


def review(by: str, at: Any, due: Any, title: str = "") -> Short:
    """`title`, the profession of who signed, stands only where it is known."""
    known = {"title": Said(title)} if title else {}
    return Short({"by": Said(by) if by else None, **known, "at": at, "due": due})
