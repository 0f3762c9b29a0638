"""Who made the pictures of a lesson, as its file says it."""

from collections.abc import Mapping
from typing import Any

from lessons.credits import credit_of
from lessons.models import Media
from portal.exchange.writing.yaml_files import said, stated


def written_credits(figures: Mapping[str, Media]) -> dict[str, dict[str, Any]]:
    """By the names of the pictures, of those of which somebody has said it."""
    return {name: credit for name, media in figures.items() if (credit := written_credit(media))}


def written_credit(media: Media) -> dict[str, Any]:
    """{} where nobody has said it."""
    credit = credit_of(media)
    if credit is None:
        return {}
    return {
        "licence": credit.licence,
        **said(stated(author=credit.author, source_url=credit.source_url, permission=credit.permission)),
        **stated(modified=credit.modified or media.cropped_from_id is not None),
    }
