"""A source of a package may name the newer one that took its place."""

from pathlib import Path

import pytest

from lessons.models import Source
from portal.exchange.faults import PackageFaults
from portal.exchange.reading import read_package
from tests.portal.exchange.package import change

pytestmark = pytest.mark.django_db
FILE, URL = "shared/sources.yaml", '    url: "https://burns.example/"\n'


def other(key: str, more: str = "") -> str:
    return f"""\
  - key: {key}
    title: "Burns guideline"
    publisher: "A burns association"
    year: 2026
{more}"""


def superseded() -> dict[str, str | None]:
    return dict(Source.objects.values_list("key", "superseded_by__key"))


def test_the_newer_source_may_stand_below_it(package: Path) -> None:
    change(package, FILE, URL, f"{URL}    superseded_by: BURN26\n{other('BURN26')}")
    read_package(package)
    assert superseded() == {"BURN25": "BURN26", "BURN26": None}
    assert read_package(package).changed == []


def test_left_out_it_stays_as_the_administration_has_it(package: Path) -> None:
    read_package(package)
    newer = Source.objects.create(key="BURN27", title="x", publisher="y", year=2027)
    Source.objects.filter(key="BURN25").update(superseded_by=newer)
    read_package(package)
    assert superseded()["BURN25"] == "BURN27"


def test_null_takes_it_away(package: Path) -> None:
    read_package(package)
    newer = Source.objects.create(key="BURN27", title="x", publisher="y", year=2027)
    Source.objects.filter(key="BURN25").update(superseded_by=newer)
    change(package, FILE, URL, f"{URL}    superseded_by: null\n")
    report = read_package(package)
    assert superseded()["BURN25"] is None
    assert report.changed == ["shared/sources.yaml: BURN25"]


@pytest.mark.parametrize(
    ("newer", "more", "message"),
    [
        ("NOTHING", "", "There is no “NOTHING” in sources.yaml"),
        ("BURN25", "", "names the newer work, not this one"),
        ("BURN26", other("BURN26", "    superseded_by: BURN25\n"), "leads back to “BURN25”"),
    ],
)
def test_a_newer_source_that_cannot_be_is_a_fault(package: Path, newer: str, more: str, message: str) -> None:
    change(package, FILE, URL, f"{URL}    superseded_by: {newer}\n{more}")
    with pytest.raises(PackageFaults, match=rf"(?s)shared/sources\.yaml:\d+: .*{message}"):
        read_package(package)
    assert not Source.objects.exists()
