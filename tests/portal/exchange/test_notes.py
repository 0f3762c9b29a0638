"""A note of a source is in the reader's language, or else in another and marked as such."""

from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from lessons.models import Revision, RevisionSource, TopicSource
from portal.exchange.faults import PackageFaults
from portal.exchange.reading import read_package
from tests.portal.exchange.package import change

pytestmark = pytest.mark.django_db
LESSON, TOPICS = "burns/cool-it/lesson.yaml", "shared/topics.yaml"
BOTH = 'note: {en: "Cooling", ar: "التبريد"}'
PAGE, CARD = "/{}/courses/burns/cool-it/", "/{}/topics/burns/"


def notes(key: str = "BU-1") -> list[tuple[str, str, str]]:
    """(language of the text, note, language of the note) of what is cited now."""
    rows = RevisionSource.objects.filter(revision__text__lesson__key=key, revision__state="published")
    return sorted(rows.values_list("revision__text__language", "note", "note_language"))


def page(address: str, language: str) -> str:
    return Client().get(address.format(language)).content.decode()


def with_card(package: Path, sources: str) -> Path:
    """The small package, its topic with a card that cites these sources."""
    change(package, TOPICS, "    texts:", f"    sources: {sources}\n    texts:")
    text = (package / TOPICS).read_text()
    for summary in ('summary: "Hot water, fire."', 'summary: "ماء ساخن، نار."'):
        text = text.replace(f"{summary}}}", f"{summary}, first_minute: ['1', '2', '3']}}")
    assert text.count("first_minute") == 2
    (package / TOPICS).write_text(text)
    return package


def test_each_text_keeps_the_note_in_its_language(package: Path) -> None:
    change(package, LESSON, 'note: "Cooling"', BOTH)
    read_package(package)
    assert notes() == [("ar", "التبريد", ""), ("en", "Cooling", "")]


def test_a_note_that_is_one_text_is_in_the_source_language(package: Path) -> None:
    read_package(package)
    assert notes() == [("ar", "Cooling", "en"), ("en", "Cooling", "")]


def test_a_note_in_one_language_more_is_a_new_revision_of_that_language_alone(package: Path) -> None:
    read_package(package)
    change(package, LESSON, 'note: "Cooling"', BOTH)
    report = read_package(package)
    assert report.changed == ["burns/cool-it/lesson.ar.md"]
    assert Revision.objects.filter(text__lesson__key="BU-1", text__language="en").count() == 1
    assert read_package(package).changed == []


def test_pages_show_the_note_in_the_readers_language(package: Path, cold_pages: Path) -> None:
    change(package, LESSON, 'note: "Cooling"', BOTH)
    read_package(package)
    assert "<bdi>Cooling</bdi>" in page(PAGE, "en")
    arabic = page(PAGE, "ar")
    assert "<bdi>التبريد</bdi>" in arabic
    assert "Cooling" not in arabic


def test_a_note_in_another_language_says_which_and_how_it_runs(package: Path, cold_pages: Path) -> None:
    read_package(package)
    assert '<bdi lang="en" dir="ltr">Cooling</bdi>' in page(PAGE, "ar")
    assert "<bdi>Cooling</bdi>" in page(PAGE, "en")


def test_a_card_names_each_source_once_with_the_note_in_the_readers_language(
    package: Path, cold_pages: Path, django_assert_max_num_queries: Any
) -> None:
    read_package(with_card(package, f"[{{key: BURN25, {BOTH}}}]"))
    assert TopicSource.objects.count() == 2
    for language, note, other in (("en", "Cooling", "التبريد"), ("ar", "التبريد", "Cooling")):
        with django_assert_max_num_queries(4):
            html = page(CARD, language)
        assert html.count("Burns guideline") == 1
        assert f"<bdi>{note}</bdi>" in html
        assert other not in html
    assert read_package(package).changed == []


def test_a_card_with_one_note_marks_its_language_for_the_others(package: Path, cold_pages: Path) -> None:
    read_package(with_card(package, '[{key: BURN25, note: "Cooling"}]'))
    assert '<bdi lang="en" dir="ltr">Cooling</bdi>' in page(CARD, "ar")
    assert "<bdi>Cooling</bdi>" in page(CARD, "en")


def test_a_source_without_a_note_is_named_all_the_same(package: Path, cold_pages: Path) -> None:
    read_package(with_card(package, "[{key: BURN25}]"))
    assert "Burns guideline" in page(CARD, "ar")
    change(package, LESSON, ', note: "Cooling"', "")
    read_package(package)
    assert notes() == [("ar", "", ""), ("en", "", "")]


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("note: [a]", "burns/cool-it/lesson.yaml:8: sources.1.note must have fields below it"),
        ('note: {English: "Cooling"}', "burns/cool-it/lesson.yaml:8: sources.1.note.English cannot be 'English'."),
        ('note: {en: ""}', "burns/cool-it/lesson.yaml:8: sources.1.note.en is empty. Write it."),
        (f'note: {{en: "{"a" * 301}"}}', "burns/cool-it/lesson.yaml:8: sources.1.note.en is longer than 300"),
    ],
)
def test_a_note_that_cannot_be_read_is_refused_at_its_line(package: Path, note: str, said: str) -> None:
    change(package, LESSON, 'note: "Cooling"', note)
    with pytest.raises(PackageFaults) as found:
        read_package(package)
    assert said in str(found.value)


def test_the_database_keeps_one_note_a_language_of_each_source(package: Path) -> None:
    read_package(with_card(package, f"[{{key: BURN25, {BOTH}}}]"))
    citation = TopicSource.objects.first()
    assert citation
    with pytest.raises(IntegrityError), transaction.atomic():
        TopicSource.objects.create(topic=citation.topic, source=citation.source, note_language=citation.note_language)
