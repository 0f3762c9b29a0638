"""The ministry, its schools and the managers of the tests of organisations."""

from tests.portal.accounts.organisations.conftest import (
    _today,
    alice,
    bob,
    company,
    elm,
    minister,
    ministry,
    oak,
)

__all__ = ["_today", "alice", "bob", "company", "elm", "minister", "ministry", "oak"]
