from collections.abc import Iterable

from lessons.words import in_language
from portal.accounts.models import Organisation, OrganisationText


def organisation_names(pks: Iterable[int], language: str) -> dict[int, str]:
    """What organisations are called in the language, else their codes; one query."""
    name = in_language(OrganisationText.objects.all(), "organisation", "name", language)
    rows = Organisation.objects.without_tree_fields().filter(pk__in=set(pks)).annotate(name=name)
    return {place.pk: place.name or place.code for place in rows}
