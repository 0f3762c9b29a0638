"""Links to saved views by e-mail, every week or month: to whoever may still see the report, and without its figures."""

from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from portal.accounts import letters, unsubscribing
from portal.accounts.models import User
from portal.reports.models import SavedView
from portal.reports.saved.keeping import address_of, may_open
from quizzes.validity import months_later

KIND = "saved_view"
WEEK = timedelta(days=7)
Delivery = SavedView.Delivery


def deliver_views(today: date) -> int:
    """Sends what is due on the day; how many letters went out. A second run on a day sends nothing twice."""
    rows = SavedView.objects.filter(_due(today), user__is_active=True, user__email__isnull=False)
    due = rows.exclude(user__email="").select_related("user").order_by("user", "pk")
    return sum(_deliver(view, today) for view in due.iterator(chunk_size=500))


def _due(today: date) -> Q:
    """A month after the last letter, or on that month's last day where it has no such day."""
    not_since = {Delivery.WEEKLY: today - WEEK, Delivery.MONTHLY: _month_before(today)}
    due = Q()
    for delivery, day in not_since.items():
        due |= Q(delivery=delivery) & (Q(sent_on=None) | Q(sent_on__lte=day))
    return due


def _month_before(today: date) -> date:
    """The latest day whose month later has come."""
    return max(day for day in (today - timedelta(days=n) for n in range(28, 32)) if months_later(day, 1) <= today)


def _deliver(view: SavedView, today: date) -> bool:
    """Whether a letter went out; where the mail server is away, the next run tries again."""
    if not may_open(view.user, view):
        return False
    before = view.sent_on
    if not SavedView.objects.filter(pk=view.pk, sent_on=before).update(sent_on=today):
        return False  # another run was faster
    stop_url = unsubscribing.stop_address(view.user, KIND, view.pk)
    sent = letters.send_now("saved_view", view.user, name=view.name, url=address_of(view), stop_url=stop_url)
    if not sent:
        SavedView.objects.filter(pk=view.pk, sent_on=today).update(sent_on=before)
    return sent


def named(user: User, pk: int) -> str | None:
    """What comes, for the page that stops it."""
    view = SavedView.objects.filter(pk=pk, user=user).exclude(delivery=Delivery.NEVER).first()
    return _("A link to your view “%(name)s”") % {"name": view.name} if view else None


def stop(user: User, pk: int) -> None:
    """The view stays; its letters end."""
    SavedView.objects.filter(pk=pk, user=user).update(delivery=Delivery.NEVER)
