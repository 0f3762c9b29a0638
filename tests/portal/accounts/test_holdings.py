"""Whatever leads to a person is in what they download, or here with the reason why not."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.accounts.holdings import sections
from portal.accounts.models import User
from tests.factories import LearnerFactory, UserFactory
from tests.portal.accounts.test_privacy_kinds import PEOPLE, leads_to_people

pytestmark = pytest.mark.django_db

NOT_IN_IT = {
    "account.EmailConfirmation": "a secret on its way to the person, gone after some days",
    "accounts.Assignment": "what an organisation asks; that somebody set it is in their deeds",
    "accounts.Invitation": "invitations of an organisation; who made them is in the deeds",
    "accounts.MemberFile": "a table that a manager has and sent, gone after two days",
    "accounts.PastPlace": "places of people who are erased: nobody's any more",
    "accounts.PlacesFile": "a table that a manager has and sent, gone after two days",
    "accounts.WelcomeDue": "a letter on its way to the person",
    "accounts.User_groups": "not used: rights are roles",
    "accounts.User_user_permissions": "not used: rights are roles",
    "admin.LogEntry": "what staff did in the administration, which the deeds of the audit log tell",
    "lessons.CourseEdition": "editions of courses; who worked on them is in the releases",
    "lessons.LocalFactValue": "facts of the nation; who worked on them is in the deeds",
    "lessons.Suspension": "decisions about lessons, which the deeds tell",
    "quizzes.AttemptItem": "which question was asked, told with each answer",
    "quizzes.CompletionWithdrawal": "told with the completion",
    "quizzes.Learner": "a number for the person, to which everything learned leads",
    "quizzes.QuestionText": "questions; who worked on them is in the deeds",
    "quizzes.QuestionVersion": "questions; who worked on them is in the deeds",
    "quizzes.Regrade": "decisions about questions, which the deeds tell",
    "quizzes.RegradedItem": "told with the sitting that was scored again",
}


def models_about_people() -> Iterator[Any]:
    for model in apps.get_models(include_auto_created=True):
        if model in PEOPLE or leads_to_people(model):
            yield model


@pytest.fixture
def asked() -> str:
    """The SQL with which a person's data is gathered."""
    user: User = UserFactory()
    LearnerFactory(user=user)
    with CaptureQueriesContext(connection) as queries:
        for section in sections():
            list(section.rows(user))
    return "\n".join(query["sql"] for query in queries)


def test_every_table_about_people_is_read_or_excused(asked: str) -> None:
    missing = {
        model._meta.label
        for model in models_about_people()
        if f'FROM "{model._meta.db_table}"' not in asked and model._meta.label not in NOT_IN_IT
    }
    assert missing == set()


def test_no_excuse_is_left_over() -> None:
    assert set(NOT_IN_IT) <= {model._meta.label for model in models_about_people()}
