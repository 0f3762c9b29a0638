"""Catalogues change only when a text does, keep translations, and are compiled when they are newer."""

import gettext
import os
from pathlib import Path

import django
import pytest

from portal.language import catalogues

PLURAL = """
msgid "%(n)s lesson"
msgid_plural "%(n)s lessons"
msgstr[0] "لا دروس"
msgstr[1] "درس واحد"
msgstr[2] "درسان"
msgstr[3] "%(n)s دروس"
msgstr[4] "%(n)s درسًا"
msgstr[5] "%(n)s درس"
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with one text."""
    for room in ("portal", "lessons", "quizzes", "templates"):
        (tmp_path / room).mkdir()
    say(tmp_path, "Read on")
    return tmp_path


def say(checkout: Path, *texts: str) -> None:
    """Make the checkout's only template say these texts."""
    (checkout / "templates" / "page.html").write_text("".join(f'{{% translate "{text}" %}}\n' for text in texts))


def catalogue(checkout: Path) -> Path:
    """The Arabic catalogue's file after gathering."""
    catalogues.gather_into(checkout, checkout / "locale")
    return checkout / "locale" / "ar" / "LC_MESSAGES" / "django.po"


def translate(file: Path, text: str, arabic: str) -> None:
    """Fill in one translation."""
    kept = file.read_text()
    file.write_text(kept.replace(f'msgid "{text}"\nmsgstr ""', f'msgid "{text}"\nmsgstr "{arabic}"'))


def test_gathering_twice_writes_the_same_bytes(checkout: Path) -> None:
    first = catalogue(checkout).read_bytes()
    assert catalogue(checkout).read_bytes() == first
    assert b"Date" not in first


def test_a_translation_is_kept_when_other_texts_come(checkout: Path) -> None:
    translate(catalogue(checkout), "Read on", "تابعوا القراءة")
    say(checkout, "Another", "Read on")
    assert "تابعوا القراءة" in catalogue(checkout).read_text()


def test_a_text_that_went_leaves_the_catalogue(checkout: Path) -> None:
    translate(catalogue(checkout), "Read on", "تابعوا القراءة")
    say(checkout, "Another")
    assert "Read on" not in catalogue(checkout).read_text()


def test_a_changed_text_is_new_and_never_guessed(checkout: Path) -> None:
    translate(catalogue(checkout), "Read on", "تابعوا القراءة")
    say(checkout, "Read on!")
    kept = catalogue(checkout).read_text()
    assert "fuzzy" not in kept
    assert "تابعوا القراءة" not in kept


def test_messages_stand_in_the_order_of_their_texts(checkout: Path) -> None:
    say(checkout, "b", "c", "a")
    kept = catalogue(checkout).read_text()
    assert kept.index('msgid "a"') < kept.index('msgid "b"') < kept.index('msgid "c"')


def test_compiling_makes_what_gettext_reads(checkout: Path) -> None:
    translate(catalogue(checkout), "Read on", "تابعوا القراءة")
    [made] = catalogues.compile_stale(checkout / "locale", checkout / "made")
    with made.open("rb") as compiled:
        assert gettext.GNUTranslations(compiled).gettext("Read on") == "تابعوا القراءة"


def test_compiling_again_does_nothing_until_the_catalogue_changes(checkout: Path) -> None:
    file = catalogue(checkout)
    [made] = catalogues.compile_stale(checkout / "locale", checkout / "made")
    assert catalogues.compile_stale(checkout / "locale", checkout / "made") == []
    os.utime(made, (1, 1))
    file.touch()
    assert catalogues.compile_stale(checkout / "locale", checkout / "made") == [made]


@pytest.mark.parametrize(
    ("count", "words"), [(0, "لا دروس"), (1, "درس واحد"), (2, "درسان"), (3, "3 دروس"), (11, "11 درسًا")]
)
@pytest.mark.parametrize("hundreds", [0, 100])
def test_arabic_chooses_among_six_forms(checkout: Path, count: int, words: str, hundreds: int) -> None:
    file = catalogue(checkout)
    file.write_text(file.read_text() + PLURAL)
    [made] = catalogues.compile_stale(checkout / "locale", checkout / "made")
    total = count + hundreds
    expected = f"{total} درس" if hundreds and count < 3 else words.replace(str(count), str(total))
    with made.open("rb") as compiled:
        said = gettext.GNUTranslations(compiled).ngettext("%(n)s lesson", "%(n)s lessons", total)
    assert said % {"n": total} == expected


def test_our_plural_rule_is_djangos_own_so_its_texts_and_ours_are_one_catalogue() -> None:
    shipped = Path(django.__file__).parent / "conf" / "locale" / "ar" / "LC_MESSAGES" / "django.mo"
    with shipped.open("rb") as file:
        assert gettext.GNUTranslations(file).info()["plural-forms"] == catalogues.plurals("ar")
