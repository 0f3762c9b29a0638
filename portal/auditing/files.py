"""The audit log as a table, for whoever looks into what was done: as many entries as are asked for, a few at a time."""

import json
from collections.abc import Iterator
from itertools import islice

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import AuditEntry
from portal.studio.log.entries import lines_of

AT_A_TIME = 500


def rows_of(found: QuerySet[AuditEntry]) -> Iterator[list[object]]:
    """A head and a row an entry, with the moment in the time zone of the portal and the deed as it was written down."""
    yield [_("When"), _("Who"), _("Account"), _("What"), _("Deed"), _("To what"), _("From where"), _("Detail")]
    rows = found.iterator(AT_A_TIME)
    while entries := list(islice(rows, AT_A_TIME)):
        for entry, line in zip(entries, lines_of(entries), strict=True):
            yield [
                timezone.localtime(entry.at).isoformat(timespec="seconds"),
                line.who,
                str(entry.actor_id or ""),
                line.what,
                entry.deed,
                line.subject,
                line.address,
                json.dumps(entry.detail, ensure_ascii=False) if entry.detail else "",
            ]
