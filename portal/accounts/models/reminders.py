from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lessons.models import Course
from portal.accounts.models.places import Organisation


class ReminderRule(models.Model):
    """When the portal itself reminds members of what an organisation asks; one without a rule reminds nobody."""

    organisation = models.OneToOneField(
        Organisation, models.CASCADE, related_name="reminder_rule", verbose_name=_("organisation")
    )
    two_weeks_before = models.BooleanField(_("14 days before the last day"), default=False)
    three_days_before = models.BooleanField(_("3 days before the last day"), default=False)
    afterwards = models.BooleanField(_("after the last day, once a week for four weeks"), default=False)

    class Meta:
        verbose_name = _("rule for reminders")
        verbose_name_plural = _("rules for reminders")

    def __str__(self) -> str:
        return str(self.organisation_id)


class Reminder(models.Model):
    """The last day on which a person was reminded of a course: whoever writes the day in sends the letter."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("person"))
    course = models.ForeignKey(Course, models.CASCADE, related_name="+", verbose_name=_("course"))
    sent_on = models.DateField(_("last reminded"))

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [models.UniqueConstraint(fields=["user", "course"], name="accounts_reminder_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.course_id}"


class RemindersStopped(models.Model):
    """A person who wants no reminders."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("person"))

    class Meta:
        verbose_name = _("person who wants no reminders")
        verbose_name_plural = _("people who want no reminders")

    def __str__(self) -> str:
        return str(self.user_id)
