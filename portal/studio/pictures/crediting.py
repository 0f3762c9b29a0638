"""Saying who made a picture, and on what terms it is shown; a crop has the credit of its original."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.http import HttpRequest

from lessons import stamp
from lessons.models import Media, PictureCredit
from portal.accounts.audit import record


@transaction.atomic
def save_credit(request: HttpRequest, media: Media, said: Mapping[str, Any]) -> PictureCredit:
    """Write the credit down, for readers of what is published too."""
    credit, _made = PictureCredit.objects.update_or_create(media=media.original, defaults=dict(said))
    record(request, "picture.credited", media.original, picture=media.original.pk, **said)
    stamp.touch()
    return credit
