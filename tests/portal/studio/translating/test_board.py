"""How far each language is, and everything of one sent to review at once."""

from typing import Any

import pytest
from django.test import Client

from lessons.models import Course, CourseEdition, EditionText, GlossaryTerm, GlossaryText, Lesson, Revision
from portal.accounts.models import AuditEntry, RoleGrant, User
from portal.language.catalogues import share_translated
from portal.studio.models import Release
from portal.studio.translating.board import LanguageProgress
from quizzes.models import QuestionText
from tests.factories import SINGLE, TRUE_FALSE, LocalFactFactory, UserFactory, check_of, published_course
from tests.portal.studio.people import publish, staff, text_of
from tests.portal.studio.translating.sheets import draft_in, translate, translated_lesson, write_source
from tests.portal.studio.translating.test_questions import fields_of as question_fields

pytestmark = pytest.mark.django_db
BOARD = "/en/studio/languages/"
COURSE = "/en/studio/languages/{}/courses/first-aid/"
QUESTIONS = "/en/studio/lessons/press/translate/{}/questions/"


@pytest.fixture
def lesson() -> Lesson:
    LocalFactFactory(key="emergency-number")
    made = translated_lesson()
    check_of(made, [SINGLE, TRUE_FALSE])
    return made


@pytest.fixture(autouse=True)
def course(lesson: Lesson) -> CourseEdition:
    return published_course(lessons=[lesson])


@pytest.fixture
def french(settings: Any) -> str:
    settings.LANGUAGES = [*settings.LANGUAGES, ("fr", "French")]
    return "fr"


def language_on(client: Client, code: str) -> LanguageProgress:
    return next(each for each in client.get(BOARD).context["languages"] if each.language == code)


def test_what_is_whole_is_called_complete(writing: Client) -> None:
    (course,) = language_on(writing, "ar").courses
    assert (course.lessons.published, course.lessons.total, course.questions.published) == (1, 1, 2)
    assert (course.words, course.words_total, course.complete) == (2, 2, True)


def test_what_is_not_there_is_counted_as_missing(writing: Client, french: str) -> None:
    (course,) = language_on(writing, french).courses
    assert (course.lessons.missing, course.questions.missing, course.words) == (1, 2, 0)
    assert not course.complete


def test_drafts_and_what_the_source_has_left_behind_are_counted(
    writing: Client, instructor: User, lesson: Lesson
) -> None:
    write_source(lesson, instructor, "10 minutes", "15 minutes")
    (course,) = language_on(writing, "ar").courses
    assert (course.lessons.published, course.lessons.behind, course.complete) == (1, 1, False)
    assert language_on(writing, "en").courses[0].lessons.draft == 1


def test_words_that_no_course_has_are_counted_for_each_language(writing: Client, french: str) -> None:
    term = GlossaryTerm.objects.create(key="cpr")
    GlossaryText.objects.create(glossary_term=term, language="en", term="CPR", definition="Press.")
    glossary = {
        code: next(each for each in language_on(writing, code).shared if each.slug == "glossary")
        for code in ("en", french)
    }
    assert [(each.there, each.total) for each in glossary.values()] == [(1, 1), (0, 1)]


def test_the_share_of_the_portal_s_own_messages_is_told(writing: Client, french: str) -> None:
    assert (language_on(writing, "en").interface, language_on(writing, french).interface) == (1.0, 0.0)
    assert language_on(writing, "ar").interface > 0.9


def test_a_catalogue_in_part_counts_in_part(tmp_path: Any) -> None:
    file = tmp_path / "fr" / "LC_MESSAGES" / "django.po"
    file.parent.mkdir(parents=True)
    file.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\nPlural-Forms: nplurals=2; plural=n > 1;\\n"\n\n'
        'msgid "a"\nmsgstr "b"\n\nmsgid "c"\nmsgstr ""\n'
    )
    assert share_translated("fr", tmp_path) == 0.5


def test_the_board_costs_as_many_queries_for_many_courses_as_for_few(
    writing: Client, lesson: Lesson, django_assert_num_queries: Any
) -> None:
    writing.get(BOARD)
    with django_assert_num_queries(27) as few:
        writing.get(BOARD)
    for number in range(3):
        other = translated_lesson(f"other-{number}")
        check_of(other, [SINGLE])
        published_course(slug=f"course-{number}", lessons=[other, lesson])
    with django_assert_num_queries(len(few)):
        writing.get(BOARD)


def test_a_course_leads_to_each_lesson_and_its_questions(writing: Client) -> None:
    html = text_of(writing.get(COURSE.format("ar")))
    assert 'href="/en/studio/lessons/press/translate/ar/"' in html
    assert 'href="/en/studio/lessons/press/translate/ar/questions/"' in html
    assert "/translate/en/" not in text_of(writing.get(COURSE.format("en")))


def test_a_course_or_language_that_there_is_not_is_not_found(writing: Client) -> None:
    Course.objects.create(key="empty", slug="empty")
    for url in (COURSE.format("fr"), "/en/studio/languages/ar/courses/empty/"):
        assert writing.get(url).status_code == 404


def test_a_reviewer_sees_it_and_is_offered_nothing_to_write(reviewing: Client) -> None:
    html = text_of(reviewing.get(COURSE.format("ar")))
    assert "/translate/" not in html
    assert reviewing.post(COURSE.format("ar") + "send/").status_code == 403


def test_a_citizen_does_not_see_it(client: Client) -> None:
    client.force_login(UserFactory())
    assert client.get(BOARD).status_code == 403


def test_one_press_sends_every_draft_of_the_language_to_review_and_no_other(
    writing: Client, instructor: User, lesson: Lesson
) -> None:
    write_source(lesson, instructor, "10 minutes", "15 minutes")
    translate(writing, lesson, row_1="اضغطوا ١٥ دقيقة.")
    page = writing.get(QUESTIONS.format("ar"))
    stem = page.context["questions"][0].rows[0].words.html_name
    writing.post(QUESTIONS.format("ar"), question_fields(page) | {stem: "سؤال؟"})
    response = writing.post(COURSE.format("ar") + "send/")
    release = Release.objects.get()
    assert response.headers["Location"] == f"/en/studio/releases/{release.pk}/"
    assert (release.state, release.title, release.author) == ("in_review", "First aid: Arabic", instructor)
    assert list(release.revisions.all()) == [Revision.objects.get(text__language="ar", state="in_review")]
    assert list(release.texts.all()) == [QuestionText.objects.get(language="ar", state="in_review")]


def test_what_was_sent_is_published_by_a_reviewer_and_read(
    writing: Client, reviewing: Client, client: Client, lesson: Lesson
) -> None:
    translate(writing, lesson, title="اضغطوا حالًا")
    writing.post(COURSE.format("ar") + "send/", {"lesson": "press"})
    release = Release.objects.get()
    assert release.title == "Press hard: Arabic"
    assert publish(reviewing, release).status_code == 302
    assert "اضغطوا حالًا" in text_of(client.get("/ar/courses/first-aid/press/"))


def test_one_lesson_alone_can_be_sent(writing: Client, course: CourseEdition, lesson: Lesson) -> None:
    other = translated_lesson("other")
    published_course(slug="second", lessons=[other])
    translate(writing, lesson, title="واحد")
    translate(writing, other, title="اثنان")
    writing.post(COURSE.format("ar") + "send/", {"lesson": "press"})
    assert [revision.title for revision in Release.objects.get().revisions.all()] == ["واحد"]
    assert draft_in(other).title == "اثنان"


def test_what_is_not_ready_is_named_and_no_release_is_left(writing: Client, lesson: Lesson) -> None:
    translate(writing, lesson, row_2="<b>HTML</b>")
    response = writing.post(COURSE.format("ar") + "send/")
    assert response.status_code == 422
    assert response.context["reasons"]
    assert not Release.objects.exists()


def test_without_a_draft_nothing_is_sent(writing: Client) -> None:
    assert "to review" not in text_of(writing.get(COURSE.format("ar")))
    response = writing.post(COURSE.format("ar") + "send/")
    assert response.status_code == 409
    assert "nothing in this release" in text_of(response)


# Words that have no drafts.


def words_url(code: str, sort: str) -> str:
    return f"{BOARD}{code}/words/?of={sort}"


def form_fields(page: Any) -> dict[str, Any]:
    fields = {field.html_name: field.value() or "" for form in page.context["forms"] for field in form}
    return fields | {"owner": [str(form.owner.pk) for form in page.context["forms"]]}


def write_words(client: Client, url: str, **said: str) -> Any:
    """Open the page, fill the first form, save."""
    page = client.get(url)
    form = page.context["forms"][0]
    return client.post(url, form_fields(page) | {form.add_prefix(name): words for name, words in said.items()})


def test_a_reviewer_gives_a_published_course_its_words_in_another_language(
    reviewing: Client, client: Client, french: str
) -> None:
    response = write_words(reviewing, words_url(french, "courses"), title="Premiers secours", summary="Agir.")
    assert response.status_code == 302
    text = EditionText.objects.get(language=french)
    assert (text.title, text.summary) == ("Premiers secours", "Agir.")
    assert AuditEntry.objects.filter(deed="words.translated").exists()
    write_words(reviewing, words_url(french, "modules"), title="Le début")
    assert language_on(reviewing, french).courses[0].words == 2


def test_words_of_a_published_course_stay_as_they_are(reviewing: Client) -> None:
    url = words_url("ar", "courses") + "&all"
    assert "readonly" in text_of(reviewing.get(url))
    write_words(reviewing, url, title="عنوان آخر")
    assert not EditionText.objects.filter(title="عنوان آخر").exists()


def test_the_words_stand_beside_those_of_the_page_s_language(reviewing: Client, french: str) -> None:
    page = reviewing.get(words_url(french, "courses"))
    assert next(beside for _field, beside in page.context["forms"][0].rows) == "First aid"
    assert "<bdi>First aid</bdi>" in text_of(page)


def test_what_is_half_said_is_refused_beside_its_field(reviewing: Client, french: str) -> None:
    response = write_words(reviewing, words_url(french, "courses"), title="Premiers secours")
    assert response.status_code == 422
    assert "Premiers secours" in text_of(response)
    assert not EditionText.objects.filter(language=french).exists()


def test_terms_can_be_added_and_reworded(reviewing: Client, french: str) -> None:
    term = GlossaryTerm.objects.create(key="cpr")
    GlossaryText.objects.create(glossary_term=term, language="en", term="CPR", definition="Press.")
    write_words(reviewing, words_url(french, "glossary"), term="RCP", definition="Appuyer.")
    assert not reviewing.get(words_url(french, "glossary")).context["forms"]
    write_words(reviewing, words_url(french, "glossary") + "&all", definition="Appuyer fort.")
    assert GlossaryText.objects.get(language=french).definition == "Appuyer fort."


def test_two_who_reword_at_once_are_told(reviewing: Client, french: str) -> None:
    term = GlossaryTerm.objects.create(key="cpr")
    GlossaryText.objects.create(glossary_term=term, language="en", term="CPR", definition="Press.")
    url = words_url(french, "glossary") + "&all"
    page = reviewing.get(url)
    write_words(reviewing, url, term="RCP", definition="Appuyer.")
    form = page.context["forms"][0]
    mine = form_fields(page) | {form.add_prefix("term"): "Massage", form.add_prefix("definition"): "Autre."}
    response = reviewing.post(url, mine)
    assert response.status_code == 422
    assert "Massage" in text_of(response)
    assert "RCP" in text_of(response)
    assert reviewing.post(url, form_fields(response)).status_code == 302
    assert GlossaryText.objects.get(language=french).term == "Massage"


@pytest.mark.parametrize("role", [RoleGrant.Role.INSTRUCTOR, None])
def test_who_may_not_review_does_not_write_what_counts_at_once(client: Client, role: RoleGrant.Role | None) -> None:
    client.force_login(staff("Somebody", *filter(None, [role])))
    assert client.get(words_url("ar", "courses")).status_code == 403


def test_a_list_of_words_has_pages_and_a_fixed_number_of_queries(
    reviewing: Client, french: str, django_assert_num_queries: Any
) -> None:
    reviewing.get(words_url(french, "glossary"))
    for number in range(45):
        term = GlossaryTerm.objects.create(key=f"term-{number}")
        GlossaryText.objects.create(glossary_term=term, language="en", term=f"T{number}", definition="D")
    with django_assert_num_queries(9):
        page = reviewing.get(words_url(french, "glossary") + "&page=3")
    assert (len(page.context["forms"]), page.context["page"].paginator.num_pages) == (5, 3)


@pytest.mark.parametrize("url", [words_url("ar", "nothing"), words_url("xx", "courses"), words_url("ar", "topics")])
def test_words_that_there_are_not_are_not_found(reviewing: Client, url: str) -> None:
    assert reviewing.get(url).status_code == 404
