from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings

from portal.accounts.models import RoleGrant, User

STRONG = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def lacks_second_factor(user: User) -> bool:
    """Whether someone of the staff must set up a second factor first; a demonstration does without."""
    if settings.DEMO or settings.DEBUG:
        return False
    return not is_mfa_enabled(user, STRONG)


def needs_second_step(user: User) -> bool:
    """Whether the log-in with a code or a password asks for a second factor too.

    Someone of the staff, or with an authenticator app, is asked for it. To everybody else a passkey is another way in,
    and whoever lost it with their phone still comes in with a code.
    """
    return is_mfa_enabled(user, [Authenticator.Type.TOTP]) or (is_mfa_enabled(user, STRONG) and is_of_staff(user))


def is_of_staff(user: User) -> bool:
    """Whether the person has work in the portal, or had."""
    return user.is_staff or user.is_superuser or RoleGrant.objects.filter(user=user).exists()
