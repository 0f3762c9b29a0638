"""Who made a picture goes with it in a package, out and in."""

from pathlib import Path

import pytest

from lessons.models import Licence, Media, PictureCredit
from portal.exchange.faults import PackageFaults
from portal.exchange.reading import read_package
from portal.exchange.writing.credits import written_credits
from portal.exchange.writing.package import lay_out, write_package
from tests.factories import MediaFactory, PictureCreditFactory
from tests.portal.exchange.package import change

pytestmark = pytest.mark.django_db

FILE, PICTURE = "burns/cool-it/lesson.yaml", "figures/water.svg"
CC_BY = '{licence: CC-BY-4.0, author: "Huda al-Amin", source_url: "https://pictures.example/tap"}'


def credited(package: Path, credit: str) -> Path:
    """The small package, saying this of its picture."""
    change(package, FILE, "source_language:", f"figures: {{{PICTURE}: {{credit: {credit}}}}}\nsource_language:")
    return package


def told() -> PictureCredit:
    return PictureCredit.objects.get()


def test_a_credit_is_read(package: Path) -> None:
    read_package(credited(package, CC_BY))
    assert (told().licence, told().author) == ("CC-BY-4.0", "Huda al-Amin")
    assert told().media.original_name == "water.svg"


def test_reading_it_again_changes_nothing(package: Path) -> None:
    read_package(credited(package, CC_BY))
    assert read_package(package).is_quiet


def test_a_package_that_says_otherwise_has_the_last_word(package: Path) -> None:
    read_package(credited(package, CC_BY))
    change(package, FILE, "Huda al-Amin", "Huda al-Amin and others")
    report = read_package(package)
    assert told().author == "Huda al-Amin and others"
    assert [place for place in report.changed if place.startswith(FILE)]


def test_a_package_that_says_nothing_leaves_it_alone(package: Path) -> None:
    read_package(package)
    PictureCreditFactory(media=Media.objects.first(), author="Somebody")
    assert read_package(package).is_quiet
    assert told().author == "Somebody"


def test_a_packages_picture_needs_none_to_be_published(package: Path) -> None:
    read_package(package)
    assert not PictureCredit.objects.exists()


@pytest.mark.parametrize(
    ("credit", "message"),
    [
        ("{licence: CC-BY-4.0}", "This licence asks that whoever made the picture is named"),
        ('{licence: permission, author: "A. N."}', "Write who gave the permission"),
        ("{licence: public-domain}", "Write where the picture can be found"),
        ("{licence: all-mine}", "licence"),
        ('{licence: own, source_url: "javascript:alert(1)"}', "source_url"),
    ],
)
def test_a_credit_that_says_too_little_is_refused(package: Path, credit: str, message: str) -> None:
    with pytest.raises(PackageFaults) as refused:
        read_package(credited(package, credit))
    assert message in str(refused.value)
    assert not PictureCredit.objects.exists()


@pytest.mark.parametrize("licence", Licence)
def test_what_is_written_says_the_same(package: Path, tmp_path: Path, licence: Licence) -> None:
    read_package(package)
    PictureCreditFactory(
        media=Media.objects.first(), licence=licence, author='A "name": #1', permission="By letter", modified=True
    )
    written = write_package()
    lay_out(written.files, tmp_path / "written")
    before = PictureCredit.objects.values().get()
    PictureCredit.objects.all().delete()
    read_package(tmp_path / "written")
    after = PictureCredit.objects.values().get()
    assert before | {"id": 0} == after | {"id": 0}
    assert write_package().files == written.files


def test_a_crop_says_that_it_was_changed() -> None:
    credit = PictureCreditFactory()
    crop = MediaFactory(cropped_from=credit.media)
    assert written_credits({"figures/leg.webp": crop})["figures/leg.webp"]["modified"] is True
    assert "modified" not in written_credits({"figures/leg.webp": credit.media})["figures/leg.webp"]
