"""A document's number says its place among the others, so that an index finds the first ones without reading the rest.

From the highest bits down: its language, its kind, whether it threatens life, its place in the curriculum, its subject.
"""

from django.conf import settings

KINDS = ("topic", "course", "lesson", "term")
PLACES, SUBJECTS = 24, 32  # bits
A_KIND = 1 << (PLACES + SUBJECTS + 1)
A_LANGUAGE = A_KIND * len(KINDS)


def number_of(language: str, kind: str, subject: int, position: int, *, urgent: bool) -> int:
    place = min(position, (1 << PLACES) - 1) + (0 if urgent else 1 << PLACES)
    return _language(language) + KINDS.index(kind) * A_KIND + (place << SUBJECTS) + subject


def numbers_of(language: str) -> tuple[int, int]:
    """The first and the last number of a language's documents."""
    return _language(language), _language(language) + A_LANGUAGE - 1


def _language(language: str) -> int:
    """Texts in a language that the portal does not speak are last, and never asked for."""
    codes = [code for code, _name in settings.LANGUAGES]
    return (codes.index(language) if language in codes else len(codes)) * A_LANGUAGE
