"""Every table that the portal gives away as a file, opened by a real spreadsheet program.

What people may have typed as names and titles is made to look like formulas, commands and links.
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from lessons.models import SkillText
from portal.accounts.models import MemberFile, Organisation, OrganisationText, Region, RegionText, User
from portal.reports.counts.counting import update
from portal.reports.public.publishing import publish
from quizzes.models import Learner
from tests.browser.examples import routes
from tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    ProgressEventFactory,
    RegionFactory,
    ResidenceFactory,
    SkillFactory,
    UserFactory,
    check_of,
    published_course,
    published_lesson,
)
from tests.portal.accounts.guests import with_second_factor
from tests.portal.reports.spreadsheet import MISSING, PROGRAM, Sheet, opened

pytestmark = [pytest.mark.django_db, pytest.mark.skipif(PROGRAM is None, reason=MISSING)]

ARABIC = "الإسعافات الأولية"
BAD = {
    "course": "=1+1",
    "skill": "@SUM(1+1)+cmd|' /C calc'!A0",
    "lesson": '=HYPERLINK("https://evil.example","Open")',
    "organisation": "-2+3",
    "region": '=WEBSERVICE("https://evil.example")',
}
MONTH = date(2026, 2, 1)
ARGUMENTS: dict[str, dict[str, Any]] = {
    "analysis:questions_csv": {"course": "first-aid"},
    "statistics:csv": {"month": MONTH},
    "statistics:xlsx": {"month": MONTH},
}
LISTS = [(name, kind) for name in ("overdue", "due-soon", "expiring") for kind in ("csv", "xlsx")]
ASKED: dict[str, tuple[str, ...]] = {  # what of a report besides what it shows by itself
    "reports:completion": ("", "by=organisation", "by=region", "by=month"),
    "reports:learned": ("", "by=skill"),
    "reports:comparison": ("", "by=organisation"),
}


def exports() -> list[str]:
    """The names of all routes that give a table as a file."""
    return [name for name in routes() if name.endswith(("csv", "xlsx"))]


def furnish() -> None:
    """A course, a lesson with a check, places and one who learns; half of the names are Arabic, the others are bad."""
    lesson = published_lesson("bleeding", BAD["lesson"])
    check_of(lesson)
    skills = [SkillFactory(), SkillFactory()]
    for skill, name in zip(skills, (BAD["skill"], ARABIC), strict=True):
        lesson.skills.add(skill)
        for language in ("ar", "en"):
            SkillText.objects.create(skill=skill, language=language, name=name)
    edition = published_course("first-aid", [lesson], title=BAD["course"])
    user = UserFactory()
    for name in (BAD["organisation"], ARABIC):
        organisation = OrganisationFactory()
        for language in ("ar", "en"):
            OrganisationText.objects.create(organisation=organisation, language=language, name=name)
        MembershipFactory(user=user, organisation=organisation)
    for name in (BAD["region"], ARABIC):
        region: Region = RegionFactory()
        for language in ("ar", "en"):
            RegionText.objects.create(region=region, language=language, name=name)
    ResidenceFactory(user=user, region=region)
    learner = Learner.objects.create(user=user)
    ProgressEventFactory(learner=learner, edition=edition, lesson=lesson, verb="passed", day=date(2026, 2, 1))
    update()
    assert list(publish())


def write_all(folder: Path) -> list[Path]:
    """Every export in both languages as files, each named after its language, its route and what was asked."""
    root = User.objects.create_superuser("root@example.org")
    with_second_factor(root)
    client = Client()
    client.force_login(root)
    found = [file for language in ("ar", "en") for file in _written(client, folder, language)]
    return found + [file for language in ("ar", "en") for file in _tables_of_members(client, folder, language)]


def _tables_of_members(client: Client, folder: Path, language: str) -> Iterator[Path]:
    """The table to begin with, and what is wrong in one that was sent."""
    with override(language):
        organisation = Organisation.objects.order_by("pk")[0]
        table = SimpleUploadedFile("members.csv", f"email,name\nsalma@example.org,{BAD['lesson']!r}\n=1+1,-\n".encode())
        client.post(reverse("organisations:member_files", args=[organisation.code]), {"file": table})
        sent = MemberFile.objects.latest("pk")
        for name, where in (("sample", []), ("file_faults", [sent.pk])):
            response = client.get(reverse(f"organisations:member_{name}", args=[organisation.code, *where]))
            assert response.status_code == 200, name
            file = folder / f"{language}-members-{name}.csv"
            file.write_bytes(response.getvalue())
            yield file


def _written(client: Client, folder: Path, language: str) -> Iterator[Path]:
    with override(language):
        found = [(name, reverse(name, kwargs=ARGUMENTS.get(name))) for name in exports()]
        lists = [(f"{name}_{kind}", reverse("reports:people_file", args=[name, kind])) for name, kind in LISTS]
    for name, address in (*found, *lists):
        report, kind = re.split(r"[_:](?=csv$|xlsx$)", name)
        for number, asked in enumerate(ASKED.get(report, ("",))):
            response = client.get(f"{address}?{asked}")
            assert response.status_code == 200, address
            file = folder / f"{language}-{report.replace(':', '-')}-{number}.{kind}"
            file.write_bytes(response.getvalue())
            yield file


@pytest.fixture(scope="module")
def sheets(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Sheet]:
    """All exports as the program shows them; it is started once for all CSV files and once for all workbooks."""
    folder = tmp_path_factory.mktemp("exports")
    with django_db_blocker.unblock(), transaction.atomic():
        with time_machine.travel("2026-06-30T09:00:00Z"):
            furnish()
            files = write_all(folder)
        transaction.set_rollback(True)
    return opened(files, folder)


@pytest.fixture
def control(tmp_path: Path) -> Sheet:
    """A file as nobody should write it: the program takes the cell for a formula."""
    file = tmp_path / "raw.csv"
    file.write_text('\ufeffTitle\r\n=1+1\r\n"=HYPERLINK(""https://evil.example"")"\r\n')
    return opened([file], tmp_path)["raw.csv"]


def test_a_cell_written_as_it_is_would_be_worked_out(control: Sheet) -> None:
    assert control.formulas[0] == "of:=1+1"
    assert control.cells[1] == "2"


def test_every_export_is_opened(sheets: dict[str, Sheet]) -> None:
    assert len(sheets) >= 2 * (len(exports()) + 2)
    heads = {name: " ".join(sheet.rows[0]).rstrip() for name, sheet in sheets.items()}
    assert {name: head for name, head in heads.items() if not head or "  " in head} == {}


def test_no_export_has_a_formula(sheets: dict[str, Sheet]) -> None:
    assert {name: sheet.formulas for name, sheet in sheets.items() if sheet.formulas} == {}


def test_no_export_has_a_link(sheets: dict[str, Sheet]) -> None:
    assert {name: sheet.links for name, sheet in sheets.items() if sheet.links} == {}


def test_what_looks_like_a_formula_is_there_as_text(sheets: dict[str, Sheet]) -> None:
    assert BAD["course"] in sheets["en-reports-completion-0.xlsx"].cells
    assert f"'{BAD['course']}" in sheets["en-reports-completion-0.csv"].cells
    assert BAD["organisation"] in sheets["en-reports-comparison-1.xlsx"].cells
    assert BAD["region"] in sheets["en-reports-comparison-0.xlsx"].cells
    assert BAD["skill"] in sheets["en-reports-learned-1.xlsx"].cells
    assert BAD["lesson"] in sheets["en-reports-funnel-0.xlsx"].cells


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("report", ["completion-1", "completion-2", "learned-1", "comparison-0", "comparison-1"])
def test_arabic_names_are_whole(sheets: dict[str, Sheet], report: str, kind: str) -> None:
    assert ARABIC in sheets[f"ar-reports-{report}.{kind}"].cells


def test_the_first_heading_is_not_spoilt_by_what_marks_the_encoding(sheets: dict[str, Sheet]) -> None:
    assert sheets["en-reports-completion-0.csv"].rows[0][0] == "Key"


def test_workbooks_run_from_the_right_in_arabic_and_from_the_left_in_english(sheets: dict[str, Sheet]) -> None:
    books = {name: sheet.rtl for name, sheet in sheets.items() if name.endswith(".xlsx")}
    assert books == {name: name.startswith("ar-") for name in books}


def test_numbers_and_days_are_numbers_and_days(sheets: dict[str, Sheet]) -> None:
    assert {"float", "date", "string"} <= sheets["en-reports-completion-0.xlsx"].kinds
