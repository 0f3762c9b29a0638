from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from portal.accounts.models import Organisation, Region
from portal.accounts.place_files import PlaceFaults, read_places
from portal.accounts.trees import organisation_tree, region_tree
from tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db
NO_PARENT = "There is no “south” to stand below. Add a line for it, or leave the parent empty."
HEAD = "kind,code,parent,name_ar,name_en\n"
TREE = HEAD + (
    "region,north,,الشمال,North\n"
    "region,town,north,البلدة,Town\n"
    "organisation,school,ministry,مدرسة,School\n"
    "organisation,ministry,,وزارة,Ministry\n"
)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Whatever language a test before spoke."""
    with override("en"):
        yield


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    file = folder / "places.csv"
    file.write_bytes(text.encode(encoding))
    return file


def faults(folder: Path, text: str, encoding: str = "utf-8") -> list[tuple[int, str]]:
    with pytest.raises(PlaceFaults) as caught:
        read_places(written(folder, text, encoding))
    assert not Region.objects.exists()
    return [(fault.line, fault.message) for fault in caught.value.faults]


def test_both_trees_are_made_whatever_the_order_of_the_lines(tmp_path: Path) -> None:
    read = read_places(written(tmp_path, TREE))
    assert read.created == ["north", "town", "school", "ministry"]
    regions, organisations = region_tree("ar"), organisation_tree("en")
    assert [place.name for place in regions.line(regions.by_code["town"])] == ["الشمال", "البلدة"]
    assert [place.name for place in organisations.line(organisations.by_code["school"])] == ["Ministry", "School"]


def test_reading_the_file_again_changes_nothing(tmp_path: Path) -> None:
    read_places(written(tmp_path, TREE))
    read = read_places(written(tmp_path, TREE))
    assert (read.created, read.changed, len(read.unchanged)) == ([], [], 4)


def test_a_new_name_and_a_new_place_above_are_taken_over(tmp_path: Path) -> None:
    read_places(written(tmp_path, TREE))
    read = read_places(written(tmp_path, HEAD + "region,town,,البلدة,Old town\n"))
    assert read.changed == ["town"]
    town = region_tree("en").by_code["town"]
    assert (town.name, town.parent) == ("Old town", None)


def test_a_place_that_the_file_does_not_name_is_left_alone_and_can_stand_above(tmp_path: Path) -> None:
    OrganisationFactory(code="ministry")
    read_places(written(tmp_path, HEAD + "organisation,school,ministry,,School\n"))
    assert Organisation.objects.get(code="school").parent.code == "ministry"


def test_a_file_that_a_spreadsheet_has_saved_is_read(tmp_path: Path) -> None:
    read_places(written(tmp_path, TREE.replace("\n", "\r\n"), "utf-8-sig"))
    assert Region.objects.count() == 2


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("country,north,,,North", "“country” is no kind. Write region or organisation."),
        ("region,no rth,,,North", "“no rth” is no code. Use letters a to z, digits and hyphens, at most 40."),
        ("region,,,,North", "“” is no code. Use letters a to z, digits and hyphens, at most 40."),
        (
            "region,town,south,,Town",
            "There is no “south” to stand below. Add a line for it, or leave the parent empty.",
        ),
        ("region,north,north,,North", "“north” would stand below itself. Change its parent."),
        ("region,north,,,", "There is no name. Write one in at least one language."),
        (f"region,north,,,{'x' * 161}", "A name has at most 160 letters."),
        ("region,ok,,,North", "“ok” stands in line 2 already. Take one of the two out."),
        ("region,short", "There is no name. Write one in at least one language."),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_what_to_do(tmp_path: Path, line: str, message: str) -> None:
    assert faults(tmp_path, f"{HEAD}region,ok,,,Fine\n{line}\n") == [(3, message)]


def test_a_ring_of_places_is_refused(tmp_path: Path) -> None:
    told = faults(tmp_path, HEAD + "region,a,b,,A\nregion,b,a,,B\n")
    assert [line for line, _message in told] == [2, 3]


def test_a_column_that_is_missing_is_named(tmp_path: Path) -> None:
    told = faults(tmp_path, "kind,code,name_en\n")
    assert told == [(1, "The first line must name the columns; these are missing: parent, name_ar.")]


def test_a_file_in_another_alphabet_table_is_refused(tmp_path: Path) -> None:
    assert faults(tmp_path, TREE, "cp1256") == [(1, "The file is not in UTF-8. Save it as “CSV UTF-8”.")]


def test_the_command_tells_what_it_did_and_a_dry_run_does_nothing(tmp_path: Path) -> None:
    file, said = written(tmp_path, TREE), StringIO()
    with override("en"):
        call_command("read_places", str(file), "--dry-run", stdout=said)
    assert "Created: 4" in said.getvalue()
    assert "This was a dry run" in said.getvalue()
    assert not Region.objects.exists()


def test_the_command_names_file_and_line(tmp_path: Path) -> None:
    file, said = written(tmp_path, HEAD + "region,a,b,,A\n"), StringIO()
    with override("en"), pytest.raises(CommandError, match=r"Nothing was changed: 1 fault to mend\."):
        call_command("read_places", str(file), stderr=said)
    assert f"{file}:2: There is no “b”" in said.getvalue()


def test_a_file_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(PlaceFaults, match="The file cannot be read"):
        read_places(tmp_path / "none.csv")
