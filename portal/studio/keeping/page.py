"""What a page of the studio shows of its keeping."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from portal.studio.keeping.copies import Fields, TooLarge, WrittenElsewhere, copy_of, keep, last_mark, settle
from portal.studio.keeping.neighbours import Neighbour, Newer, neighbours
from portal.studio.keeping.places import Place
from portal.studio.keeping.resending import held_for, let_go, signed
from portal.studio.keeping.sent import KNOWN, fields_of, sheet_of
from portal.studio.models import WorkingCopy


@dataclass(frozen=True)
class Keeping:
    """For `studio/kept.html`. The fields show the `copy`, which is not saved; `held` could not be joined to it."""

    place: Place
    mark: str
    copy: WorkingCopy | None = None
    here: list[Neighbour] = field(default_factory=list)
    newer: list[Newer] = field(default_factory=list)
    held: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return reverse("studio:keeping", args=[self.place.desk.lesson.slug])

    @property
    def drop_url(self) -> str:
        return reverse("studio:drop_copy", args=[self.place.desk.lesson.slug])

    @property
    def token(self) -> str:
        """Whose page it is, for the form to bring back."""
        return signed(self.place.desk.person)


def keeping(
    request: HttpRequest, place: Place, copy: WorkingCopy | None, newer: Iterable[Newer] = (), held: Iterable[str] = ()
) -> Keeping:
    """For a page just given out, its fields filled with the `copy`. One query, and one where there is no copy."""
    mark = copy.mark if copy else request.POST.get(KNOWN) or last_mark(place.desk)
    return Keeping(place, mark, copy, neighbours(place.desk), list(newer), list(held))


def opened(request: HttpRequest, place: Place) -> tuple[WorkingCopy | None, list[str]]:
    """The person's copy of the form, and texts sent when their log-in had ended that could not be joined to it.

    What was sent so becomes the copy, unless something else was written since.
    """
    data = held_for(request)
    if data is None:
        return copy_of(place.desk), []
    sheet = sheet_of(data)
    unsaved, _newer = place.read(data)
    try:
        keep(place.desk, sheet, unsaved.typed, unsaved.begun_from, unsaved.languages)
    except (WrittenElsewhere, TooLarge):
        return copy_of(place.desk), _texts(fields_of(data))
    let_go(request)
    return copy_of(place.desk), []


def _texts(fields: Fields) -> list[str]:
    return [said for name, values in fields.items() if not name.endswith("-id") for said in values if said.strip()]


def keep_sent(place: Place, data: QueryDict) -> WorkingCopy | None:
    """Keep what a form brought that was not saved, so that it is there without a script too; the copy, if it is."""
    unsaved, _newer = place.read(data)
    sheet = sheet_of(data)
    with suppress(WrittenElsewhere, TooLarge):
        return keep(place.desk, sheet, unsaved.typed, unsaved.begun_from, unsaved.languages)
    return None


def settle_sent(place: Place, data: QueryDict) -> None:
    """The form was saved: there is no working copy any more, unless another page of the person wrote one."""
    settle(place.desk, sheet_of(data))
