"""What keeps something published from being written down, and the names under which things lie in a package."""

import re

from django.utils.translation import gettext as _

from lessons.models import Lesson
from lessons.models.identity import Identified
from portal.exchange.faults import FaultList

FIGURE = re.compile(r"figures/[^./\\\x00-\x1f][^/\\\x00-\x1f]*")


def one_authority(file: str, row: Identified, authority: str, faults: FaultList) -> None:
    """A course's folder has one authority: whose keys its lessons and questions are."""
    if row.authority != authority:
        message = _("“%(key)s” belongs to “%(own)s” and its course to “%(other)s”: a package cannot say that.")
        faults.add(file, 1, message % {"key": row.key, "own": row.authority, "other": authority})


def folder_of(lesson: Lesson) -> str:
    """Where a lesson lies in the folder of its course."""
    return lesson.slug
