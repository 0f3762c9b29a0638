"""The table of everyday words can be read, and each of its entries is reached."""

import pytest

from lessons.search.everyday import everyday

LANGUAGES = ["ar", "en"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_entry_means_nothing(language: str) -> None:
    entries = [entry for entries in everyday(language).meanings.values() for entry in entries]
    assert entries
    assert all(said and means and all(means) for said, means in entries)


def test_the_longest_entry_is_understood() -> None:
    found = everyday("ar").beginning(("جلط", "دماغ"))
    assert found is not None
    assert found[1] == (("سكت",),)


def test_a_language_without_a_table_has_none() -> None:
    assert everyday("fr").meanings == {}
