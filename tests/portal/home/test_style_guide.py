"""The style guide shows every component, to staff alone."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from quizzes.kinds import KINDS
from tests.factories import RoleGrantFactory, UserFactory
from tests.portal.accounts.guests import with_second_factor

pytestmark = pytest.mark.django_db

COMPONENTS = Path(settings.BASE_DIR) / "templates" / "components"
# Components that the guide does not show, and why.
NOT_SHOWN = {
    "found.html": "stands in the head of public pages",
}


@pytest.fixture
def instructor(client: Client) -> Client:
    user = UserFactory()
    with_second_factor(user)
    RoleGrantFactory(user=user)
    client.force_login(user)
    return client


def shown(client: Client, url: str) -> set[str]:
    """The templates that made the page."""
    return {str(template.name) for template in client.get(url).templates}


def test_every_component_is_in_the_style_guide(instructor: Client) -> None:
    made = shown(instructor, "/en/style-guide/light/")
    left = {path.name for path in COMPONENTS.glob("*.html")} - set(NOT_SHOWN)
    missing = sorted(name for name in left if f"components/{name}" not in made)
    assert not missing, f"{missing}: show them in templates/style_guide/panel.html, or say in NOT_SHOWN why not"


def test_what_is_not_shown_is_a_component() -> None:
    assert all((COMPONENTS / name).exists() for name in NOT_SHOWN)


def test_every_kind_of_question_is_in_the_style_guide(instructor: Client) -> None:
    made = shown(instructor, "/en/style-guide/light/")
    missing = sorted(kind for kind in KINDS if f"quizzes/kinds/{kind}.html" not in made)
    assert not missing, f"{missing}: add them to `kinds` in portal/home/style_samples.py"


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("en", "ltr")])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_panel_is_in_its_language_and_theme(instructor: Client, language: str, direction: str, theme: str) -> None:
    html = instructor.get(f"/{language}/style-guide/{theme}/").content.decode()
    assert f'<html lang="{language}" dir="{direction}" data-theme="{theme}">' in html


def test_a_panel_may_stand_in_a_frame_of_the_portal_and_nowhere_else(instructor: Client) -> None:
    response = instructor.get("/en/style-guide/light/")
    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in response.headers["Content-Security-Policy"]


def test_the_guide_itself_stands_in_no_frame(instructor: Client) -> None:
    response = instructor.get("/en/style-guide/")
    assert response.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]


def test_there_are_two_themes_and_no_third(instructor: Client) -> None:
    assert instructor.get("/en/style-guide/pink/").status_code == 404


@pytest.mark.parametrize("url", ["/en/style-guide/", "/en/style-guide/light/"])
def test_a_citizen_is_turned_away(client: Client, url: str) -> None:
    assert client.get(url).status_code == 302
    client.force_login(UserFactory())
    assert client.get(url).status_code == 403


def test_nothing_in_a_panel_changes_anything(instructor: Client) -> None:
    assert 'method="post"' not in instructor.get("/en/style-guide/light/").content.decode()
