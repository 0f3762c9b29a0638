from django.conf import settings

from portal.accounts.rights import PERMISSIONS
from portal.accounts.rights_words import MEANS, page


def test_the_page_of_rights_is_in_step_with_the_table() -> None:
    written = (settings.BASE_DIR / "docs" / "rights.md").read_text(encoding="utf-8")
    assert written == page(), "run manage.py describe_rights"


def test_every_permission_says_what_it_lets() -> None:
    assert set(MEANS) == set(PERMISSIONS)


def test_no_permission_is_without_a_role() -> None:
    assert all(PERMISSIONS.values())
