"""From one page of people to the next, by name: the address names the last person seen, so no page skips or repeats."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from portal.accounts.models import User

PAGE = 50
BY_NAME = ("display_name", "pk")


@dataclass(frozen=True)
class Leaf:
    """The people of a page; `before` and `after` are what its neighbours are asked for by, None where there is none."""

    people: list[User]
    before: int | None = None
    after: int | None = None


def leaf(people: QuerySet[User], *, after: str = "", before: str = "") -> Leaf:
    """The page after a person, before one, or the first; an id that is none begins anew. At most two queries."""
    backwards = bool(before) and not after
    mark = _found(before if backwards else after)
    rows = list(_beyond(people, mark, backwards=backwards)[: PAGE + 1])
    more, rows = len(rows) > PAGE, rows[:PAGE]
    if backwards:
        rows.reverse()
    if not rows:
        return Leaf([])
    earlier, later = (more, True) if backwards else (mark is not None, more)
    return Leaf(rows, rows[0].pk if earlier else None, rows[-1].pk if later else None)


def _found(typed: str) -> User | None:
    """The person of that id; whether they are on the list matters not, for only their name is gone by."""
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= 18):
        return None
    return User.objects.only("display_name").filter(pk=int(typed)).first()


def _beyond(people: QuerySet[User], mark: User | None, *, backwards: bool) -> QuerySet[User]:
    if mark is None:
        return people.order_by(*BY_NAME)
    side = "lt" if backwards else "gt"
    same = Q(display_name=mark.display_name, **{f"pk__{side}": mark.pk})
    found = people.filter(Q(**{f"display_name__{side}e": mark.display_name}))
    found = found.filter(Q(**{f"display_name__{side}": mark.display_name}) | same)
    return found.order_by(*(f"-{name}" if backwards else name for name in BY_NAME))
