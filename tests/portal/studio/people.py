"""Who works in the studio, and what their browsers send."""

from typing import Any

from django.test import Client

from lessons.models import Lesson, Revision, State
from portal.accounts.models import RoleGrant, User
from portal.studio.models import Release, Tick
from quizzes.models import Question, QuestionVersion
from tests.factories import RoleGrantFactory, UserFactory
from tests.portal.accounts.guests import with_second_factor

HOME, COURSE, LESSON = "/en/studio/", "/en/studio/courses/first-aid/", "/en/studio/lessons/bleeding/"
SEND = f"{COURSE}release/"
SCRIPT = "<script>alert(1)</script>"
FIRST = "::: first\nPress with both hands.\n:::\n"


def staff(name: str, *roles: RoleGrant.Role) -> User:
    """A person with these roles and a second factor."""
    user: User = UserFactory(display_name=name)
    for role in roles:
        RoleGrantFactory(user=user, role=role)
    with_second_factor(user)
    return user


def text_of(response: Any) -> str:
    return str(response.content.decode())


def lesson_fields(page: Any) -> dict[str, Any]:
    """Everything that the browser would send back of a lesson's page, nothing in it changed."""
    forms = [column.form for column in page.context["columns"]]
    return {field.html_name: field.value() or "" for form in forms for field in form if field.name != "matches"}


def write(client: Client, **changed: Any) -> Any:
    """Open the lesson, change some fields (`en_title` for `en-title`), save."""
    fields = lesson_fields(client.get(LESSON))
    return client.post(LESSON, fields | {name.replace("_", "-", 1): value for name, value in changed.items()})


def draft_of(lesson: Lesson, language: str = "en") -> Revision:
    return Revision.objects.get(text__lesson=lesson, text__language=language, state="draft")


def drafts(lesson: Lesson) -> list[str]:
    """The languages that have a draft."""
    rows = Revision.objects.filter(text__lesson=lesson, state="draft").order_by("text__language")
    return list(rows.values_list("text__language", flat=True))


def question_url(question: Question) -> str:
    return f"{LESSON}questions/{question.key}/"


def question_draft(question: Question) -> QuestionVersion:
    return QuestionVersion.objects.get(question=question, state=State.DRAFT)


def question_fields(page: Any) -> dict[str, Any]:
    """Everything that the browser would send back of a question's page, nothing in it changed."""
    fields: dict[str, Any] = {}
    for field in page.context["form"]:
        value = field.value()
        if field.name.startswith("option-") and field.name.endswith("-right"):
            if value and page.context["form"].kind == "single_choice":
                fields["right"] = field.name.split("-")[1]
            elif value:
                fields[field.html_name] = "on" if value is True else value
        elif value not in (None, False):
            fields[field.html_name] = "on" if value is True else value
    return fields


def compose(client: Client, question: Question, **changed: Any) -> Any:
    """Open the question, change some fields (`option_0_text_en` for `option-0-text-en`), save."""
    fields = question_fields(client.get(question_url(question)))
    return client.post(question_url(question), fields | with_hyphens(changed))


def with_hyphens(changed: dict[str, Any]) -> dict[str, Any]:
    rows = ("option", "pair", "spare", "gap")
    return {name.replace("_", "-") if name.startswith(rows) else name: said for name, said in changed.items()}


def send_to_review(client: Client, title: str = "Press with both hands") -> Release:
    """Send every draft of the course to review."""
    page = client.get(SEND)
    picks = sorted(page.context["form"].ticked)
    response: Any = client.post(SEND, {"title": title, "note": "RCUK25, page 4", "picks": picks})
    assert response.status_code == 302, text_of(response)
    return Release.objects.latest("pk")


def release_url(release: Release, deed: str = "") -> str:
    return f"/en/studio/releases/{release.pk}/{deed}"


def publish(client: Client, release: Release, **fields: Any) -> Any:
    return client.post(release_url(release, "publish/"), {"ticks": Tick.Point.values} | fields)
