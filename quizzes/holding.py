"""In which order rows are held, so that no two wait for each other: sittings under way, then learners, each by id.

Whatever hands a sitting in holds it before the learner; `history.clusters` holds learners as this does, for who only
adds to what they did.
"""

import uuid
from collections.abc import Collection

from django.db import connection
from django.db.models import Q

from quizzes.models import Attempt, Learner

REGRADES = 2601  # the number under which PostgreSQL knows whose turn it is; any that nothing else here uses


def hold_sittings(learners: Collection[uuid.UUID]) -> None:
    """Holds the sittings that these have under way until the transaction ends, so that none is handed in meanwhile."""
    under_way = Attempt.objects.filter(learner__in=learners, state=Attempt.State.OPEN)
    list(under_way.order_by("pk").select_for_update().values_list("pk"))


def hold_wholly(learners: Collection[uuid.UUID]) -> list[Learner]:
    """These and the guests merged into them, held for who merges or erases them, with what they have under way."""
    hold_sittings(learners)
    own = Learner.objects.filter(Q(pk__in=learners) | Q(merged_into__in=learners))
    return list(own.order_by("pk").select_for_update())


def await_turn_to_regrade() -> None:
    """Regrades come one after the other: each holds many learners, a batch at a time, until its transaction ends.

    On SQLite there is only ever one that writes.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [REGRADES])
