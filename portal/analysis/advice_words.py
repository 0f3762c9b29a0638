"""The sentences of the warnings: for each, what was seen and what to do next."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from portal.analysis.words import difference_words, seconds_words, share_words, third_words
from portal.language.formats import coefficient, percent
from quizzes.analysis import flags
from quizzes.analysis.flags import MORE
from quizzes.models import ItemStatistic

Labels = Mapping[str, str]
Pair = tuple[str, str]


def _wrong(statistic: ItemStatistic) -> list[dict[str, Any]]:
    return [choice for choice in statistic.choices if not choice["right"]]


def _top(choice: dict[str, Any]) -> float:
    return float(choice["thirds"][0]) if choice["thirds"] else 0.0


def _top_words(choice: dict[str, Any]) -> str:
    return third_words(_top(choice), choice["told"])


def _label(choice: dict[str, Any], labels: Labels) -> str:
    return labels.get(choice["id"], choice["id"])


def _ease(statistic: ItemStatistic) -> dict[str, str]:
    return {"share": share_words(statistic.facility, statistic.people)}


def check_key(statistic: ItemStatistic, labels: Labels) -> Pair:
    todo = _("Check the key and the wording with an expert first: as it is, the question measures the wrong thing.")
    keys = [_top(choice) for choice in statistic.choices if choice["right"]]
    worst = max(_wrong(statistic), key=_top, default=None)
    if worst is None or len(keys) != 1 or _top(worst) <= keys[0]:
        seen = _("People who do well on the other questions miss this one more often than others do (%(figure)s).")
        return seen % {"figure": _telling(statistic)}, todo
    seen = _("Most people who do well choose a wrong option: %(wrong)s choose “%(option)s”, %(right)s the key.")
    shares = {"wrong": _top_words(worst), "right": third_words(keys[0], worst["told"])}
    return seen % {"option": _label(worst, labels), **shares}, todo


def _telling(statistic: ItemStatistic) -> str:
    if statistic.discrimination is not None:
        return _("discrimination %(figure)s") % {"figure": coefficient(statistic.discrimination)}
    return _("upper less lower part %(figure)s") % {
        "figure": difference_words(statistic.upper_lower or 0, statistic.people, MORE)
    }


def tempting(statistic: ItemStatistic, labels: Labels) -> Pair:
    worst = max(_wrong(statistic), key=_temptation)
    seen = _("“%(option)s” is wrong, and yet %(share)s of those who know most choose it.") % {
        "option": _label(worst, labels),
        "share": _top_words(worst),
    }
    return seen, _(
        "See whether it can be held for right: by its wording, its translation, or guidelines that disagree. "
        "Make it plainly wrong, or teach the difference in the lesson."
    )


def _temptation(choice: dict[str, Any]) -> tuple[bool, bool, float, float]:
    """Orders wrong options: many of those who know most choose it, it is chosen at all, it goes with knowing."""
    top = _top(choice)
    return top > flags.TOP_WRONG, choice["share"] >= flags.DEAD_SHARE, choice["r"] or 0.0, top


def dead(statistic: ItemStatistic, labels: Labels) -> Pair:
    nobody = [_label(choice, labels) for choice in _wrong(statistic) if choice["share"] < flags.DEAD_SHARE]
    seen = _("No more than %(share)s choose: %(options)s.") % {
        "share": percent(flags.DEAD_SHARE),
        "options": " · ".join(nobody),
    }
    return seen, _("Put a mistake in its place that people really make.")


def too_easy(statistic: ItemStatistic, labels: Labels) -> Pair:
    seen = _("%(share)s have it right at the first go.") % _ease(statistic)
    return seen, _("Ask for something that is not yet known, or keep it only if the point is worth saying again.")


def too_hard(statistic: ItemStatistic, labels: Labels) -> Pair:
    seen = _("Only %(share)s have it right at the first go.") % _ease(statistic)
    return seen, _("See whether the lesson says it plainly and the question asks what the lesson taught.")


def critical_missed(statistic: ItemStatistic, labels: Labels) -> Pair:
    seen = _(
        "A life may hang on it, and only %(share)s have it right after the lesson; it should be %(wanted)s or more."
    )
    todo = _(
        "Change the lesson before the question: say it first, show it, say it again. Then look at the figures anew."
    )
    return seen % (_ease(statistic) | {"wanted": percent(flags.MASTERED)}), todo


def not_telling(statistic: ItemStatistic, labels: Labels) -> Pair:
    seen = _("Who has it right does hardly better on the other questions than who has it wrong (%(figure)s).")
    todo = _("Make the stem clearer and the wrong options more likely to be believed. Act when it shows again.")
    return seen % {"figure": _telling(statistic)}, todo


def slow(statistic: ItemStatistic, labels: Labels) -> Pair:
    seen = _("Half of the people take longer than %(time)s.") % {"time": seconds_words(statistic.median_seconds)}
    return seen, _("Shorten the stem and the options, and say one thing in each sentence.")


def quick(statistic: ItemStatistic, labels: Labels) -> Pair:
    seen = _("Half of the people take no longer than %(time)s.") % {"time": seconds_words(statistic.median_seconds)}
    return seen, _("That is too short to read it: see whether the answer can be guessed without reading.")


def omitted(statistic: ItemStatistic, labels: Labels) -> Pair:
    seen = _("%(share)s hand in without an answer to it.") % {"share": share_words(statistic.omitted, statistic.people)}
    return seen, _("See whether it is too long, needs a picture that does not load, or cannot be answered on a phone.")


def translation(statistic: ItemStatistic, labels: Labels) -> Pair:
    delta = statistic.language_delta or 0
    seen = (
        _("Of people who know as much, those who read Arabic miss it more often (difference %(delta)s; 1.5 is much).")
        if delta > 0
        else _(
            "Of people who know as much, those who read English miss it more often (difference %(delta)s; 1.5 is much)."
        )
    )
    return seen % {"delta": coefficient(abs(delta))}, _("Compare the two wordings sentence by sentence.")


WORDS: dict[str, Callable[[ItemStatistic, Labels], Pair]] = {
    flags.CHECK_KEY: check_key,
    flags.CRITICAL_MISSED: critical_missed,
    flags.TEMPTING: tempting,
    flags.TRANSLATION: translation,
    flags.TOO_HARD: too_hard,
    flags.NOT_TELLING: not_telling,
    flags.OMITTED: omitted,
    flags.SLOW: slow,
    flags.QUICK: quick,
    flags.DEAD: dead,
    flags.TOO_EASY: too_easy,
}
