import stat
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.db.models import Model
from django.test import Client

from portal.accounts.demo import demo_password
from portal.accounts.models import Membership, Organisation, Region, Residence, RoleGrant, User
from portal.accounts.rights import may, people_in_scope
from tests.portal.accounts.guests import is_logged_in, log_in

pytestmark = pytest.mark.django_db
TABLES: tuple[type[Model], ...] = (User, EmailAddress, RoleGrant, Membership, Residence, Organisation, Region)


@pytest.fixture(autouse=True)
def _demonstration(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DEMO = True
    settings.VAR_DIR = tmp_path
    monkeypatch.delenv("DEMO_PASSWORD", raising=False)


def demo_people() -> str:
    said = StringIO()
    call_command("demo_people", stdout=said)
    return said.getvalue()


def everything() -> list[Any]:
    return [list(table._default_manager.order_by("pk").values()) for table in TABLES]


def test_the_five_people_and_the_password_are_printed() -> None:
    said = demo_people()
    for key in ("citizen", "instructor", "reviewer", "manager", "admin"):
        assert f"{key}@demo.example" in said
    assert demo_password() in said
    assert len(demo_password()) >= 12


def test_a_second_run_changes_nothing() -> None:
    said, before = demo_people(), everything()
    assert demo_people() == said
    assert everything() == before


def test_each_of_them_can_log_in(client: Client) -> None:
    demo_people()
    for key in ("citizen", "instructor", "reviewer", "manager", "admin"):
        log_in(client, f"{key}@demo.example", demo_password())
        assert is_logged_in(client), key
        client.post("/en/account/logout/")


def test_each_of_them_has_the_rights_of_their_role() -> None:
    demo_people()
    by_key = {str(user.email).split("@")[0]: user for user in User.objects.all()}
    assert not may(by_key["citizen"], "reports.view")
    assert may(by_key["instructor"], "studio.write")
    assert may(by_key["reviewer"], "studio.review")
    assert may(by_key["manager"], "reports.view")
    assert may(by_key["admin"], "admin.open")
    assert by_key["admin"].is_staff


def test_the_manager_sees_the_members_of_the_demo_school() -> None:
    demo_people()
    manager = User.objects.get(email="manager@demo.example")
    seen = set(people_in_scope(manager).values_list("email", flat=True))
    assert seen == {f"{key}@demo.example" for key in ("citizen", "manager", "huda", "omar", "maya", "tariq")}


def test_the_school_has_a_name_in_both_languages() -> None:
    demo_people()
    school = Organisation.objects.get(code="demo-school")
    assert dict(school.texts.values_list("language", "name")) == {"ar": "مدرسة تجريبية", "en": "Demo school"}


def test_their_addresses_are_confirmed() -> None:
    demo_people()
    assert EmailAddress.objects.filter(verified=True, primary=True).count() == User.objects.count()


def test_the_password_of_the_environment_is_set_also_for_those_who_are_there(monkeypatch: pytest.MonkeyPatch) -> None:
    demo_people()
    monkeypatch.setenv("DEMO_PASSWORD", "a-password-of-mine")
    assert "a-password-of-mine" in demo_people()
    assert User.objects.get(email="citizen@demo.example").check_password("a-password-of-mine")


def test_the_password_is_remembered_for_its_owner_alone(tmp_path: Path) -> None:
    password = demo_password()
    file = tmp_path / "demo-password"
    assert file.read_text() == password == demo_password()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_other_members_have_no_password() -> None:
    demo_people()
    assert not User.objects.get(email="huda@demo.example").has_usable_password()


def test_a_real_portal_refuses_demo_people(settings: Any) -> None:
    settings.DEMO = settings.DEBUG = False
    with pytest.raises(CommandError, match="set DEMO=1"):
        demo_people()
    assert not User.objects.exists()
