"""Worksheets: blank for a guest, as they were left for whoever has an account, and never in the way."""

import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lessons.models import LocalFact, LocalFactText, LocalFactValue, Revision, State
from portal.accounts.archive import stream
from portal.accounts.deletion import delete_account
from portal.accounts.models import User
from portal.worksheets.models import FilledWorksheet
from tests.factories import LONG_AGO, RevisionFactory, UserFactory, published_course, published_lesson

pytestmark = pytest.mark.django_db

LESSON = "/en/courses/first-aid/water/"
SAVE = "/en/worksheets/water/water-sum/"
HTML = (
    "<p>Keep water.</p>"
    '<div class="worksheet" data-worksheet="water-sum"><p class="block-title">Fill in and print</p><ul>'
    '<li class="field" data-field="people" data-kind="number">People at <strong>home</strong></li>'
    '<li class="field" data-field="water" data-kind="sum" data-sum="people*fact:litres*3">Litres</li>'
    '<li class="field" data-field="place" data-kind="text">Where it stands</li>'
    '<li class="field" data-field="torch" data-kind="tick">A torch</li></ul></div>'
)


@pytest.fixture(autouse=True)
def _published(cold_pages: Path) -> None:
    """A lesson with a worksheet that counts with a local fact, in pages that nobody has opened yet."""
    lesson = published_lesson("water", "Water", {"en": HTML, "ar": HTML.replace("Where it stands", "مكانها")})
    published_course(lessons=[lesson])
    fact = LocalFact.objects.create(key="litres", kind="number")
    for language in ("en", "ar"):
        LocalFactText.objects.create(fact=fact, language=language, label="litres", default="4")


@pytest.fixture
def person() -> User:
    user: User = UserFactory()
    return user


@pytest.fixture
def client(person: User) -> Client:
    browser = Client()
    browser.force_login(person)
    return browser


def country_says(value: str) -> None:
    LocalFactValue.objects.create(
        fact=LocalFact.objects.get(), value=value, state=State.PUBLISHED, published_at=LONG_AGO
    )


def page_of(client: Client, url: str = LESSON) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_a_guest_finds_it_blank_with_the_sum_in_words_and_nothing_to_send() -> None:
    page = page_of(Client())
    assert 'data-sum="people*4*3"' in page
    assert "= <bdi>People at home × 4 × 3</bdi>" in page
    assert 'data-kept-as="water/water-sum"' in page
    assert SAVE not in page


def test_a_person_finds_what_they_saved_with_the_sum_reckoned(client: Client) -> None:
    answer = client.post(SAVE, {"people": "5", "place": "Under the stairs", "torch": "1"})
    assert client.get(answer["Location"])["Location"] == LESSON
    assert answer["Location"].endswith("#sheet-water-sum")
    page = page_of(client)
    assert 'value="Under the stairs"' in page
    assert 'data-sum="people*4*3">60</output>' in page
    assert "checked" in page
    assert 'data-sum="people*4*3"></output>' in page_of(Client())


def test_the_sheet_is_the_same_in_the_other_language(client: Client) -> None:
    client.post(SAVE, {"place": "تحت الدرج"})
    page = page_of(client, LESSON.replace("/en/", "/ar/"))
    assert "مكانها" in page
    assert 'value="تحت الدرج"' in page


def test_a_country_s_own_number_is_counted_with() -> None:
    country_says("5")
    assert 'data-sum="people*5*3"' in page_of(Client())


def test_a_value_that_is_no_number_leaves_the_sum_to_the_reader(client: Client) -> None:
    country_says("as told")
    client.post(SAVE, {"people": "5"})
    assert 'data-sum="people*fact:litres*3"></output>' in page_of(client)


def test_what_is_no_number_is_kept_and_said_so_beside_it(client: Client) -> None:
    client.post(SAVE, {"people": "five"})
    page = page_of(client)
    assert 'value="five"' in page
    assert "Write a whole number, in digits." in page


def test_digits_of_arabic_count(client: Client) -> None:
    client.post(SAVE, {"people": "٥"})
    assert 'data-sum="people*4*3">60</output>' in page_of(client)


def test_what_is_typed_is_text_and_no_markup(client: Client) -> None:
    client.post(SAVE, {"place": '"><script>alert(1)</script>'})
    assert "<script>alert" not in page_of(client)


def test_only_lines_of_the_sheet_are_kept(client: Client, person: User) -> None:
    client.post(SAVE, {"place": "Shed", "water": "99", "role": "admin"})
    assert FilledWorksheet.objects.get(user=person).values == {"place": "Shed"}


def test_a_line_that_the_sheet_has_no_longer_keeps_what_it_held(client: Client, person: User) -> None:
    client.post(SAVE, {"place": "Shed", "torch": "1"})
    earlier = Revision.objects.get(text__language="en")
    Revision.objects.filter(pk=earlier.pk).update(state=State.SUPERSEDED)
    shorter = HTML.replace('<li class="field" data-field="torch" data-kind="tick">A torch</li>', "")
    RevisionFactory(text=earlier.text, number=2, html=shorter, state=State.PUBLISHED, published_at=LONG_AGO)
    client.post(SAVE, {"place": "Hall"})
    assert FilledWorksheet.objects.get(user=person).values == {"place": "Hall", "torch": "1"}


def test_a_sheet_emptied_again_is_not_kept(client: Client) -> None:
    client.post(SAVE, {"place": "Shed"})
    client.post(SAVE, {"place": ""})
    assert not FilledWorksheet.objects.exists()


def test_a_line_too_long_is_refused_and_what_was_kept_stays(client: Client, person: User) -> None:
    client.post(SAVE, {"place": "Shed"})
    assert client.post(SAVE, {"place": "x" * 201}).status_code == 400
    assert FilledWorksheet.objects.get(user=person).values == {"place": "Shed"}


def test_a_guest_who_sends_one_is_asked_to_log_in() -> None:
    assert "/account/login/" in Client().post(SAVE, {"place": "Shed"})["Location"]


def test_a_script_hears_that_it_is_kept_and_nothing_is_said_on_the_next_page(client: Client, person: User) -> None:
    answer = client.post(SAVE, {"place": "Shed"}, headers={"X-Requested-With": "fetch"})
    assert (answer.status_code, FilledWorksheet.objects.get(user=person).values) == (204, {"place": "Shed"})
    assert "messages" not in answer.cookies


def test_a_script_whose_log_in_has_ended_hears_that_nothing_was_kept() -> None:
    assert Client().post(SAVE, {"place": "Shed"}, headers={"X-Requested-With": "fetch"}).status_code == 401
    assert not FilledWorksheet.objects.exists()


@pytest.mark.parametrize("url", ["/en/worksheets/water/other/", "/en/worksheets/none/water-sum/"])
def test_a_sheet_that_is_not_published_takes_nothing(client: Client, url: str) -> None:
    assert client.post(url, {"place": "Shed"}).status_code == 404


def test_nobody_sees_another_s(client: Client) -> None:
    client.post(SAVE, {"place": "Under the stairs"})
    other = Client()
    other.force_login(UserFactory())
    assert "Under the stairs" not in page_of(other)
    assert "Under the stairs" not in page_of(Client())


def test_it_is_in_what_a_person_downloads_and_goes_with_the_account(
    client: Client, person: User, tmp_path: Path
) -> None:
    client.post(SAVE, {"place": "Shed"})
    archive = tmp_path / "mine.zip"
    archive.write_bytes(b"".join(stream(person)))
    with ZipFile(archive) as files:
        [row] = json.loads(files.read("my-data.json"))["worksheets"]
    assert (row["lesson_key"], row["worksheet"], row["values"]) == ("water", "water-sum", {"place": "Shed"})
    delete_account(person)
    assert not FilledWorksheet.objects.exists()


def test_a_warm_page_asks_one_query_more_for_it(client: Client) -> None:
    page_of(client)
    with CaptureQueriesContext(connection) as queries:
        page_of(client)
    assert len([one for one in queries if "filledworksheet" in one["sql"]]) == 1
