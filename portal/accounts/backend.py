from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Exists, OuterRef, QuerySet

from lessons.prepared import Prepared
from portal.accounts.models import RoleGrant, User


def _with_grants(user_id: int) -> QuerySet[User]:
    granted = Exists(RoleGrant.objects.filter(user=OuterRef("pk")))
    return User.objects.annotate(has_grants=granted).filter(pk=user_id)


_person = Prepared(_with_grants)


class PortalBackend(AuthenticationBackend):
    """allauth's log-in; a person comes with `has_grants`, so that a citizen costs no further query for their rights.

    To a closed account nobody is signed in; whoever logs in to it is asked whether to keep it (`views_closing`).
    """

    def get_user(self, user_id: Any) -> User | None:
        user = next(iter(_person(user_id)), None)
        is_open = user is not None and not user.is_closed and self.user_can_authenticate(user)
        return user if is_open else None
