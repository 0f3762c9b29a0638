"""One released value switches the resuscitation profile: all that readers meet follows it, whole, there and back."""

import uuid
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client, TestCase
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import override

from lessons import profiles
from lessons.models import LessonText, LocalFact, LocalFactValue, Profile, Revision, State
from lessons.publishing import publish_revision
from lessons.readiness import NotReady
from lessons.search.searching import search
from portal.accounts.models import User
from portal.exchange.reading import read_package
from portal.home.sitemap import every_place
from portal.studio.drafts import Typed, Written, mark_of, save
from portal.studio.models import Release
from portal.studio.releases import publish, reasons_against, submit
from portal.studio.standing import standings_of
from quizzes import attempts, draws
from quizzes.models import Attempt, CourseProgress, Learner, LessonProgress, Question, QuestionVersion, Quiz
from quizzes.projections import differences
from quizzes.publishing import publish_version
from tests.factories import LearnerFactory, ReleaseFactory, UserFactory
from tests.portal.exchange.package import add_variant, write_package
from tests.quizzes.sitting import begin

pytestmark = pytest.mark.django_db
PAGE = "/en/courses/burns/cool-it/"
WORDS = "the American way"
ANSWERS = {"single_choice": "water", "numerical": "20", "true_false": "true"}
OF = {"erc": {"BU-1-Q1", "BU-1-Q2"}, "aha": {"BU-1-Q1", "BU-1-AHA-Q1"}}


@pytest.fixture(autouse=True)
def varied(tmp_path: Path, settings: Any, cold_pages: Path) -> None:
    """The small package with a lesson for both profiles, read in."""
    settings.MEDIA_ROOT = tmp_path / "media"
    with override("en"):
        read_package(add_variant(write_package(tmp_path / "package")))


def value_of(profile: str, author: User | None = None, **fields: Any) -> LocalFactValue:
    fact = LocalFact.objects.get(key="resuscitation-profile")
    return LocalFactValue.objects.create(fact=fact, value=profile, author=author or UserFactory(), **fields)


def released(profile: str, **parts: Any) -> Release:
    """A release with that value and these parts, sent to review by its author."""
    author = UserFactory()
    release: Release = ReleaseFactory(author=author)
    release.facts.add(value_of(profile, author))
    for name, rows in parts.items():
        getattr(release, name).set(rows)
    submit(release, author)
    return release


def switch(profile: str) -> None:
    with TestCase.captureOnCommitCallbacks(execute=True):
        publish(released(profile), UserFactory(), timezone.now())


def keys_asked(quiz: Quiz) -> set[str]:
    versions = [each.version for each in draws.draw(quiz, "seed")]
    return set(Question.objects.filter(versions__in=versions).values_list("key", flat=True))


def keys_of(attempt: Attempt) -> set[str]:
    return set(attempt.items.values_list("version__question__key", flat=True))


def everything() -> list[tuple[Any, ...]]:
    """What would have to be lost or doubled."""
    revisions = Revision.objects.order_by("pk").values_list("pk", "profile", "state", "html", "published_at")
    versions = QuestionVersion.objects.order_by("pk").values_list("pk", "question__profile", "state")
    return [*revisions, *versions]


def lesson_check() -> Quiz:
    return Quiz.objects.get(lesson__key="BU-1")


def final() -> Quiz:
    return Quiz.objects.get(edition__course__key="BU")


def test_pages_show_the_variant_of_the_profile_in_force_and_say_whose_it_is() -> None:
    before = Client().get(PAGE).content.decode()
    assert WORDS not in before
    assert "This lesson follows: European Resuscitation Council (ERC)" in before
    switch("aha")
    after = Client().get(PAGE).content.decode()
    assert f"<h1>Cool it, {WORDS}</h1>" in after
    assert "Cooling, the American way" in after, "its own sources"
    assert "This lesson follows: American Heart Association (AHA)" in after
    assert "كالأمريكيين" in Client().get(PAGE.replace("/en/", "/ar/")).content.decode()


def test_a_lesson_that_is_right_in_all_names_no_profile() -> None:
    page = Client().get("/en/courses/burns/cover-it/").content.decode()
    assert "This lesson follows" not in page


def test_a_cold_lesson_page_takes_no_more_queries_under_another_profile(django_assert_max_num_queries: Any) -> None:
    switch("aha")
    with django_assert_max_num_queries(4):
        Client().get(PAGE)


def test_lists_and_the_course_name_the_variant_that_can_be_read() -> None:
    switch("aha")
    assert WORDS in Client().get("/en/courses/burns/").content.decode()
    switch("erc")
    assert WORDS not in Client().get("/en/courses/burns/").content.decode()


def test_search_finds_the_variant_in_force_alone() -> None:
    def titles() -> list[str]:
        return [strip_tags(str(result.title)) for result in search("cool", "en").results]

    assert [title for title in titles() if WORDS in title] == []
    switch("aha")
    found = [title for title in titles() if "Cool it" in title]
    assert found == [f"Cool it, {WORDS}"]
    switch("erc")
    assert [title for title in titles() if WORDS in title] == []


def test_the_sitemap_names_the_lesson_once_in_both_languages_whichever_is_in_force() -> None:
    def places() -> list[tuple[Any, ...]]:
        return [(place.names, place.languages) for place in every_place() if ("lesson", "cool-it") in place.names]

    before = places()
    switch("aha")
    assert len(before) == 1
    assert places() == before


@pytest.mark.parametrize("profile", ["erc", "aha"])
def test_a_check_and_a_final_draw_only_what_the_profile_asks(profile: str) -> None:
    switch(profile)
    assert keys_asked(lesson_check()) == OF[profile]
    other = set.union(*OF.values()) - OF[profile]
    drawable = {version.question.key for version in draws.pool(final())}
    assert drawable >= OF[profile]
    assert not drawable & other
    for seed in map(str, range(20)):
        drawn = [each.version for each in draws.draw(final(), seed)]
        assert not other & set(Question.objects.filter(versions__in=drawn).values_list("key", flat=True))


def test_there_and_back_again_loses_nothing_and_doubles_nothing() -> None:
    before = everything()
    switch("aha")
    there = everything()
    assert there != before
    switch("erc")
    assert everything() == before
    switch("aha")
    assert everything() == there


def test_the_same_profile_once_more_changes_nothing() -> None:
    before = everything()
    switch("erc")
    assert everything() == before


def test_no_text_and_no_question_is_ever_of_two_profiles_at_once() -> None:
    for profile in ("aha", "erc", "aha"):
        switch(profile)
        assert profiles.in_force() == profile
        shown = Revision.objects.filter(state=State.PUBLISHED).values_list("profile", flat=True)
        asked = QuestionVersion.objects.filter(state=State.PUBLISHED).values_list("question__profile", flat=True)
        assert {*shown, *asked} == {"", profile}


def begun(learner: Learner) -> Attempt:
    return begin(learner, lesson_check(), final().edition_id or 0)


def handed_in(attempt: Attempt) -> Attempt:
    """Every question answered rightly."""
    for item in attempt.items.select_related("version"):
        given = attempts.Answer(item.step, ANSWERS[item.version.kind], uuid.uuid4(), "en")
        attempts.save_answer(attempt.pk, given)
    return attempts.submit(attempt.pk)


def progress(learner: Learner) -> list[Any]:
    lessons, courses = (model.objects.filter(learner=learner).values() for model in (LessonProgress, CourseProgress))
    return [*lessons, *courses]


def test_a_sitting_under_way_keeps_the_questions_it_began_with() -> None:
    attempt = begun(LearnerFactory())
    switch("aha")
    assert keys_of(attempt) == OF["erc"]
    assert handed_in(attempt).passed
    assert keys_of(begun(LearnerFactory())) == OF["aha"]


def test_who_has_passed_a_lesson_has_passed_it_under_the_other_profile_too() -> None:
    learner = LearnerFactory()
    handed_in(begun(learner))
    before = progress(learner)
    assert before[0]["passed_on"]
    for profile in ("aha", "erc"):
        switch(profile)
        assert progress(learner) == before
        assert list(differences([learner.pk])) == []


@pytest.mark.parametrize("value", ["AHA", "ilcor", "erc or aha"])
def test_a_profile_that_there_is_not_is_refused(value: str) -> None:
    draft = value_of(value)
    with override("en"), pytest.raises(ValidationError, match="Choose one of: erc, aha"):
        draft.full_clean()
    release: Release = ReleaseFactory()
    release.facts.add(draft)
    with override("en"):
        assert "Choose one of: erc, aha" in str(reasons_against(release)[0])


def test_a_profile_for_one_language_is_refused() -> None:
    with override("en"), pytest.raises(ValidationError, match="one for all languages"):
        value_of("aha", language="ar").full_clean()


def test_a_profile_that_a_lesson_lacks_in_one_language_cannot_be_chosen() -> None:
    french = LessonText.objects.create(lesson=Revision.objects.get(title="Cool it").text.lesson, language="fr")
    publish_revision(
        Revision.objects.create(
            text=french, number=1, profile="erc", title="Refroidir", markdown="::: first\nEau.\n:::\n"
        ),
        timezone.now(),
    )
    before = everything()
    with override("en"), pytest.raises(NotReady, match="“BU-1” has no text for AHA in “fr”"):
        released("aha")
    assert everything() == before


def test_what_a_profile_lacks_may_come_with_it_in_one_release() -> None:
    french = LessonText.objects.create(lesson=Revision.objects.get(title="Cool it").text.lesson, language="fr")

    def text(profile: str, number: int) -> Revision:
        return Revision.objects.create(
            text=french, number=number, profile=profile, title=profile, markdown="::: first\nEau.\n:::\n"
        )

    publish_revision(text("erc", 1), timezone.now())
    coming = text("aha", 2)
    publish(released("aha", revisions=[coming]), UserFactory(), timezone.now())
    coming.refresh_from_db()
    assert coming.state == State.PUBLISHED
    assert Revision.objects.get(text=french, profile="erc").state == State.RESERVE


def test_a_profile_under_which_a_check_would_ask_nothing_is_refused_and_nothing_has_changed() -> None:
    Question.objects.filter(key="BU-1-Q1").update(archived_at=timezone.now())
    Question.objects.filter(key="BU-1-AHA-Q1").update(archived_at=timezone.now())
    before, release = everything(), released("aha")
    with override("en"), pytest.raises(NotReady, match="The check of the lesson would have no question left"):
        publish(release, UserFactory(), timezone.now())
    assert everything() == before
    assert profiles.in_force() == Profile.ERC


def test_a_text_for_another_profile_waits_and_takes_the_place_of_its_own_former_one() -> None:
    former = Revision.objects.get(profile="aha", text__language="en")
    draft = Revision.objects.create(
        text=former.text, number=9, profile="aha", title="New", markdown="::: first\nWater.\n:::\n"
    )
    publish_revision(draft, timezone.now())
    draft.refresh_from_db()
    former.refresh_from_db()
    assert (draft.state, former.state) == (State.RESERVE, State.SUPERSEDED)
    assert Revision.objects.get(text=former.text, state=State.PUBLISHED).profile == "erc"
    switch("aha")
    assert Revision.objects.get(text=former.text, state=State.PUBLISHED) == draft


def test_an_older_draft_of_a_variant_is_refused_once_a_newer_one_waits() -> None:
    former = Revision.objects.get(profile="aha", text__language="en")
    old = Revision.objects.create(
        text=former.text, number=0, profile="aha", title="Old", markdown="::: first\nWater.\n:::\n"
    )
    with override("en"), pytest.raises(NotReady, match="Something newer was published since"):
        publish_revision(old, timezone.now())


def test_a_new_version_of_a_question_for_another_profile_waits() -> None:
    former = QuestionVersion.objects.get(question__key="BU-1-AHA-Q1")
    fields = {name: getattr(former, name) for name in ("question", "kind", "structure", "answer_key")}
    draft = QuestionVersion.objects.create(number=2, critical=True, **fields)
    for text in former.texts.all():
        text.pk, text.version, text.state, text.published_at = None, draft, State.PUBLISHED, timezone.now()
        text.save(force_insert=True)
    publish_version(draft, timezone.now())
    former.refresh_from_db()
    assert (draft.state, former.state) == (State.RESERVE, State.SUPERSEDED)
    switch("aha")
    assert keys_asked(lesson_check()) == OF["aha"]


def test_the_studio_goes_on_from_the_text_in_force_and_its_draft_stays_of_that_profile() -> None:
    switch("aha")
    lesson = Revision.objects.get(title="Cool it").text.lesson
    standing = standings_of(lesson, ["en"])["en"]
    typed = Typed(Written("Cooler", "s", "o", "::: first\nWater.\n:::\n"), mark_of(standing))
    with override("en"):
        [draft] = save(lesson, UserFactory(), {"en": typed})
    assert draft.profile == "aha"
    switch("erc")
    assert standings_of(lesson, ["en"])["en"].working is None, "it waits for its profile"
    publish_revision(draft, timezone.now())
    assert Revision.objects.get(text=draft.text, state=State.PUBLISHED).title == "Cool it"


def test_the_database_lets_a_text_go_into_reserve_and_back_and_changes_nothing_else() -> None:
    row = Revision.objects.filter(profile="erc", state=State.PUBLISHED)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.update(state=State.RESERVE, title="changed")
    with pytest.raises(IntegrityError), transaction.atomic():
        Revision.objects.filter(state=State.RESERVE).update(state=State.DRAFT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Revision.objects.filter(state=State.RESERVE).delete()
    row.update(state=State.SUPERSEDED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Revision.objects.filter(state=State.SUPERSEDED).update(state=State.RESERVE)
