"""What a translation of a block may have forgotten."""

import pytest

from lessons.models import GlossaryTerm, GlossaryText
from portal.studio.translating.hints import Glossary, hints, numbers_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def glossary() -> Glossary:
    """A term that has words in both languages, and one that has them in English alone."""
    tourniquet = GlossaryTerm.objects.create(key="tourniquet")
    for language, term in (("en", "Tourniquet"), ("ar", "العاصبة")):
        GlossaryText.objects.create(glossary_term=tourniquet, language=language, term=term, definition=f"{term}!")
    shock = GlossaryTerm.objects.create(key="shock")
    GlossaryText.objects.create(glossary_term=shock, language="en", term="Shock", definition="Shock!")
    return Glossary("en", "ar")


def test_a_term_in_the_source_is_suggested_with_its_word_and_definition(glossary: Glossary) -> None:
    (found,) = hints("Use two tourniquets.", "", glossary).terms
    assert (found.term, found.word, found.definition, found.used) == ("Tourniquet", "العاصبة", "العاصبة!", False)


def test_a_term_counts_as_used_whatever_stands_before_it(glossary: Glossary) -> None:
    (found,) = hints("Use a tourniquet.", "أوقفوا النزف بعاصبة.", glossary).terms
    assert found.used


def test_a_term_without_a_word_in_the_other_language_is_not_suggested(glossary: Glossary) -> None:
    assert hints("Shock is dangerous.", "", glossary).terms == ()


def test_the_glossary_costs_one_query_whatever_its_size(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        made = Glossary("en", "ar")
        hints("Use a tourniquet.", "كلمة", made)


def test_arabic_and_urdu_digits_are_the_same_numbers(glossary: Glossary) -> None:
    source = "Press 30 times, then 2, for 3.5 minutes."
    assert hints(source, "اضغطوا ٣٠ مرة ثم ٢ مدة ٣٫٥ دقيقة.", glossary).numbers == ()
    assert hints(source, "۳۰ بار دبائیں، پھر ۲، ۳٫۵ منٹ تک۔", glossary).numbers == ()


def test_a_number_that_is_missing_is_named(glossary: Glossary) -> None:
    found = hints("Press 100 to 120 times a minute.", "اضغطوا ١٠٠ مرة في الدقيقة.", glossary)
    assert found.numbers == ("120",)
    assert found.missing


def test_numbers_that_count_a_list_are_not_said(glossary: Glossary) -> None:
    assert numbers_in("1. Lie down.\n2. Press for 10 minutes.") == ["10"]


def test_facts_links_and_pictures_that_are_missing_are_named(glossary: Glossary) -> None:
    source = 'Call {fact:emergency-number}, read [this](lesson:LS-2). ![A hand](hand "Press")'
    found = hints(source, "اتصلوا.", glossary)
    assert (found.facts, found.lessons, found.pictures) == (("emergency-number",), ("LS-2",), ("hand",))
    assert not hints(source, source, glossary).missing


def test_a_gap_of_a_text_with_gaps_that_is_missing_is_named(glossary: Glossary) -> None:
    assert hints("Press {g1} and {g2}.", "اضغطوا {g2}.", glossary).gaps == ("g1",)


def test_of_what_is_not_translated_yet_nothing_is_called_missing(glossary: Glossary) -> None:
    assert not hints("Press 30 times.", " ", glossary).missing
