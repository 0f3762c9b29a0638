"""Replacing: into drafts, all that was chosen or none of it, and never over what somebody else saved meanwhile."""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lessons.markdown.figures import shown_in
from lessons.models import Revision
from portal.accounts.audit import record
from portal.accounts.models import User
from portal.studio import compositions, drafts
from portal.studio.comparison import Change, change
from portal.studio.compositions import Composed
from portal.studio.drafts import Typed, Written
from portal.studio.languages import direction
from portal.studio.rendering import facts_by_language, filled_html, rendered
from portal.studio.replace.places import QUESTIONS, TEXTS, Hit, Place, Search, places_of, with_strings
from portal.studio.standing import Standing, is_stale, standings_of
from quizzes.kinds import kind_named


@dataclass(frozen=True)
class Replacement:
    """A place with the hits that were chosen in it, and the mark with which it was shown."""

    place: Place
    hits: Sequence[Hit]
    by: str
    mark: str

    @property
    def texts(self) -> dict[str, str]:
        return self.place.with_words(self.hits, self.by)

    @property
    def written(self) -> Written:
        return Written(**self.texts)

    @property
    def composed(self) -> Composed:
        """The question with its words in that language replaced."""
        kept: Any = Composed.of(self.place.standing)
        language = self.place.language
        words = kept.words | {language: with_strings(kept.words[language], self.texts)}
        return Composed(kept.structure, kept.answer_key, kept.critical, words)

    @property
    def moved(self) -> bool:
        """Whether the place is not as it was shown."""
        return self.mark != self.place.mark


class NotReplaced(Exception):
    """Nothing was written; `reasons` are (place, why)."""

    def __init__(self, reasons: Sequence[tuple[Place, str]]) -> None:
        self.reasons = list(reasons)
        super().__init__("\n".join(f"{place.title}: {why}" for place, why in self.reasons))


@dataclass(frozen=True)
class Shown:
    """A replacement as it is looked at before: word by word, and as readers would see it."""

    replacement: Replacement
    changes: list[tuple[str, Change]]
    html: SafeString
    direction: str


def chosen_in(
    search: Search, by: str, ticked: Mapping[str, Sequence[str]], marks: Mapping[str, str]
) -> list[Replacement]:
    """The places of these values with the hits that were ticked, as they stand now.

    A hit that is there no more is left out; the mark of its place tells that it has moved.
    """
    found = places_of(search, only=list(ticked))
    return [
        Replacement(
            place, [hit for hit in place.hits if hit.value in ticked[place.value]], by, marks.get(place.value, "")
        )
        for place in found
    ]


def reasons_against(replacements: Sequence[Replacement]) -> list[tuple[Place, str]]:
    """(place, why) of each that cannot be written. One query."""
    new = read_after(replacements)
    pairs = [(each.place, _fault(each, new)) for each in replacements]
    return [(place, why) for place, why in pairs if why]


def _fault(each: Replacement, new: Mapping[str, "Read"]) -> str:
    if each.moved:
        return _("Somebody changed it meanwhile. Search again and look at it anew.")
    if each.place.in_review:
        return _("It is in review, so it cannot be changed.")
    if each.place.sort == QUESTIONS:
        return _fault_of_question(each)
    return new[each.place.value].fault if each.written.title else _("Its title would be empty.")


def _fault_of_question(each: Replacement) -> str:
    composed, version = each.composed, each.place.standing.current
    kind = kind_named(version.kind)
    try:
        kind.parse_words(composed.words[each.place.language], *kind.parse(composed.structure, composed.answer_key))
    except ValueError:
        return _("With these words the question could not be asked any more. Change it on its own page.")
    return ""


@dataclass(frozen=True)
class Read:
    """A lesson's text with other words: its HTML with its places left open, or why it cannot be rendered."""

    html: str
    fault: str


def read_after(replacements: Sequence[Replacement]) -> dict[str, Read]:
    """By the value of their place, those that are texts of lessons. One query.

    A text that cannot be rendered now is being written still, so the same faults are none of these words.
    """
    texts = [each for each in replacements if each.place.sort == TEXTS]
    pictures = shown_in([each.place.standing.current for each in texts])
    return {each.place.value: _read(each, pictures[each.place.standing.current.pk]) for each in texts}


def _read(each: Replacement, pictures: Mapping[str, Any]) -> Read:
    now = each.place.standing.current
    then = copy(now)
    then.markdown = each.texts["markdown"]
    html, faults = rendered(then, pictures)
    known = rendered(now, pictures)[1] if faults else []
    return Read(html, str(faults[0].message) if len(faults) > len(known) else "")


def shown(replacements: Sequence[Replacement]) -> list[Shown]:
    """What would change at these places. One query and one for local facts."""
    new = read_after(replacements)
    facts = facts_by_language((each.place.language, new[value].html) for value, each in _by_value(replacements, new))
    return [
        Shown(
            each,
            _changes(each),
            _as_read(each, new, facts.get(each.place.language, {})),
            direction(each.place.language),
        )
        for each in replacements
    ]


def _by_value(replacements: Sequence[Replacement], new: Mapping[str, Read]) -> list[tuple[str, Replacement]]:
    return [(each.place.value, each) for each in replacements if each.place.value in new]


def _changes(each: Replacement) -> list[tuple[str, Change]]:
    before, after = each.place.texts, each.texts
    return [(name, change("", before[name], after[name])) for name in before if before[name] != after[name]]


def _as_read(each: Replacement, new: Mapping[str, Read], facts: Mapping[str, str]) -> SafeString:
    """The lesson's text as readers would get it; "" of a question, whose words are all shown already."""
    if each.place.sort == QUESTIONS or each.texts["markdown"] == each.place.texts["markdown"]:
        return SafeString()
    # Several lessons stand on one page, where no two things may have one name.
    return filled_html(new[each.place.value].html.replace(' id="part-', f' id="{each.place.key}-part-'), facts)


@transaction.atomic
def replace_all(search: Search, by: str, replacements: Sequence[Replacement], person: User) -> int:
    """Write them all into drafts; returns how many places were changed. Raises NotReplaced, and then wrote nothing."""
    if reasons := reasons_against(replacements):
        raise NotReplaced(reasons)
    for each in replacements:
        _write(each, person)
    counts = {"places": len(replacements), "hits": sum(len(each.hits) for each in replacements)}
    record(person, "words.replaced", search.query, replaced_by=by, language=search.language, **counts)
    return len(replacements)


def _write(each: Replacement, person: User) -> None:
    moved = _("Somebody changed it meanwhile. Search again and look at it anew.")
    try:
        if each.place.sort == TEXTS:
            _write_text(each, person)
        else:
            compositions.save(each.place.standing.question, person, each.composed, each.mark)
    except (drafts.NotSaved, compositions.Moved):
        raise NotReplaced([(each.place, moved)]) from None


def _write_text(each: Replacement, person: User) -> None:
    """A translation that was out of date stays so: other words in it do not compare it with its source."""
    lesson, language = each.place.lesson, each.place.language
    texts = standings_of(lesson, {language, lesson.source_language})
    source = texts.get(lesson.source_language, Standing(lesson.source_language))
    made_from = _made_from(texts[language], source) if is_stale(texts[language], source) else None
    for draft in drafts.save(lesson, person, {language: Typed(each.written, each.mark)}):
        if made_from:
            Revision.objects.filter(pk=draft.pk).update(made_from=made_from)


def _made_from(translation: Standing, source: Standing) -> Revision | None:
    """The text that a translation which is out of date was made from; where it does not say, any before today's."""
    ours, theirs = translation.current, source.current
    if ours is None or theirs is None or ours.made_from_id:
        return ours.made_from if ours else None
    earlier = Revision.objects.filter(text=theirs.text, number__lt=theirs.number)
    return earlier.order_by("-number").first()
