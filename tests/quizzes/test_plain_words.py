"""The plain form of words that stand is written by a migration, a batch a transaction."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from quizzes.models import ItemStatistic, QuestionText
from quizzes.plain import plain_of
from tests.factories import LONG_AGO, SINGLE, TRUE_FALSE, check_of, published_lesson


def migrate_to(targets: list[tuple[str, str]]) -> None:
    MigrationExecutor(connection).migrate(targets)


@pytest.mark.django_db
def test_texts_that_lack_their_plain_form_get_it_from_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    check_of(published_lesson(), [SINGLE, TRUE_FALSE])
    QuestionText.objects.update(plain=None)
    call_command("write_plain_words")
    texts = list(QuestionText.objects.all())
    assert [text.plain for text in texts] == [plain_of(text.words) for text in texts]
    assert f"{len(texts)} texts written" in capsys.readouterr().out


@pytest.mark.django_db(transaction=True)
def test_words_from_before_are_found_and_figures_from_before_are_gone() -> None:
    quiz = check_of(published_lesson(), [SINGLE, TRUE_FALSE])
    newest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    migrate_to([("quizzes", "0007_draws")])
    kept = QuestionText.objects.order_by("pk").first()
    assert kept is not None
    QuestionText.objects.exclude(pk=kept.pk).update(plain=None)
    QuestionText.objects.filter(pk=kept.pk).update(plain="as it was")
    ItemStatistic.objects.create(quiz=quiz, version=kept.version, people=200, counted_at=LONG_AGO)
    migrate_to(newest)
    others = QuestionText.objects.exclude(pk=kept.pk)
    assert [text.plain for text in others] == [plain_of(text.words) for text in others]
    assert QuestionText.objects.get(pk=kept.pk).plain == "as it was"
    assert not ItemStatistic.objects.exists()
