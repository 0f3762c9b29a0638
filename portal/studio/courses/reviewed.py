"""What an edition says beside its order, as whoever reviews it reads it: words, validity and the rules of the final."""

from typing import Any

from django.utils.translation import gettext as _

from lessons.layouts import words_of
from lessons.models import CourseEdition, ModuleText
from portal.language.formats import number, percent
from portal.studio.comparison import Change, change
from portal.studio.languages import language_name
from quizzes.final_rules import final_of, rows_of
from quizzes.models import Quiz


def changes_in_edition(before: CourseEdition | None, edition: CourseEdition) -> list[Change]:
    """Words, titles of modules and rules, as lines compared with those of the edition before; what changed of them."""
    old = _parts(before) if before else {}
    found = [change(label, old.get(label), text) for label, text in _parts(edition).items()]
    gone = [change(label, text, "") for label, text in old.items() if label not in _parts(edition)]
    return [each for each in (*found, *gone) if not each.unchanged]


def _parts(edition: CourseEdition) -> dict[str, str]:
    words = {language_name(language): "\n".join(said) for language, said in sorted(words_of(edition).items())}
    return {_("Rules"): "\n".join(rule_lines(edition)), **words, **_module_titles(edition)}


def _module_titles(edition: CourseEdition) -> dict[str, str]:
    """By language, the titles of the modules one below the other."""
    found: dict[str, list[str]] = {}
    rows = ModuleText.objects.filter(module__edition=edition).order_by("language", "module__position")
    for language, title in rows.values_list("language", "title"):
        label = _("Titles of the modules · %(language)s") % {"language": language_name(language)}
        found.setdefault(label, []).append(title)
    return {label: "\n".join(titles) for label, titles in found.items()}


def rule_lines(edition: CourseEdition) -> list[str]:
    """The rules as sentences."""
    months = edition.valid_months
    holds = _("A completion holds for %(months)s months.") % {"months": number(months)} if months else ""
    lines = [
        _("Takes %(minutes)s minutes.") % {"minutes": number(edition.minutes)},
        holds or _("A completion holds for good."),
    ]
    final = final_of(edition)
    return [*lines, *(_final_lines(final) if final else [_("There is no final.")])]


def _final_lines(final: Quiz) -> list[str]:
    none = _("no limit")
    said: list[tuple[str, Any]] = [
        (_("Final: pass mark"), percent(float(final.pass_mark))),
        (_("Final: questions drawn"), number(final.draw) if final.draw else _("all")),
        (_("Final: time"), _minutes(final.time_limit) or none),
        (_("Final: attempts"), number(final.attempt_limit) if final.attempt_limit else none),
        (_("Final: wait between attempts"), _minutes(final.cooldown) or _("none")),
        (_("Final: right answers and explanations"), final.get_feedback_display()),
    ]
    rows = len(rows_of(final))
    if rows:
        said.append((_("Final: rows of the draw"), number(rows)))
    return [f"{label}: {value}" for label, value in said]


def _minutes(seconds: int | None) -> str:
    return _("%(minutes)s minutes") % {"minutes": number(-(-seconds // 60))} if seconds else ""
