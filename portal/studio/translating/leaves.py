"""A question's words taken apart into single texts, each by its place, and put together again."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

Place = tuple[str, ...]

ORDER = ("stem", "alt", "text", "prompts", "options", "regions", "choices", "unit", "feedback", "explanation")


def leaves(words: Mapping[str, Any]) -> dict[Place, str]:
    """Every text by its place, in the order in which people read them; what is left empty is no text."""
    first = sorted(words, key=lambda name: (ORDER.index(name) if name in ORDER else len(ORDER), name))
    return dict(leaf for name in first for leaf in _leaves((name,), words[name]))


def _leaves(place: Place, said: Any) -> Iterator[tuple[Place, str]]:
    if isinstance(said, str):
        yield place, said
    elif isinstance(said, Mapping):
        for name in said:
            yield from _leaves((*place, str(name)), said[name])


def built(texts: Mapping[Place, str]) -> dict[str, Any]:
    """The words that these texts are the leaves of."""
    words: dict[str, Any] = {}
    for (*way, last), text in texts.items():
        within = words
        for name in way:
            within = within.setdefault(name, {})
        within[last] = text
    return words


def shaped(texts: Mapping[Place, str], like: Mapping[str, Any]) -> dict[str, Any]:
    """The words in the shape of others: an empty part of those is an empty part here too."""
    words = built(texts)
    for name, said in like.items():
        if isinstance(said, Mapping) and name not in words:
            words[name] = {}
    return words


def labels(places: list[Place]) -> dict[Place, str]:
    """What each is called, parts of one sort counted in their order."""
    found: dict[Place, str] = {}
    counts: dict[str, dict[Place, int]] = {}
    for place in places:
        numbers = counts.setdefault(place[0], {})
        number = numbers.setdefault(place[1:], len(numbers) + 1)
        found[place] = _label(place, number)
    return found


def _label(place: Place, number: int) -> str:
    counted = {
        "options": _("Option %(number)s"),
        "prompts": _("What is matched %(number)s"),
        "regions": _("Place in the picture %(number)s"),
        "choices": _("Choice %(number)s"),
        "feedback": _("Said to a wrong answer %(number)s"),
    }
    single = {
        "stem": _("Question"),
        "text": _("Text with gaps"),
        "alt": _("What is to be seen"),
        "unit": _("Unit"),
        "explanation": _("Why the right answer is right"),
        "feedback": _("Said to a wrong answer"),
    }
    ends = {("feedback", "low"): _("Said when it is too low"), ("feedback", "high"): _("Said when it is too high")}
    if place in ends:
        return ends[place]
    if len(place) > 1 and place[0] in counted:
        return counted[place[0]] % {"number": number}
    return single.get(place[0], place[0])
