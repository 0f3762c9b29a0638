"""A course is downloaded as a zip; a zip is looked at first and then read in, by those who have the right."""

import io
import re
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from zeal import zeal_ignore

from lessons.models import Course, Media
from portal.accounts.models import AuditEntry, RoleGrant, User
from portal.exchange import forms
from portal.exchange.models import WaitingPackage, WaitingPart
from portal.exchange.reading import read_package
from portal.exchange.urls import urlpatterns
from portal.exchange.writing.package import write_package
from portal.exchange.zips import write_zip
from tests.factories import OrganisationFactory, RegionFactory, RoleGrantFactory, UserFactory
from tests.portal.accounts.guests import with_second_factor
from tests.portal.exchange.package import change
from tests.portal.exchange.test_zips import zipped
from tests.portal.studio.people import staff, text_of

pytestmark = pytest.mark.django_db
HOME, COURSE, ALL = "/en/studio/packages/", "/en/studio/packages/burns.zip", "/en/studio/packages/all.zip"
Role = RoleGrant.Role


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def administrator() -> User:
    return staff("Adam", Role.ADMINISTRATOR)


@pytest.fixture
def administering(administrator: User) -> Client:
    return logged_in(administrator)


@pytest.fixture
def writing() -> Client:
    return logged_in(staff("Iman", Role.INSTRUCTOR))


def send(client: Client, place: Path, name: str = "burns.zip") -> Any:
    return post(client, HOME, {"file": SimpleUploadedFile(name, place.read_bytes(), "application/zip")})


def post(client: Client, address: str, data: Any = None) -> Any:
    """What the portal answers, redirects followed."""
    with zeal_ignore():  # a package is stored row by row
        return client.post(address, data or {}, follow=True)


def waiting() -> str:
    return f"{HOME}waiting/{WaitingPackage.objects.get().pk}/"


def deeds() -> list[str]:
    return list(AuditEntry.objects.filter(deed__startswith="package.").order_by("pk").values_list("deed", flat=True))


def test_a_course_is_downloaded_from_its_page_in_the_studio(writing: Client, package: Path) -> None:
    read_package(package)
    assert f'href="{COURSE}"' in text_of(writing.get("/en/studio/courses/burns/"))
    response: Any = writing.get(COURSE)
    assert response.streaming
    assert response.headers["Content-Type"] == "application/zip"
    assert response.headers["Content-Disposition"] == 'attachment; filename="BU.zip"'
    wanted = io.BytesIO()
    write_zip(write_package(list(Course.objects.all())).files, wanted)
    assert b"".join(response.streaming_content) == wanted.getvalue()
    entry = AuditEntry.objects.get(deed="package.written")
    assert (entry.subject, entry.detail["courses"]) == ("BU.zip", ["BU"])


def test_all_courses_are_downloaded_at_once(writing: Client, package: Path) -> None:
    read_package(package)
    response: Any = writing.get(ALL)
    with zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))) as archive:
        assert "shared/glossary.yaml" in archive.namelist()
        assert "burns/course.yaml" in archive.namelist()


def test_a_course_that_cannot_be_written_says_why(writing: Client, package: Path, media_folder: Path) -> None:
    read_package(package)
    (media_folder / Media.objects.get().file).unlink()
    response = writing.get(COURSE)
    assert response.status_code == 409
    assert "The portal has lost this file." in text_of(response)
    assert "burns/cool-it/figures/water.svg" in text_of(response)


def test_the_number_of_queries_of_a_download_does_not_grow_with_lessons(
    writing: Client, package: Path, django_assert_max_num_queries: Any
) -> None:
    read_package(package)
    writing.get(HOME)
    with django_assert_max_num_queries(75):
        writing.get(COURSE)


def test_a_package_is_looked_at_and_then_read_in(administering: Client, package: Path) -> None:
    assert send(administering, zipped(package)).redirect_chain == [(waiting(), 302)]
    page = text_of(administering.get(waiting()))
    assert "burns/cool-it/lesson.en.md" in page
    assert re.search(r"Created</dt>\s*<dd>19</dd>", page)
    assert not Course.objects.exists()
    answer = post(administering, f"{waiting()}read/")
    assert "“burns.zip” was read in." in text_of(answer)
    assert Course.objects.get().key == "BU"
    assert not WaitingPackage.objects.exists()
    assert not WaitingPart.objects.exists()
    assert deeds() == ["package.tried", "package.read"]
    detail = AuditEntry.objects.get(deed="package.read").detail
    assert (detail["created"], detail["changed"], len(detail["sha256"])) == (19, 0, 64)


def test_what_is_there_already_needs_no_reading(administering: Client, package: Path) -> None:
    read_package(package)
    send(administering, zipped(package))
    page = text_of(administering.get(waiting()))
    assert "All of it is in the portal already, word for word." in page
    assert f'action="{waiting()}read/"' not in page


def test_every_fault_is_listed_with_file_line_and_remedy(administering: Client, package: Path) -> None:
    change(package, "burns/cool-it/lesson.en.md", "## What", "# What")
    change(package, "burns/final.yaml", "draw: 3", "draw: 9")
    send(administering, zipped(package))
    page = text_of(administering.get(waiting()))
    assert "It cannot be read in: 2 faults to mend. Nothing was changed." in page
    assert re.search(r'<code dir="ltr">burns/final.yaml</code>, line\s+2', page)
    assert "Draw fewer, or write more." in page
    assert f'action="{waiting()}read/"' not in page


def test_a_file_that_is_no_zip_is_looked_at_and_refused(administering: Client, tmp_path: Path) -> None:
    place = tmp_path / "letter.zip"
    place.write_bytes(b"Dear colleagues")
    send(administering, place)
    assert "This is no zip file, or it is damaged." in text_of(administering.get(waiting()))


def test_a_file_that_is_too_large_is_not_kept(
    administering: Client, package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forms, "MOST_BYTES", 100)
    response = send(administering, zipped(package))
    assert response.status_code == 422
    assert "Divide it: each course may travel alone." in text_of(response)
    assert not WaitingPackage.objects.exists()


def test_no_file_is_an_error_beside_the_field(administering: Client) -> None:
    response = administering.post(HOME)
    assert response.status_code == 422
    assert "Choose a file." in text_of(response)


def test_nothing_is_read_when_the_portal_has_changed_since(administering: Client, package: Path) -> None:
    send(administering, zipped(package))
    read_package(package)
    page = text_of(post(administering, f"{waiting()}read/"))
    assert "The portal has changed since you looked. Nothing was read in: look once more." in page
    assert "All of it is in the portal already" in page
    assert WaitingPackage.objects.exists()
    assert deeds() == ["package.tried"]


def test_faults_that_came_up_since_are_shown_and_the_file_stays(administering: Client, package: Path) -> None:
    send(administering, zipped(package))
    Course.objects.create(key="OTHER", slug="burns")
    page = text_of(post(administering, f"{waiting()}read/"))
    assert "The address “burns” belongs to “OTHER”." in page
    Course.objects.all().delete()
    assert "Read it in and publish" in text_of(post(administering, f"{waiting()}again/"))


def test_a_package_is_thrown_away(administering: Client, package: Path) -> None:
    send(administering, zipped(package))
    page = text_of(post(administering, f"{waiting()}discard/"))
    assert "“burns.zip” was thrown away." in page
    assert not WaitingPart.objects.exists()
    assert deeds() == ["package.tried", "package.discarded"]


def test_a_package_waits_for_one_day(administering: Client, package: Path) -> None:
    send(administering, zipped(package))
    old = waiting()
    WaitingPackage.objects.update(sent_at=timezone.now() - timedelta(days=1, minutes=1))
    assert administering.get(old).status_code == 404
    send(administering, zipped(package))
    assert WaitingPackage.objects.count() == 1
    assert old != waiting()


def test_a_large_file_waits_in_pieces(
    administering: Client, package: Path, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0
    monkeypatch.setattr("portal.exchange.waiting.PIECE", 1000)
    send(administering, zipped(package))
    assert WaitingPart.objects.count() > 3
    post(administering, f"{waiting()}read/")
    assert Course.objects.exists()


def test_a_package_is_nobody_elses(administering: Client, package: Path) -> None:
    send(administering, zipped(package))
    other = logged_in(staff("Ada", Role.ADMINISTRATOR))
    assert other.get(waiting()).status_code == 404
    assert other.post(f"{waiting()}read/").status_code == 404
    assert "burns.zip" not in text_of(other.get(HOME))


@pytest.mark.parametrize(
    ("role", "home", "course", "sending"),
    [
        (Role.INSTRUCTOR, 200, 200, 403),
        (Role.REVIEWER, 403, 403, 403),
        (Role.MANAGER, 403, 403, 403),
        (Role.ADMINISTRATOR, 200, 200, 200),
    ],
)
def test_who_may_do_what(package: Path, role: RoleGrant.Role, home: int, course: int, sending: int) -> None:
    read_package(package)
    user: User = UserFactory()
    RoleGrantFactory(user=user, role=role, organisation=OrganisationFactory() if role == Role.MANAGER else None)
    with_second_factor(user)
    client = logged_in(user)
    assert client.get(HOME).status_code == home
    assert client.get(COURSE).status_code == course
    assert client.get(ALL).status_code == course
    assert send(client, zipped(package)).status_code == sending


def test_an_administrator_of_a_region_reads_nothing_in(package: Path) -> None:
    user: User = UserFactory()
    RoleGrantFactory(user=user, role=Role.ADMINISTRATOR, region=RegionFactory())
    with_second_factor(user)
    client = logged_in(user)
    assert "Read a package in" not in text_of(client.get(HOME))
    assert send(client, zipped(package)).status_code == 403


def test_an_instructor_sees_no_form_to_send_one(writing: Client) -> None:
    assert "Read a package in" not in text_of(writing.get(HOME))


def test_a_reviewer_is_offered_no_download(package: Path) -> None:
    read_package(package)
    page = text_of(logged_in(staff("Rana", Role.REVIEWER)).get("/en/studio/courses/burns/"))
    assert "Download as a package" not in page


def test_every_route_is_closed_to_a_citizen_and_sends_a_guest_to_log_in(client: Client, administrator: User) -> None:
    row = WaitingPackage.objects.create(sent_by=administrator, name="x.zip", size=1, sha256="0" * 64)
    values = {"course": "burns", "package": row.pk, "lesson": "cool-it"}
    addresses = [
        reverse(f"exchange:{route.name}", kwargs={name: values[name] for name in route.pattern.converters})
        for route in urlpatterns
    ]
    guest = Client()
    client.force_login(UserFactory())
    assert [client.get(address).status_code for address in addresses] == [403] * len(addresses)
    assert [guest.get(address).status_code for address in addresses] == [302] * len(addresses)


def test_a_course_that_there_is_not_is_not_found(writing: Client) -> None:
    assert writing.get(COURSE).status_code == 404
