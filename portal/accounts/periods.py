from datetime import date

from django.db.models import Q


def as_of(day: date) -> Q:
    """Condition on memberships, residences and grants: those that hold on `day` (`to_day` is the first day after)."""
    return Q(from_day__lte=day) & (Q(to_day__isnull=True) | Q(to_day__gt=day))
