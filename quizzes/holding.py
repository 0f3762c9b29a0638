"""In which order rows are held, so that no two wait for each other: sittings under way, then learners, each by id.

Whatever hands a sitting in holds it before the learner; `history.clusters` holds learners as this does, for who only
adds to what they did.
"""

import uuid
from collections.abc import Collection

from django.db.models import Q

from quizzes.models import Attempt, Learner


def hold_sittings(learners: Collection[uuid.UUID]) -> None:
    """Holds the sittings that these have under way until the transaction ends, so that none is handed in meanwhile."""
    under_way = Attempt.objects.filter(learner__in=learners, state=Attempt.State.OPEN)
    list(under_way.order_by("pk").select_for_update().values_list("pk"))


def hold_wholly(learners: Collection[uuid.UUID]) -> list[Learner]:
    """These and the guests merged into them, held for who merges or erases them, with what they have under way."""
    hold_sittings(learners)
    own = Learner.objects.filter(Q(pk__in=learners) | Q(merged_into__in=learners))
    return list(own.order_by("pk").select_for_update())
