"""Where somebody belonged who is erased: days and places stay with the nameless learner, so that counts stay true."""

from datetime import date

from portal.accounts.models import PastPlace, User
from quizzes.models import Learner


def keep_places(user: User, today: date) -> None:
    """Copies where the person belonged to their learner, until today; from today on they belong nowhere.

    Who has no learner and belonged somewhere gets a nameless one. To be called before the learner is erased.
    """
    residences = list(user.residences.order_by("pk").values_list("region", "from_day", "to_day"))
    memberships = list(user.memberships.order_by("pk").values_list("organisation", "from_day", "to_day"))
    if not residences and not memberships:
        return
    learner, _made = Learner.objects.get_or_create(user=user)
    rows = [("region_id", *row) for row in residences] + [("organisation_id", *row) for row in memberships]
    PastPlace.objects.bulk_create(
        PastPlace(learner=learner, from_day=since, to_day=min(until or today, today), **{kind: place})
        for kind, place, since, until in rows
        if since <= today
    )
