"""Leafing through people by name, forwards and back, whatever their names are."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.accounts.models import User
from portal.reports.people import leafing
from portal.reports.people.leafing import BY_NAME, leaf

pytestmark = pytest.mark.django_db


def people(*names: str) -> None:
    User.objects.all().delete()
    User.objects.bulk_create(User(display_name=name, email=f"{n}@example.org") for n, name in enumerate(names))


def forwards() -> list[list[int]]:
    pages, after = [], ""
    while True:
        found = leaf(User.objects.all(), after=after)
        pages.append([user.pk for user in found.people])
        if not found.after:
            return pages
        after = str(found.after)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(["", "Amal", "Badr", "أمل", "a", "Z'"]), max_size=9))
def test_every_page_in_turn_is_everybody_once_by_name(monkeypatch: pytest.MonkeyPatch, names: list[str]) -> None:
    monkeypatch.setattr(leafing, "PAGE", 2)
    people(*names)
    everybody = list(User.objects.order_by(*BY_NAME).values_list("pk", flat=True))
    assert [pk for page in forwards() for pk in page] == everybody


def test_going_back_shows_the_pages_that_were_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leafing, "PAGE", 2)
    people("A", "B", "B", "C", "D")
    pages = forwards()
    last = leaf(User.objects.all(), after=str(pages[1][-1]))
    assert last.before is not None
    middle = leaf(User.objects.all(), before=str(last.before))
    assert [user.pk for user in middle.people] == pages[1]
    first = leaf(User.objects.all(), before=str(middle.before))
    assert [user.pk for user in first.people] == pages[0]
    assert first.before is None


@pytest.mark.parametrize("typed", ["", "no-number", "-1", "٣", "9" * 30, "1e3"])
def test_a_mark_that_is_none_begins_anew(typed: str) -> None:
    people("A", "B")
    assert [user.display_name for user in leaf(User.objects.all(), after=typed).people] == ["A", "B"]
