"""A source in the administration: which newer one took its place."""

from itertools import pairwise

import pytest
from django.test import Client

from lessons.models import Source
from tests.portal.admin_pages import page, send
from tests.portal.studio.upkeep.test_links import source

pytestmark = pytest.mark.django_db


def test_the_newer_source_is_chosen_there(administration: Client) -> None:
    old, new = source("OLD"), source("NEW")
    send(administration, page(Source, "change", old.pk), {"superseded_by": str(new.pk)})
    old.refresh_from_db()
    assert old.superseded_by == new


@pytest.mark.parametrize("steps", [0, 1, 2])
def test_a_source_is_not_superseded_by_one_that_it_superseded(administration: Client, steps: int) -> None:
    chain = [source(f"S{step}") for step in range(steps + 1)]
    for older, newer in pairwise(chain):
        Source.objects.filter(pk=older.pk).update(superseded_by=newer)
    response = send(administration, page(Source, "change", chain[-1].pk), {"superseded_by": str(chain[0].pk)})
    assert "Choose a newer one." in response.content.decode()
    assert not Source.objects.filter(pk=chain[-1].pk, superseded_by__isnull=False).exists()


def test_a_new_source_may_name_one(administration: Client) -> None:
    new = source("NEW")
    fields = {"authority": "starter", "key": "OLD", "title": "x", "publisher": "y", "year": "2020"}
    send(administration, page(Source, "add"), fields | {"superseded_by": str(new.pk)})
    assert Source.objects.get(key="OLD").superseded_by == new
