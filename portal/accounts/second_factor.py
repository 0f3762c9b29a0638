from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings

from portal.accounts.models import User

STRONG = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def lacks_second_factor(user: User) -> bool:
    """Whether someone of the staff must set up a second factor first; a demonstration does without."""
    if settings.DEMO or settings.DEBUG:
        return False
    return not is_mfa_enabled(user, STRONG)
