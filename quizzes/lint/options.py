"""Rules about options: nothing but knowing should tell which is right."""

from collections import Counter
from collections.abc import Iterator
from statistics import mean

from django.utils.translation import gettext as _

from quizzes.kinds.spellings import normal
from quizzes.lint.base import Asked, Finding
from quizzes.lint.lexicon import ABSOLUTES, ALL_OR_NONE, content_words

LONGER, LONGER_BY = 1.6, 18
"""How much longer than the mean of the others, and than the longest of them, a right option gives itself away."""
UNEQUAL, UNEQUAL_BY = 4, 60
MOST_OPTIONS = {"single_choice": 5, "multiple_choice": 6, "hotspot": 6}
FEWEST_FOR_LENGTH = 3


def key_longest(asked: Asked) -> Iterator[Finding]:
    """Writers qualify what is right until it is the longest (guideline 24)."""
    if len(asked.rights) != 1 or len(asked.choices) < FEWEST_FOR_LENGTH:
        return
    right, others = len(asked.rights[0]), [len(text) for text in asked.wrongs]
    if right >= LONGER * mean(others) and right >= max(others) + LONGER_BY:
        message = _("The right option is by far the longest, which gives it away. Shorten it, or write the others out.")
        yield Finding("key-longest", message, asked.language)


def all_or_none(asked: Asked) -> Iterator[Finding]:
    """“All of the above” is right for who knows two, and means nothing once options are shuffled (25, 26)."""
    found = next((choice.text for choice in asked.choices if ALL_OR_NONE.search(choice.text)), "")
    if found:
        message = _("“%(option)s” speaks of the other options, which stand in another order each time. Leave it out.")
        yield Finding("all-or-none", message % {"option": found}, asked.language)


def absolute(asked: Asked) -> Iterator[Finding]:
    """Words such as “always” in wrong options alone tell who knows tests that they are wrong (28a)."""
    strong = ABSOLUTES.get(asked.language)
    if strong is None or not asked.rights or any(map(strong.search, [*asked.rights, asked.stem])):
        return
    found = next((hit[0] for text in asked.wrongs if (hit := strong.search(text))), "")
    if found:
        message = _("Only wrong options say “%(word)s”, which gives them away. Leave the word out, or use it in each.")
        yield Finding("absolute", message % {"word": found}, asked.language)


def unequal(asked: Asked) -> Iterator[Finding]:
    """Options of one grammar and much the same length (guidelines 23 and 24)."""
    texts = [choice.text for choice in asked.choices]
    if len(texts) < FEWEST_FOR_LENGTH or asked.kind.name == "hotspot":
        return
    lengths = sorted(map(len, texts))
    if lengths[-1] >= UNEQUAL * lengths[0] and lengths[-1] - lengths[0] >= UNEQUAL_BY:
        message = _("The options differ much in length. Give them one form.")
        yield Finding("unequal-length", message, asked.language)
    if len({text.endswith((".", "!", "؟", "?")) for text in texts}) > 1:
        message = _("Some options end with a full stop and some do not. Give them one form.")
        yield Finding("unequal-form", message, asked.language)
    elif asked.language == "en" and len({text[:1].isupper() for text in texts if text[:1].isalpha()}) > 1:
        message = _("Some options begin with a capital and some do not. Give them one form.")
        yield Finding("unequal-form", message, asked.language)


def clang(asked: Asked) -> Iterator[Finding]:
    """A word of the question that comes again in the right option alone (guideline 28b)."""
    if len(asked.rights) != 1 or asked.kind.name == "hotspot":
        return
    shared = content_words(asked.stem) & content_words(asked.rights[0])
    shared -= {word for text in asked.wrongs for word in content_words(text)}
    if len(shared) >= 2:
        message = _("Words of the question come again in the right option alone (%(words)s), which gives it away.")
        yield Finding("clang", message % {"words": " · ".join(sorted(shared))}, asked.language)


def duplicated(asked: Asked) -> Iterator[Finding]:
    """Two options that say the same (guideline 21)."""
    twice = [text for text, count in Counter(normal(choice.text) for choice in asked.choices).items() if count > 1]
    if twice:
        message = _("Two options say the same: “%(option)s”. Change one of them.")
        said = next(choice.text for choice in asked.choices if normal(choice.text) == twice[0])
        yield Finding("duplicate", message % {"option": said}, asked.language)


def too_many(asked: Asked) -> Iterator[Finding]:
    """Three good options are enough (guideline 18): more are read by nobody."""
    if len(asked.choices) > MOST_OPTIONS.get(asked.kind.name, len(asked.choices)):
        message = _("It has %(count)s options. Three or four good ones ask as much and are read faster.")
        yield Finding("many-options", message % {"count": len(asked.choices)})


def nearly_all_right(asked: Asked) -> Iterator[Finding]:
    """Where all but one of many are to be ticked, ticking everything is nearly right."""
    if asked.kind.name == "multiple_choice" and len(asked.choices) > 4 and len(asked.wrongs) == 1:
        message = _("All options but one are right: who ticks everything has nearly all of it. Add wrong ones.")
        yield Finding("nearly-all-right", message)


RULES = (key_longest, all_or_none, absolute, unequal, clang, duplicated, too_many, nearly_all_right)
