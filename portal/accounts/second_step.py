from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest

from portal.accounts.second_factor import needs_second_step


class SecondStep(AuthenticateStage):
    """Asks for the second factor, after a log-in with a code or a password, only of those who need one."""

    def _should_handle(self, request: HttpRequest) -> bool:
        user = self.login.user
        return user is not None and needs_second_step(user) and super()._should_handle(request)
