"""A tree of places is kept for as long as it is the same, and never longer."""

from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import Organisation, OrganisationText, Region, RegionText, TreeMark
from portal.accounts.tree_marks import lay, take_away
from portal.accounts.trees import organisation_tree, region_tree

pytestmark = pytest.mark.django_db


def oak() -> Organisation:
    place = Organisation.objects.create(code="oak")
    OrganisationText.objects.create(organisation=place, language="en", name="Oak school")
    return place


def queries_of_reading() -> int:
    with CaptureQueriesContext(connection) as queries:
        organisation_tree("en")
    return len(queries)


def test_a_tree_is_read_once_while_nothing_changes() -> None:
    oak()
    assert (queries_of_reading(), queries_of_reading()) == (2, 1)


def test_each_language_has_its_own() -> None:
    place = oak()
    OrganisationText.objects.create(organisation=place, language="ar", name="مدرسة السنديان")
    names = [organisation_tree(language).by_code["oak"].name for language in ("en", "ar", "en")]
    assert names == ["Oak school", "مدرسة السنديان", "Oak school"]


@pytest.mark.parametrize(
    "change",
    [
        lambda place: OrganisationText.objects.filter(organisation=place).update(name="Oak college"),
        lambda place: Organisation.objects.filter(pk=place.pk).update(code="elm"),
        lambda place: Organisation.objects.bulk_create([Organisation(code="ash"), Organisation(code="fir")]),
        lambda place: OrganisationText.objects.filter(organisation=place).delete(),
        lambda place: place.delete(),
    ],
    ids=["renamed", "another code", "others came", "its name went", "it went"],
)
def test_whatever_changes_is_seen_at_once(change: Callable[[Organisation], object]) -> None:
    place = oak()
    before = organisation_tree("en").places
    change(place)
    assert organisation_tree("en").places != before


def test_an_insert_that_passes_over_conflicts_is_seen_too() -> None:
    oak()
    organisation_tree("en")
    Organisation.objects.bulk_create([Organisation(code="oak"), Organisation(code="ash")], ignore_conflicts=True)
    assert organisation_tree("en").by_code.keys() == {"oak", "ash"}


def test_a_change_of_regions_leaves_the_organisations_kept() -> None:
    oak()
    organisation_tree("en")
    region = Region.objects.create(code="north")
    RegionText.objects.create(region=region, language="en", name="North")
    assert queries_of_reading() == 1
    assert region_tree("en").by_code["north"].name == "North"


def test_what_was_read_before_a_roll_back_is_not_taken_for_what_came_after() -> None:
    oak()
    organisation_tree("en")
    with transaction.atomic():
        Organisation.objects.create(code="ash")
        assert "ash" in organisation_tree("en").by_code
        transaction.set_rollback(True)
    assert organisation_tree("en").by_code.keys() == {"oak"}
    Organisation.objects.create(code="fir")
    assert organisation_tree("en").by_code.keys() == {"oak", "fir"}


def test_without_a_mark_a_tree_is_read_each_time() -> None:
    oak()
    TreeMark.objects.all().delete()
    organisation_tree("en")
    with CaptureQueriesContext(connection) as queries:
        assert "oak" in organisation_tree("en").by_code
    assert len(queries) == 2


def test_laying_the_triggers_gives_new_marks_for_what_nobody_noted() -> None:
    oak()
    organisation_tree("en")
    take_away(connection)
    OrganisationText.objects.update(name="Oak college")
    lay(connection)
    assert organisation_tree("en").by_code["oak"].name == "Oak college"
