"""Each fault of a translation is caught, and good translations are not."""

from io import BytesIO

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from portal.language.catalogues import header
from portal.language.faults import faults

SIX = "".join(f'msgstr[{form}] "%(n)s درس"\n' for form in range(6))
PLURAL = 'msgid "%(n)s lesson"\nmsgid_plural "%(n)s lessons"\n'


def arabic(body: str) -> Catalog:
    """An Arabic catalogue with these entries."""
    return read_po(BytesIO((header("ar") + body).encode()), locale="ar")


def sources(*messages: str | tuple[str, str]) -> Catalog:
    """What was gathered from the sources."""
    gathered = Catalog()
    for message in messages:
        gathered.add(message)
    return gathered


def only_fault(body: str, *messages: str | tuple[str, str]) -> str:
    """The one fault of these entries."""
    [fault] = faults(arabic(body), sources(*messages))
    return fault


def test_a_good_translation_has_no_fault() -> None:
    assert faults(arabic('msgid "Read on"\nmsgstr "تابعوا"\n'), sources("Read on")) == []


def test_a_message_that_is_not_in_the_catalogue() -> None:
    assert only_fault("", "Read on") == '"Read on" is not in the catalogue: run make messages, then translate it'


def test_a_message_without_translation() -> None:
    assert only_fault('msgid "Read on"\nmsgstr ""\n', "Read on") == '"Read on" is not translated'


def test_a_fuzzy_message() -> None:
    assert "is fuzzy" in only_fault('#, fuzzy\nmsgid "Read on"\nmsgstr "تابعوا"\n', "Read on")


def test_a_message_that_no_source_has() -> None:
    assert "is in no source any more" in only_fault('msgid "Read on"\nmsgstr "تابعوا"\n')


def test_an_obsolete_message() -> None:
    assert "is kept as obsolete" in only_fault('#~ msgid "Read on"\n#~ msgstr "تابعوا"\n')


@pytest.mark.parametrize("same", ["Read on", "read on", "123"])
def test_a_translation_that_is_not_arabic(same: str) -> None:
    assert "is not Arabic" in only_fault(f'msgid "Read on"\nmsgstr "{same}"\n', "Read on")


def test_a_word_of_the_short_list_may_stay_as_it_is() -> None:
    assert faults(arabic('msgid "CSV"\nmsgstr "CSV"\n'), sources("CSV")) == []


def test_all_six_plural_forms_are_good() -> None:
    assert faults(arabic(PLURAL + SIX), sources(("%(n)s lesson", "%(n)s lessons"))) == []


def test_an_empty_plural_form() -> None:
    body = PLURAL + SIX.replace('msgstr[4] "%(n)s درس"', 'msgstr[4] ""')
    assert "lacks 1 of 6 forms" in only_fault(body, ("%(n)s lesson", "%(n)s lessons"))


def test_a_plural_form_that_is_not_there() -> None:
    body = PLURAL + SIX.replace('msgstr[5] "%(n)s درس"\n', "")
    assert "lacks 1 of 6 forms" in only_fault(body, ("%(n)s lesson", "%(n)s lessons"))


def test_none_one_and_two_may_be_said_in_words() -> None:
    body = PLURAL + SIX.replace('msgstr[2] "%(n)s درس"', 'msgstr[2] "درسان"')
    assert faults(arabic(body), sources(("%(n)s lesson", "%(n)s lessons"))) == []


def test_many_may_not_leave_out_how_many() -> None:
    body = PLURAL + SIX.replace('msgstr[4] "%(n)s درس"', 'msgstr[4] "دروس"')
    assert "form 4 has no placeholder" in only_fault(body, ("%(n)s lesson", "%(n)s lessons"))


@pytest.mark.parametrize("form", ["مرحبا", "مرحبا %(nom)s", "مرحبا %(name)s %(name)s", "مرحبا {name}"])
def test_a_placeholder_that_was_lost_renamed_doubled_or_changed(form: str) -> None:
    assert "needs %(name)s" in only_fault(f'msgid "Hello %(name)s"\nmsgstr "{form}"\n', "Hello %(name)s")


def test_a_doubled_percent_sign_is_no_placeholder() -> None:
    assert faults(arabic('msgid "100%% sure"\nmsgstr "متأكدون تمامًا"\n'), sources("100%% sure")) == []
