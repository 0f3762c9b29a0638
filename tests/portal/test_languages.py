"""A language is added by a setting and translations: the portal in French, and in Urdu, which runs from the right."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import gettext, override
from pydantic import ValidationError

from lessons.models import CourseEdition, EditionText, Lesson, SearchDocument, State
from lessons.publishing import publish_revision
from lessons.search.indexing import rebuild
from lessons.search.queries import language_of, typed_words
from portal.accounts.models import RoleGrant
from portal.environment import Environment
from portal.language import catalogues
from portal.language.catalogues import compile_stale, header, translated
from portal.studio.models import Tick
from tests.factories import LONG_AGO, LessonTextFactory, LocalFactFactory, RevisionFactory, published_course
from tests.portal.studio.people import staff
from tests.portal.studio.translating.sheets import draft_in, translated_lesson
from tests.portal.studio.translating.sheets import translate as translate_page

SAFE: dict[str, Any] = {"secret_key": "x" * 50, "allowed_hosts": "portal.example"}
WORDS = {
    "fr": {
        "Courses": "Formations",
        "This lesson has not been translated yet. Here it is in %(language)s.": "Pas encore traduit : en %(language)s.",
    },
    "ur": {
        "Courses": "کورس",
        "This lesson has not been translated yet. Here it is in %(language)s.": "ابھی ترجمہ نہیں ہوا: %(language)s",
    },
}
URDU = {"title": "زور سے دبائیں", "row_0": "::: first\nزور سے دبائیں۔\n:::", "row_1": "دونوں ہاتھوں سے ۱۰ منٹ دبائیں۔"}


def compile_words(folder: Path) -> Path:
    """Catalogues of the few messages above, compiled as the portal compiles its own."""
    for language, said in WORDS.items():
        file = folder / "po" / language / "LC_MESSAGES" / "django.po"
        file.parent.mkdir(parents=True)
        messages = "\n".join(f'#, python-format\nmsgid "{one}"\nmsgstr "{other}"\n' for one, other in said.items())
        file.write_text(header(language) + messages, encoding="utf-8")
    compile_stale(folder / "po", folder / "mo")
    return folder / "mo"


@pytest.fixture
def four(settings: Any, tmp_path: Path, cold_pages: Path) -> None:
    """A portal in Arabic, English, French and Urdu, as LANGUAGES=ar,en,fr,ur makes it."""
    settings.LANGUAGES = [("ar", "Arabic"), ("en", "English"), ("fr", "French"), ("ur", "Urdu")]
    settings.LOCALE_PATHS = [compile_words(tmp_path), *settings.LOCALE_PATHS]


@pytest.fixture
def lesson(db: None) -> Lesson:
    LocalFactFactory(key="emergency-number")
    return translated_lesson()


@pytest.fixture
def course(lesson: Lesson) -> CourseEdition:
    return published_course(lessons=[lesson])


def html_of(url: str) -> str:
    return Client().get(url, follow=True).content.decode()


def publish_in(lesson: Lesson, language: str, title: str) -> None:
    draft = RevisionFactory(text=LessonTextFactory(lesson=lesson, language=language), title=title)
    publish_revision(draft, LONG_AGO)


# The setting.


def test_languages_are_one_setting() -> None:
    assert Environment(**SAFE).language_codes == ["ar", "en"]
    assert Environment(**SAFE, languages="ar, en, fr,ur", default_language="fr").language_codes == [
        "ar",
        "en",
        "fr",
        "ur",
    ]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"languages": "ar,xx"}, "LANGUAGES must be codes of languages"),
        ({"languages": "en,fr"}, "DEFAULT_LANGUAGE must be one of LANGUAGES"),
        ({"default_language": "fr"}, "DEFAULT_LANGUAGE must be one of LANGUAGES"),
        ({"languages": ""}, "DEFAULT_LANGUAGE must be one of LANGUAGES"),
    ],
)
def test_a_language_that_nobody_knows_is_refused_with_the_reason(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        Environment(**SAFE, **wrong)


def test_a_new_language_gets_a_catalogue_that_counts_as_django_does(settings: Any, tmp_path: Path) -> None:
    settings.LANGUAGES = [("ar", "Arabic"), ("en", "English"), ("fr", "French"), ("ur", "Urdu")]
    assert translated(tmp_path) == ["ar", "fr", "ur"]
    assert "nplurals=2" in catalogues.plurals("ur")
    assert "nplurals=3" in catalogues.plurals("fr")


@pytest.mark.parametrize(("language", "shown"), [("fr", "My learning"), ("ur", "دوراتي")])
def test_a_missing_message_is_english_from_the_left_and_the_nation_s_first_from_the_right(
    settings: Any, tmp_path: Path, language: str, shown: str
) -> None:
    file = tmp_path / "po" / language / "LC_MESSAGES" / "django.po"
    file.parent.mkdir(parents=True)
    file.write_text(header(language) + 'msgid "My learning"\nmsgstr ""\n', encoding="utf-8")
    compile_stale(tmp_path / "po", tmp_path / "mo")
    settings.LOCALE_PATHS = [tmp_path / "mo", *settings.LOCALE_PATHS]
    settings.LANGUAGES = [*settings.LANGUAGES, (language, language)]
    with override(language):
        assert gettext("My learning") == shown


# Pages.


@pytest.mark.parametrize(("language", "direction", "courses"), [("fr", "ltr", "Formations"), ("ur", "rtl", "کورس")])
@pytest.mark.usefixtures("four", "course")
def test_a_page_is_in_the_language_and_runs_its_way(language: str, direction: str, courses: str) -> None:
    html = html_of(f"/{language}/courses/")
    assert re.search(rf'<html lang="{language}" dir="{direction}"', html)
    assert f"<h1>{courses}" in html.replace("\n", "").replace("  ", "")
    assert f"portal.{direction}.css" in html


@pytest.mark.usefixtures("four", "course")
def test_what_is_not_translated_is_shown_in_the_source_language_and_said_to_be() -> None:
    html = html_of("/ur/courses/first-aid/press/")
    assert "ابھی ترجمہ نہیں ہوا" in html
    assert 'lang="en" dir="ltr"' in html
    assert '<link rel="canonical" href="http://testserver/en/courses/first-aid/press/">' in html


@pytest.mark.usefixtures("four", "course")
def test_every_language_is_in_the_switch_and_leads_to_the_same_page() -> None:
    html = html_of("/ur/courses/first-aid/press/")
    for code, name in (("ar", "العربيّة"), ("en", "English"), ("fr", "français")):
        assert re.search(rf'<a href="/{code}/courses/first-aid/press/" hreflang="{code}"[^>]*>{name}</a>', html)
    assert "language-menu" in html


@pytest.mark.django_db
def test_two_languages_need_no_menu(cold_pages: Path) -> None:
    html = html_of("/en/")
    assert "language-menu" not in html
    assert 'class="language" href="/ar/"' in html


@pytest.mark.usefixtures("four")
def test_search_engines_are_told_of_the_languages_in_which_a_lesson_is_published(
    lesson: Lesson, course: CourseEdition
) -> None:
    publish_in(lesson, "ur", "زور سے دبائیں")
    html = html_of("/ur/courses/first-aid/press/")
    named = re.findall(r'<link rel="alternate" hreflang="([\w-]+)"', html)
    assert sorted(named) == ["ar", "en", "ur", "x-default"]
    sitemap = html_of("/sitemap.xml")
    assert "<loc>http://testserver/ur/courses/first-aid/press/</loc>" in sitemap
    assert "<loc>http://testserver/fr/courses/first-aid/press/</loc>" not in sitemap
    assert "<loc>http://testserver/fr/courses/</loc>" in sitemap
    assert "Disallow: /ur/studio/" in html_of("/robots.txt")


@pytest.mark.usefixtures("four", "course")
def test_a_page_can_be_shared_in_a_language_without_a_picture_of_its_own() -> None:
    html = html_of("/fr/courses/")
    assert '<meta property="og:locale" content="fr_FR">' in html
    assert "/static/share/ar.png" in html


@pytest.mark.usefixtures("four")
def test_a_lesson_translated_into_urdu_is_published_and_read(lesson: Lesson, course: CourseEdition) -> None:
    writing, reviewing = Client(), Client()
    writing.force_login(staff("Iman", RoleGrant.Role.INSTRUCTOR))
    reviewing.force_login(staff("Rana", RoleGrant.Role.REVIEWER))
    assert 'lang="ur" dir="rtl"' in writing.get("/en/studio/lessons/press/translate/ur/").content.decode()
    assert translate_page(writing, lesson, "ur", **URDU).status_code == 302
    assert draft_in(lesson, "ur").made_from is not None
    sent: Any = writing.post("/en/studio/languages/ur/courses/first-aid/send/", {"lesson": "press"})
    assert reviewing.post(f"{sent.headers['Location']}publish/", {"ticks": Tick.Point.values}).status_code == 302
    html = html_of("/ur/courses/first-aid/press/")
    assert "دونوں ہاتھوں سے ۱۰ منٹ دبائیں۔" in html
    assert "ابھی ترجمہ نہیں ہوا" not in html


@pytest.mark.usefixtures("four")
def test_what_is_published_in_urdu_is_found_in_urdu(lesson: Lesson, course: CourseEdition) -> None:
    publish_in(lesson, "ur", "زور سے دبائیں")
    rebuild()
    assert SearchDocument.objects.filter(language="ur", title="زور سے دبائیں").exists()
    assert "زور سے" in html_of("/ur/search/?q=دبائیں")


@pytest.mark.usefixtures("four", "course")
def test_words_are_looked_for_in_the_page_s_language_where_its_letters_fit() -> None:
    assert language_of(typed_words("دبائیں"), "ur") == "ur"
    assert language_of(typed_words("appuyer"), "fr") == "fr"
    assert language_of(typed_words("نزف"), "fr") == "ar"
    assert language_of(typed_words("bleeding"), "ur") == "en"


@pytest.mark.usefixtures("four")
def test_what_no_french_text_has_is_found_in_another_language(course: CourseEdition) -> None:
    rebuild()
    assert "<mark>Press</mark> hard" in html_of("/fr/search/?q=press")


@pytest.mark.usefixtures("four")
def test_a_course_has_its_title_where_it_was_translated(course: CourseEdition) -> None:
    EditionText.objects.create(edition=course, language="fr", title="Premiers secours", summary="Agir.")
    assert course.state == State.PUBLISHED
    assert "Premiers secours" in html_of("/fr/courses/first-aid/")
    assert "First aid" in html_of("/ur/courses/first-aid/") or "First aid بالعربية" in html_of("/ur/courses/first-aid/")


@pytest.mark.usefixtures("four", "course")
def test_every_language_has_its_columns_in_the_studio() -> None:
    client = Client()
    client.force_login(staff("Iman", RoleGrant.Role.INSTRUCTOR))
    html = client.get("/fr/studio/lessons/press/").content.decode()
    assert 'name="ur-title"' in html
    assert 'name="fr-title"' in html
    assert client.get("/ur/studio/languages/").status_code == 200
