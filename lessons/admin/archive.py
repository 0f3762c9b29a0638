"""What may have been learned from is put away, never deleted."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lessons import stamp
from lessons.admin.careful import Careful


class Archived(admin.EmptyFieldListFilter):
    """A filter that says "archived" where Django would say "empty"."""

    def choices(self, changelist: Any) -> Any:
        names = (_("All"), _("Offered"), _("Archived"))
        for name, choice in zip(names, super().choices(changelist), strict=True):
            yield choice | {"display": name}


@admin.action(description=_("Archive: readers no longer find it"), permissions=["change"])
def archive(of: "Keeping", request: HttpRequest, chosen: QuerySet[Any]) -> None:
    of.put_away(request, chosen.filter(archived_at=None), timezone.now())


@admin.action(description=_("Bring back from the archive"), permissions=["change"])
def bring_back(of: "Keeping", request: HttpRequest, chosen: QuerySet[Any]) -> None:
    of.put_away(request, chosen.exclude(archived_at=None), None)


class Keeping(Careful):
    """Rows with a date of archiving, set by an action."""

    actions = (archive, bring_back)
    list_filter: ClassVar[Any] = (("archived_at", Archived),)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def put_away(self, request: HttpRequest, chosen: QuerySet[Any], at: Any) -> None:
        """Sets the date on what was chosen, writes each into the history and says how many they were."""
        rows = list(chosen)
        chosen.model.objects.filter(pk__in=[row.pk for row in rows]).update(archived_at=at)
        for row in rows:
            self.index(row)
            self.log_change(request, row, [{"changed": {"fields": [str(_("archived"))]}}])
        stamp.touch()
        said = ngettext("%(count)s was changed.", "%(count)s were changed.", len(rows)) % {"count": len(rows)}
        self.message_user(request, said, messages.SUCCESS)
