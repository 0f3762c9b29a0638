"""Every letter in both languages: what it says, where it leads, and that it goes out when it should."""

import re
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from portal.accounts import letters
from portal.mail import mail_settings
from tests.factories import UserFactory
from tests.portal.accounts.guests import SCRIPT

HOST = "https://testserver"
CONTEXTS: dict[str, dict[str, Any]] = {
    "confirm_address": {"url": "/en/account/confirm-email/a-key/"},
    "code": {"code": "482913", "minutes": 10, "is_new": True},
    "reset_password": {"url": "/en/account/password/reset/key/1-key/"},
    "unknown_account": {"url": "/en/account/signup/"},
    "assigned": {
        "course": "Life saving",
        "organisation": SCRIPT,
        "due_on": "2026-12-31",
        "url": "/en/courses/life-saving/",
    },
    "published": {"title": f"Correction {SCRIPT}", "url": "/en/studio/releases/1/"},
    "reviews_due": {
        "count": 22,
        "more": 21,
        "lines": [{"title": f"Burns {SCRIPT}", "due": "✓", "url": "/en/studio/lessons/burns/"}],
        "url": "/en/studio/upkeep/",
    },
    "way_in": {
        "change": {"deed": "second_factor.added", "what": "passkey"},
        "device": f"Firefox {SCRIPT}",
        "url": "/en/account/second-factor/",
    },
    "saved_view": {
        "name": f"Late {SCRIPT}",
        "url": "/en/reports/overdue/",
        "stop_url": "/en/account/letters/a-token/",
    },
    "reminder": {
        "course": f"First aid {SCRIPT}",
        "organisation": SCRIPT,
        "due_on": "2026-12-31",
        "late": True,
        "url": "/en/courses/life-saving/",
        "stop_url": "/en/account/letters/a-token/",
    },
    "welcome": {"organisation": SCRIPT, "url": "/en/account/login/?email=salma%40example.org"},
    "closing": {"erase_on": "2026-12-31", "url": "/en/account/login/"},
    "deleted": {},
}
every_letter = pytest.mark.parametrize("letter", CONTEXTS)
both_languages = pytest.mark.parametrize("language", ["ar", "en"])


@pytest.fixture
def at_the_worker(settings: Any) -> None:
    settings.WORKER = True
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def no_mail_server(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9


def written(letter: str, language: str) -> EmailMultiAlternatives:
    """The letter as `send` would write it."""
    _letter, address, language, context = letters._addressed(
        letter, "salma@example.org", language, dict(CONTEXTS[letter])
    )
    return letters.message(letter, address, language, context)


def html_of(message: EmailMultiAlternatives) -> str:
    [(content, mimetype)] = message.alternatives
    assert mimetype == "text/html"
    return str(content)


def test_every_letter_that_there_is_is_tested() -> None:
    folder = letters.settings.BASE_DIR / "templates" / "letters"
    assert {path.name.removesuffix(".subject.txt") for path in folder.glob("*.subject.txt")} == set(CONTEXTS)


@both_languages
@every_letter
def test_a_letter_is_in_its_language_and_runs_its_way(letter: str, language: str) -> None:
    message = written(letter, language)
    html = html_of(message)
    direction, start = ("rtl", "right") if language == "ar" else ("ltr", "left")
    assert f'<html lang="{language}" dir="{direction}">' in html
    assert re.search(rf'<body [^>]*lang="{language}" dir="{direction}"', html)
    assert re.search(rf'<td class="card ink" align="{start}" dir="{direction}"', html)
    assert f"text-align:{start}" in html
    for text in (str(message.subject), str(message.body), html):
        assert bool(re.search("[\u0621-\u064a]{3}", text)) == (language == "ar")


@both_languages
@every_letter
def test_a_letter_names_its_language_and_that_a_machine_sent_it(letter: str, language: str) -> None:
    headers = written(letter, language).message()
    assert headers["Content-Language"] == language
    assert headers["Auto-Submitted"] == "auto-generated"


@both_languages
@every_letter
def test_a_letter_leads_to_our_host_only_and_in_its_language(letter: str, language: str) -> None:
    message = written(letter, language)
    found = re.findall(r"https?://[^\s\"'<>]+", f"{message.body}\n{html_of(message)}")
    assert found
    assert all(url.startswith(f"{HOST}/{language}/") for url in found)


@both_languages
@every_letter
def test_a_letter_fetches_nothing(letter: str, language: str) -> None:
    assert not re.search(
        r"<(img|link|script|iframe|object|form)\b|url\(|@import| src=|background=", html_of(written(letter, language))
    )


@both_languages
@pytest.mark.parametrize("letter", ["assigned", "published", "reviews_due", "saved_view"])
def test_a_name_is_only_text(letter: str, language: str) -> None:
    message = written(letter, language)
    assert SCRIPT not in html_of(message)
    assert "&lt;script&gt;" in html_of(message)
    assert SCRIPT in message.body


def test_a_name_over_several_lines_cannot_write_headers() -> None:
    message = letters.message("published", "a@example.org", "en", {"title": "A\r\nBcc: b@example.org", "url": HOST})
    assert message.message()["Bcc"] is None
    assert message.subject == "Published: A Bcc: b@example.org"


def test_in_arabic_text_names_keep_their_own_direction_and_codes_stay_alone() -> None:
    assert "\u2068Life saving\u2069" in written("assigned", "ar").body
    assert "\u2068" not in written("assigned", "en").body
    assert "\n482913\n" in written("code", "ar").body
    assert f"\n{HOST}/ar/courses/life-saving/\n" in written("assigned", "ar").body


def test_a_day_is_written_as_the_language_writes_days() -> None:
    assert "31 December 2026" in written("assigned", "en").body
    assert "31 ديسمبر 2026" in written("assigned", "ar").body


def test_an_assignment_without_a_day_names_none() -> None:
    context = CONTEXTS["assigned"] | {"due_on": None}
    assert "by" not in letters.message("assigned", "a@example.org", "en", context).body.split("\n")[0]


def test_a_link_to_another_site_is_refused() -> None:
    with pytest.raises(ValueError, match="leads to evil"):
        letters.send("published", "a@example.org", "en", title="x", url="https://evil.example/")


@pytest.mark.django_db
def test_a_person_is_written_to_in_their_language_once_the_work_is_saved(
    django_capture_on_commit_callbacks: Any,
) -> None:
    salma = UserFactory(email="salma@example.org", language="ar")
    with django_capture_on_commit_callbacks(execute=True):
        letters.send("published", salma, title="x", url="/en/studio/")
        assert mail.outbox == []
    [message] = mail.outbox
    assert message.to == ["salma@example.org"]
    assert f"{HOST}/ar/studio/" in message.body


@pytest.mark.django_db(transaction=True)
def test_work_that_is_not_saved_sends_no_letter() -> None:
    with transaction.atomic():
        letters.send("deleted", "salma@example.org", "en")
        transaction.set_rollback(True)
    assert mail.outbox == []


@pytest.mark.django_db
def test_a_person_without_an_address_is_written_no_letter(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        letters.send("deleted", UserFactory(email=None))
    assert callbacks == []


@pytest.mark.django_db
def test_a_mail_server_that_is_away_stops_nobody(no_mail_server: None) -> None:
    assert letters.send_now("deleted", "salma@example.org", "en") is False


@pytest.mark.django_db
def test_the_log_of_a_failure_names_no_address(no_mail_server: None, caplog: pytest.LogCaptureFixture) -> None:
    letters.send_now("deleted", "salma@example.org", "en")
    assert "a letter could not be sent (deleted: ConnectionRefusedError, try 1)" in caplog.text
    assert "salma" not in caplog.text


@pytest.mark.django_db
def test_with_a_worker_a_letter_is_a_row_until_it_is_sent(at_the_worker: None) -> None:
    letters.send("deleted", "salma@example.org", "en")
    row = DBTaskResult.objects.get()
    assert mail.outbox == []
    assert letters.deliver.call(*row.args_kwargs["args"]) is True
    assert mail.outbox[0].to == ["salma@example.org"]


@pytest.mark.django_db
def test_the_worker_tries_again_later_and_not_for_ever(at_the_worker: None, no_mail_server: None) -> None:
    tries = len(letters.PAUSES)
    for attempt in range(tries + 1):
        assert letters.deliver.call("deleted", "salma@example.org", "en", {}, attempt) is False
    assert DBTaskResult.objects.count() == tries
    assert all(row.run_after for row in DBTaskResult.objects.all())


def test_mail_can_be_printed() -> None:
    assert mail_settings("console:") == {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
