"""When the portal itself reminds: two weeks and three days before the last day, and for four weeks after it."""

from datetime import date, timedelta

from django.db.models import QuerySet

from portal.accounts.models import Assignment, Organisation, ReminderRule
from portal.accounts.reminding.audience import BETWEEN, to_remind
from portal.accounts.reminding.sending import send_to

EARLY, SOON, AFTER = timedelta(days=14), timedelta(days=3), timedelta(days=28)


def due_since(rule: ReminderRule, due_on: date, today: date) -> date | None:
    """The day since which a reminder is due by the rule, so that a day without a run loses none; None while none is."""
    if rule.afterwards and due_on < today <= due_on + AFTER:
        return max(due_on + timedelta(days=1), today - BETWEEN + timedelta(days=1))
    if rule.three_days_before and due_on - SOON <= today <= due_on:
        return due_on - SOON
    last_early = due_on - SOON if rule.three_days_before else due_on + timedelta(days=1)
    if rule.two_weeks_before and due_on - EARLY <= today < last_early:
        return due_on - EARLY
    return None


def remind_by_rules(today: date) -> int:
    """Sends every reminder that is due; how many. Running it twice, or two at once, sends none twice."""
    return sum(_remind(row, row.organisation.reminder_rule, today) for row in _ruled(today))


def _ruled(today: date) -> QuerySet[Assignment]:
    near = {"due_on__gte": today - AFTER, "due_on__lte": today + EARLY}
    rows = Assignment.objects.filter(organisation__reminder_rule__isnull=False, **near)
    return rows.select_related("organisation__reminder_rule").order_by("due_on", "pk")


def _remind(assignment: Assignment, rule: ReminderRule, today: date) -> int:
    due_on: date = assignment.due_on  # type: ignore[assignment]
    since = due_since(rule, due_on, today)
    if since is None:
        return 0
    places = Organisation.objects.descendants(assignment.organisation_id, include_self=True).values_list(
        "pk", flat=True
    )
    people = to_remind(list(places), assignment.course_id, today, since)
    return send_to(people, assignment.organisation_id, assignment.course_id, due_on, today)
