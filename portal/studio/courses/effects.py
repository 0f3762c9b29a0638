"""What a new edition does to people under way, in words: said before it is sent to review, and before it goes out."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from lessons.models import CourseEdition, State
from portal.language.formats import number
from portal.language.people import people_words
from portal.studio.overview import lesson_titles
from quizzes.edition_effects import Effects, effects_of


@dataclass(frozen=True)
class EffectsShown:
    """Sentences about who is under way, who is complete, and who sits the final; and the lessons that come and go."""

    under_way: list[str]
    complete: list[str]
    final: list[str]
    added: list[str]
    removed: list[str]


def effects_shown(edition: CourseEdition, language: str) -> EffectsShown | None:
    """None for the first edition of a course, which nobody is in the middle of."""
    found = effects_of(edition)
    if found is None:
        return None
    titles = lesson_titles([*found.added, *found.removed], language)
    return EffectsShown(
        _under_way(found),
        _complete(found, edition),
        _final(found),
        [titles.get(lesson) or str(lesson) for lesson in found.added],
        [titles.get(lesson) or str(lesson) for lesson in found.removed],
    )


def effects_of_draft(course: str, language: str) -> EffectsShown | None:
    """The same of the course's draft, by the address of the course; None where there is no draft."""
    edition = CourseEdition.objects.filter(course__slug=course, state=State.DRAFT).order_by("-number").first()
    return effects_shown(edition, language) if edition else None


def _said(sentence: str, people: int) -> str:
    return sentence % {"people": people_words(people)}


def _under_way(found: Effects) -> list[str]:
    lines = [_said(_("In the middle of the course: %(people)s."), found.under_way)]
    lines.append(_("Every lesson they have passed goes on counting, also where it stands in another place."))
    if found.added:
        lines.append(_said(_("Have something to do that is new: %(people)s."), found.lacking))
    if found.removed:
        lines.append(
            _said(
                _("Have done a lesson that is taken out: %(people)s. The course asks it no longer."), found.had_removed
            )
        )
    if found.done:
        lines.append(_said(_("Would have nothing left to do: %(people)s."), found.done) + " " + _once_more(found))
    return lines


def _once_more(found: Effects) -> str:
    """Nobody is complete by a new edition alone: what each of them is asked for on the page of the course."""
    if found.reading_only:
        return _("They are complete once they say again that they have read a lesson; the course tells them so.")
    if found.has_final:
        return _("They are complete once they pass the final once more; the course tells them so.")
    return _("They are complete once they pass one of its checks once more; the course tells them so.")


def _complete(found: Effects, edition: CourseEdition) -> list[str]:
    lines = [
        _said(
            _("Complete: %(people)s. They stay complete, each until the day their completion runs out."), found.holding
        )
    ]
    if found.run_out:
        lines.append(_said(_("Whose completion has run out: %(people)s."), found.run_out))
    if found.added:
        lines.append(_("To renew it, one passes the new lessons too."))
    if found.before.valid_months != edition.valid_months:
        message = _("What is completed from then on holds: %(now)s. Before it was: %(before)s.")
        lines.append(message % {"now": _months(edition), "before": _months(found.before)})
    return lines


def _months(edition: CourseEdition) -> str:
    months = edition.valid_months
    return _("%(months)s months") % {"months": number(months)} if months else _("for good")


def _final(found: Effects) -> list[str]:
    lines = []
    if found.has_final and not found.had_final:
        lines.append(_("The final is new: whoever is not complete yet has to pass it."))
    elif found.had_final and not found.has_final:
        lines.append(_("There is no final any more: nobody has to pass it."))
    elif found.has_final:
        lines.append(_("Whoever has passed the final has passed it for this edition too."))
    if found.had_final:
        lines.append(_said(_("Sitting the final now: %(people)s."), found.in_final))
        lines.append(
            _("They finish it with the questions and the rules it began with, and it counts for the edition of then.")
        )
        if found.final_changes and found.has_final:
            lines.append(_("The new rules hold for whoever begins it afterwards."))
    return lines
