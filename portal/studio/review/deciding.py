"""A reviewer's decision: what only a person can judge is ticked first, then it goes out, now or at a time."""

from collections.abc import Collection
from datetime import datetime

from django.utils import timezone
from django.utils.translation import ngettext

from portal.accounts.models import User
from portal.studio import releases
from portal.studio.models import Release
from portal.studio.refusals import NotTicked
from portal.studio.review.ticks import missing, tick


def keep(release: Release, by: User, ticks: Collection[str]) -> None:
    """Keep the ticks alone. Raises OwnWork or WrongState."""
    releases.expect_reviewed_by(release, by)
    tick(release, by, ticks)


def decide(release: Release, by: User, ticks: Collection[str], at: datetime | None) -> None:
    """Publish it, or approve it for `at`; the ticks are kept also where that is refused.

    Raises NotTicked while a point has not been ticked by anybody, and what `releases.publish` and `schedule` raise.
    """
    keep(release, by, ticks)
    if count := len(missing(release)):
        message = ngettext(
            "One point is not ticked yet. Look at it first, then say so here.",
            "%(count)s points are not ticked yet. Look at them first, then say so here.",
            count,
        )
        raise NotTicked(message % {"count": count})
    if at:
        releases.schedule(release, by, at)
    else:
        releases.publish(release, by, timezone.now())
