from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Exists, OuterRef

from portal.accounts.models import RoleGrant, User


class PortalBackend(AuthenticationBackend):
    """allauth's log-in; a person comes with `has_grants`, so that a citizen costs no further query for their rights."""

    def get_user(self, user_id: Any) -> User | None:
        granted = Exists(RoleGrant.objects.filter(user=OuterRef("pk")))
        user = User.objects.annotate(has_grants=granted).filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
