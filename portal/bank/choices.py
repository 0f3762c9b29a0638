"""What can be chosen in the forms of the bank: (value, name) pairs, one query or two each."""

from django.utils.translation import gettext as _

from portal.studio.choices import Choices, lessons, skills, topics
from portal.studio.languages import language_name, written_languages
from portal.studio.overview import course_lines

__all__ = ["Choices", "courses", "language_states", "lessons", "skills", "topics"]

MISSING, STALE = "missing", "stale"


def courses(language: str) -> Choices:
    return [(course.slug, course.title) for course in course_lines(language)]


def language_states() -> Choices:
    """A language that is missing, or whose words are older than those they were translated from."""
    says = {MISSING: _("%(language)s is missing"), STALE: _("%(language)s is out of date")}
    return [
        (f"{state}-{code}", words % {"language": language_name(code)})
        for state, words in says.items()
        for code in written_languages()
    ]
