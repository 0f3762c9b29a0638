"""The rows of a list of people as files: a row for each person and course, written as they are read."""

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.reports.people.asked import AskedPeople
from portal.reports.people.leafing import BY_NAME
from portal.reports.people.lines import CHUNK, every_line
from portal.reports.people.lists import EXPIRING, PeopleList
from portal.reports.people.words import state_words

Row = tuple[object, ...]


def rows_of(listed: PeopleList, asked: AskedPeople) -> Iterator[Row]:
    """The headings in the page's language, then everybody on the list by name."""
    yield tuple(_headings(listed))
    people: QuerySet[User] = listed.matching(asked).order_by(*BY_NAME)
    for line in every_line(listed.name, asked, people.iterator(chunk_size=CHUNK)):
        user = line.user
        for matter in line.matters:
            place = () if listed.name == EXPIRING else (matter.organisation,)
            yield (user.display_name, user.email or "", *place, matter.course, matter.day, state_words(matter.state))


def _headings(listed: PeopleList) -> Iterable[str]:
    yield from (_("Name"), _("E-mail address"))
    if listed.name == EXPIRING:
        yield from (_("Course"), _("Runs out on"), _("State"))
    else:
        yield from (_("Organisation"), _("Course"), _("Due day"), _("State"))
