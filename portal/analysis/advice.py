"""What a warning means and what to do about it, in words, with the figures it rests on."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy, pgettext_lazy

from portal.analysis.advice_words import WORDS, Labels
from quizzes.analysis import flags
from quizzes.models import ItemStatistic

NAMES: dict[str, Any] = {
    flags.CHECK_KEY: gettext_lazy("Check the key"),
    flags.CRITICAL_MISSED: gettext_lazy("Vital, and often missed"),
    flags.TEMPTING: gettext_lazy("A wrong option that tempts those who know"),
    flags.TRANSLATION: gettext_lazy("Languages differ"),
    flags.TOO_HARD: gettext_lazy("Too hard"),
    flags.NOT_TELLING: gettext_lazy("Tells little"),
    flags.OMITTED: gettext_lazy("Often left out"),
    flags.SLOW: pgettext_lazy("question", "Takes long"),
    flags.QUICK: gettext_lazy("Answered very fast"),
    flags.DEAD: gettext_lazy("An option nobody chooses"),
    flags.TOO_EASY: gettext_lazy("Too easy"),
}
GRAVE = frozenset({flags.CHECK_KEY, flags.CRITICAL_MISSED, flags.TRANSLATION})


@dataclass(frozen=True)
class Advice:
    """A warning: its name, what was seen (with figures), what to do next."""

    flag: str
    name: str
    seen: str
    todo: str
    grave: bool


def advice_on(statistic: ItemStatistic, labels: Labels) -> list[Advice]:
    """Every warning on a question, the gravest first; `labels` are the words of what can be chosen, by id."""
    found = []
    for flag in statistic.flags.split():
        seen, todo = WORDS[flag](statistic, labels)
        found.append(Advice(flag, str(NAMES[flag]), seen, todo, flag in GRAVE))
    return found


def names_of(statistic: ItemStatistic) -> list[tuple[str, str, bool]]:
    """(flag, name, whether it is grave) of every warning, for a list."""
    return [(flag, str(NAMES[flag]), flag in GRAVE) for flag in statistic.flags.split()]
