"""A file of places: looked at first, then read in exactly as it was shown."""

from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.translation import override

from portal.accounts.models import AuditEntry, Organisation, PlacesFile, Region
from portal.accounts.place_files import PlaceFaults, store_places
from tests.factories import OrganisationFactory, RoleGrantFactory
from tests.portal.accounts.guests import SCRIPT, text_of
from tests.portal.accounts.organisations.conftest import logged_in

pytestmark = pytest.mark.django_db
FILE, READ = "/en/places/file/", "/en/places/file/read/"
HEAD = "kind,code,parent,name_ar,name_en\n"
TREE = HEAD + "region,north,,الشمال,North\norganisation,ministry,,وزارة,Ministry\n"


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.fixture
def nation() -> Client:
    return logged_in(RoleGrantFactory(role="administrator").user)


def send(client: Client, text: str | bytes) -> str:
    data = text if isinstance(text, bytes) else text.encode()
    return text_of(client.post(FILE, {"file": SimpleUploadedFile("places.csv", data)}, follow=True))


def test_a_file_is_only_looked_at_first(nation: Client) -> None:
    send(nation, TREE)
    found = nation.get(FILE).context["found"]
    assert (found.created, found.changed, found.unchanged) == (["north", "ministry"], [], [])
    assert not Region.objects.exists()


def test_it_is_read_in_once_that_was_seen(nation: Client) -> None:
    send(nation, TREE)
    assert "“places.csv” was read in." in text_of(nation.post(READ, follow=True))
    assert (Region.objects.count(), Organisation.objects.count()) == (1, 1)
    entry = AuditEntry.objects.get()
    assert (entry.deed, entry.subject, entry.detail) == ("places.read", "places.csv", {"created": 2, "changed": 0})
    assert nation.post(READ).status_code == 404


def test_a_file_with_a_fault_changes_nothing_and_says_the_line_and_why(nation: Client) -> None:
    page = send(nation, TREE + f"region,town,south,,{SCRIPT}\n")
    assert "Line 4: <bdi>There is no “south” to stand below." in page
    assert "Read it in" not in page
    nation.post(READ)
    assert not Region.objects.exists()
    assert SCRIPT not in page


def test_where_the_portal_has_changed_meanwhile_nothing_is_read_and_it_is_shown_anew(nation: Client) -> None:
    send(nation, TREE)
    OrganisationFactory(code="ministry")
    assert "The portal has changed since you looked." in text_of(nation.post(READ, follow=True))
    assert not Region.objects.exists()
    assert nation.get(FILE).context["found"].changed == ["ministry"]


def test_the_file_can_be_thrown_away(nation: Client) -> None:
    send(nation, TREE)
    nation.post(READ, {"discard": "1"})
    assert not PlacesFile.objects.exists()
    assert not Region.objects.exists()


def test_the_next_file_takes_the_place_of_the_one_before(nation: Client) -> None:
    send(nation, TREE)
    send(nation, HEAD + "region,south,,,South\n")
    assert nation.get(FILE).context["found"].created == ["south"]


def test_what_is_there_already_need_not_be_read(nation: Client) -> None:
    store_places(TREE.encode())
    assert "There is nothing to read in." in send(nation, TREE)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (TREE.encode().replace(b"North", b"No\x00rth"), "Line 2: <bdi>This is no text."),
        (TREE.encode("utf-16"), "The file is not in UTF-8."),
        (TREE.encode() + b'region,far,,,"' + b"x" * 3000 + b'"\n', "A field is far too long."),
        (TREE.encode() + b'region,far,,,"never closed', "From this line on it is no table."),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(nation: Client, data: bytes, message: str) -> None:
    assert message in send(nation, data)


def test_a_file_with_semicolons_is_read_as_well(nation: Client) -> None:
    send(nation, "\ufeff" + TREE.replace(",", ";"))
    assert nation.get(FILE).context["found"].created == ["north", "ministry"]


def test_no_file_and_one_that_is_too_large_are_refused_beside_the_field(nation: Client) -> None:
    assert "Choose a file." in text_of(nation.post(FILE, {}))
    large = SimpleUploadedFile("places.csv", b"x" * 2_000_001)
    assert "This file is too large." in text_of(nation.post(FILE, {"file": large}))


def test_an_administrator_of_a_region_does_not_read_files() -> None:
    client = logged_in(RoleGrantFactory(role="administrator", region=Region.objects.create(code="north")).user)
    assert client.get(FILE).status_code == 403


def test_five_thousand_organisations_are_stored_in_few_queries(django_assert_max_num_queries: object) -> None:
    lines = [f"organisation,o{number},o{number // 10},,Name {number}\n" for number in range(1, 5001)]
    with django_assert_max_num_queries(120):  # type: ignore[operator]
        read = store_places((HEAD + "organisation,o0,,,Top\n" + "".join(lines)).encode())
    assert len(read.created) == 5001


def test_all_or_nothing(nation: Client) -> None:
    with pytest.raises(PlaceFaults):
        store_places((TREE + "region,a,a,,A\n").encode())
    assert not Organisation.objects.exists()
