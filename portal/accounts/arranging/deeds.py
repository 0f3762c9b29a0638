"""Adding, renaming, moving and removing a place. The tree stays a tree, whoever changes it at the same time."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models.fields.reverse_related import ForeignObjectRel

from portal.accounts.arranging.reach import Kind
from portal.accounts.trees import lock_tree, with_those_above

STAY_FOR = {"children", "assignments"}
"""For what a place stays, beside all that the database protects; whatever else is its own goes with it."""


class Ring(Exception):
    """The place would stand below itself."""


class Hanging(Exception):
    """Something hangs on the place: `what` has the name of each sort with how many there are."""

    def __init__(self, what: dict[str, int]) -> None:
        self.what = what
        super().__init__(str(what))


class Gone(Exception):
    """The place, or the one above it, has been removed meanwhile."""


@transaction.atomic
def add_place(kind: Kind, code: str, names: Mapping[str, str], parent: int | None) -> int:
    """Its id. Raises Gone where the one above is no more, IntegrityError where the code is taken."""
    lock_tree(kind.places)
    if parent is not None and not kind.places._default_manager.filter(pk=parent).exists():
        raise Gone
    place = kind.places._default_manager.create(code=code, parent_id=parent)
    _name(kind, place.pk, names)
    return int(place.pk)


@transaction.atomic
def rename_place(kind: Kind, pk: int, names: Mapping[str, str]) -> None:
    """The names as given; a language without one has none."""
    lock_tree(kind.places)
    if not kind.places._default_manager.filter(pk=pk).exists():
        raise Gone
    _name(kind, pk, names)


@transaction.atomic
def move_place(kind: Kind, pk: int, parent: int | None) -> None:
    """Who belonged to it on what day stays as it was. Raises Ring or Gone."""
    lock_tree(kind.places)
    above = with_those_above(kind.places, [parent] if parent is not None else [])
    if pk in above:
        raise Ring
    if parent is not None and parent not in above:
        raise Gone
    if not kind.places._default_manager.order_by().filter(pk=pk).update(parent_id=parent):
        raise Gone


@transaction.atomic
def remove_place(kind: Kind, pk: int) -> None:
    """Raises Hanging where anything hangs on it."""
    lock_tree(kind.places)
    place = kind.places._default_manager.filter(pk=pk).first()
    if place is None:
        raise Gone
    if what := hanging_on(kind, pk):
        raise Hanging(what)
    try:
        with transaction.atomic():
            place.delete()
    except IntegrityError:  # somebody joined it just now
        raise Hanging(hanging_on(kind, pk)) from None


def hanging_on(kind: Kind, pk: int) -> dict[str, int]:
    """How many there are of each sort of rows for which the place must stay."""
    found: dict[str, int] = {}
    for relation in kind.places._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel) and _holds(relation):
            rows: Any = relation.related_model
            count = rows._default_manager.order_by().filter(**{relation.field.name: pk}).count()
            if count:
                found[str(rows._meta.verbose_name_plural)] = count
    return found


def _holds(relation: ForeignObjectRel) -> bool:
    return relation.on_delete is models.PROTECT or relation.related_name in STAY_FOR


def names_of(kind: Kind, pk: int) -> dict[str, str]:
    rows = kind.texts._default_manager.filter(**{kind.owner: pk})
    return dict(rows.values_list("language", "name"))


def _name(kind: Kind, pk: int, names: Mapping[str, str]) -> None:
    texts = kind.texts._default_manager
    given = {language: name for language, name in names.items() if name}
    texts.filter(**{kind.owner: pk}).exclude(language__in=given).delete()
    rows: Any = [
        kind.texts(language=language, name=name, **{f"{kind.owner}_id": pk}) for language, name in given.items()
    ]
    texts.bulk_create(rows, update_conflicts=True, unique_fields=[kind.owner, "language"], update_fields=["name"])
