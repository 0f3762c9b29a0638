"""Saving what an instructor writes: always into a draft, and never over what somebody else saved meanwhile."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, astuple, dataclass, replace

from django.db import transaction
from django.db.models import Max, ProtectedError

from lessons.models import Lesson, LessonText, Revision, State
from portal.accounts.audit import record
from portal.accounts.models import User
from portal.studio.authorship import sign
from portal.studio.figures import add_named_pictures, copy_attachments, settle_words
from portal.studio.standing import OPEN, Standing, is_stale, rows_of, standings
from portal.studio.translating.basis import Basis, keep


@dataclass(frozen=True)
class Written:
    """What a person writes of a lesson in one language."""

    title: str = ""
    summary: str = ""
    objective: str = ""
    markdown: str = ""

    @classmethod
    def of(cls, revision: Revision | None) -> "Written":
        """The revision's words; empty where there is none."""
        return cls(*(tidy(getattr(revision, name, "")) for name in cls.__dataclass_fields__))

    def __bool__(self) -> bool:
        return any(astuple(self))

    @property
    def digest(self) -> str:
        return hashlib.blake2b("\0".join(astuple(self)).encode(), digest_size=12).hexdigest()


@dataclass(frozen=True)
class Typed:
    """What came back from the form of one language: the words, the mark it was given out with, and a declaration.

    `base`: the words it was given out with; None where they are not known.
    `basis`: what of the source it was compared with, where that is not all of it.
    """

    written: Written
    mark: str
    matches_source: bool = False
    base: Written | None = None
    basis: Basis | None = None


class NotSaved(Exception):
    """Nothing was saved, because of these languages."""

    def __init__(self, languages: Iterable[str]) -> None:
        self.languages = list(languages)
        super().__init__(", ".join(self.languages))


class ChangedMeanwhile(NotSaved):
    """Somebody else saved, or published, since the form was opened."""


class UnderReview(NotSaved):
    """It was sent to review, where it waits unchanged."""


class TranslatedFromIt(NotSaved):
    """What is published in another language was made from this draft."""


def tidy(text: str) -> str:
    """The text as it is compared and kept: one sort of line end, nothing around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def mark_of(standing: Standing) -> str:
    """What a form is given out with: which rows it began from, and their words."""
    rows = [str(row.pk) if row else "0" for row in (standing.published, standing.working)]
    return ".".join([*rows, Written.of(standing.current).digest])


def is_begun_from(written: Written, mark: str) -> bool:
    """Whether these are the words that the mark was made with."""
    return mark.rpartition(".")[2] == written.digest


@transaction.atomic
def save(lesson: Lesson, by: User, typed: Mapping[str, Typed]) -> list[Revision]:
    """Save what has changed, all of it or nothing; returns the drafts that were written.

    The source language goes first, since a translation remembers what it was made from. Raises ChangedMeanwhile or
    UnderReview.
    """
    texts = lock(lesson, (language for language, form in typed.items() if form.written))
    now = _standings_locked(lesson, typed)
    order = sorted(typed, key=lambda language: language != lesson.source_language)
    changed = [language for language in order if _has_changed(typed[language], now[language])]
    _refuse(changed, typed, now)
    saved = _store(texts, now, {language: typed[language].written for language in changed}, by)
    right = [
        language
        for language in order
        if typed[language].matches_source and language not in changed and _is_left_behind(lesson, now, language)
    ]
    saved += _store(texts, now, {language: Written.of(now[language].current) for language in right}, by)
    for draft in saved:
        keep(draft, typed[draft.text.language].basis)
    return saved


def _is_left_behind(lesson: Lesson, now: Mapping[str, Standing], language: str) -> bool:
    return _is_behind(lesson, now, language) and not now[language].in_review


def _refuse(changed: Iterable[str], typed: Mapping[str, Typed], now: Mapping[str, Standing]) -> None:
    if elsewhere := [language for language in changed if typed[language].mark != mark_of(now[language])]:
        raise ChangedMeanwhile(elsewhere)
    if locked := [language for language in changed if now[language].in_review]:
        raise UnderReview(locked)


def _has_changed(form: Typed, standing: Standing) -> bool:
    """Whether the person changed the words, and they are not what is kept already (the form sent twice)."""
    return not is_begun_from(form.written, form.mark) and form.written != Written.of(standing.current)


def lock(lesson: Lesson, languages: Iterable[str]) -> dict[str, LessonText]:
    """The lesson's texts by language, made where missing, locked after their open revisions as publishing does it."""
    wanted = [LessonText(lesson=lesson, language=language) for language in languages]
    LessonText.objects.bulk_create(wanted, ignore_conflicts=True)
    open_rows = rows_of([lesson.pk]).exclude(state=State.PUBLISHED).order_by("text_id", "pk")
    list(open_rows.select_for_update(of=("self", "text")))
    texts = list(LessonText.objects.filter(lesson=lesson).order_by("pk").select_for_update())
    for text in texts:
        text.lesson = lesson
    return {text.language: text for text in texts}


def _standings_locked(lesson: Lesson, languages: Iterable[str]) -> dict[str, Standing]:
    rows = rows_of([lesson.pk]).select_for_update(of=("self",))
    return standings(rows, languages)[lesson.pk]


@transaction.atomic
def drafts_in(lesson: Lesson, languages: Iterable[str], by: User | None) -> dict[str, Revision]:
    """The drafts of these languages, begun from what is published where there is none. Raises UnderReview.

    One that is behind its source stays behind: nobody has compared it.
    """
    wanted = sorted(languages, key=lambda language: language != lesson.source_language)
    texts = lock(lesson, wanted)
    now = _standings_locked(lesson, wanted)
    if locked := [language for language in wanted if now[language].in_review]:
        raise UnderReview(locked)
    missing = [language for language in wanted if not now[language].working]
    behind = {language: _made_from(lesson, now, language) for language in missing if _is_behind(lesson, now, language)}
    begun = _store(texts, now, {language: Written.of(now[language].published) for language in missing}, by)
    for each in begun:
        if each.text.language in behind:
            each.made_from = behind[each.text.language]
            each.save(update_fields=["made_from"])
    known = {language: draft for language in wanted if (draft := now[language].working)}
    return known | {draft.text.language: draft for draft in begun}


def _is_behind(lesson: Lesson, now: Mapping[str, Standing], language: str) -> bool:
    return is_stale(now[language], now.get(lesson.source_language, Standing(lesson.source_language)))


def _made_from(lesson: Lesson, now: Mapping[str, Standing], language: str) -> Revision | None:
    """The text of the source that what is published in the language was made from, or that is published beside it."""
    published, source = now[language].published, now.get(lesson.source_language)
    return (published.made_from if published else None) or (source.published if source else None)


def _store(
    texts: Mapping[str, LessonText], now: dict[str, Standing], written: Mapping[str, Written], by: User | None
) -> list[Revision]:
    """Write the words into the drafts of their languages, which are begun where there is none."""
    saved, begun = [], {}
    for language, words in written.items():
        standing = now[language]
        saved.append(_write(texts[language], now, words, by))
        if standing.published and not standing.working:
            begun[standing.published.pk] = saved[-1]
        now[language] = replace(standing, working=saved[-1])
    copy_attachments(begun)
    add_named_pictures(saved)
    settle_words(saved)
    return saved


def _write(text: LessonText, now: Mapping[str, Standing], written: Written, by: User | None) -> Revision:
    standing = now[text.language]
    draft = standing.working or _begin(text, standing.published, _profile_of(text, now))
    if standing.overtaken or not draft.number:
        draft.number = _next_number(text)
    for name, value in asdict(written).items():
        setattr(draft, name, value)
    draft.author, draft.made_from = by, _source_of(text, now)
    draft.save()
    sign(draft, by)
    return draft


def _begin(text: LessonText, published: Revision | None, profile: str) -> Revision:
    return Revision(text=text, number=0, profile=profile, review_due=published.review_due if published else None)


def _profile_of(text: LessonText, now: Mapping[str, Standing]) -> str:
    """The profile that the text is written for, or else the one that its source is."""
    published, source = now[text.language].published, now.get(text.lesson.source_language)
    begun_from = published or (source.current if source else None)
    return begun_from.profile if begun_from else ""


def _next_number(text: LessonText) -> int:
    highest = Revision.objects.filter(text=text).aggregate(highest=Max("number"))["highest"]
    return (highest or 0) + 1


def _source_of(text: LessonText, now: Mapping[str, Standing]) -> Revision | None:
    source = text.lesson.source_language
    return None if text.language == source or source not in now else now[source].current


def discard(lesson: Lesson, language: str, by: User) -> bool:
    """Throw the draft of a language away; whether there was one. Raises UnderReview or TranslatedFromIt."""
    with transaction.atomic():
        lock(lesson, ())
        standing = _standings_locked(lesson, [language])[language]
        if standing.in_review:
            raise UnderReview([language])
        if standing.working is None:
            return False
        Revision.objects.filter(made_from=standing.working, state__in=OPEN).update(made_from=standing.published)
        try:
            standing.working.delete()
        except ProtectedError:
            raise TranslatedFromIt([language]) from None
        record(by, "draft.discarded", f"{lesson} {language}")
        return True
