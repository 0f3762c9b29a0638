"""Lays the identity service out: its tables, the portal as its client, and three people."""

import sys

import django
from django.core.management import call_command

SECRET = "a-secret-between-the-portal-and-the-identity-service"
CLIENT = "the-portal"
PASSWORD = "a-password-at-the-service"
PEOPLE = {"salma": ("salma@example.org", ""), "omar": ("omar@example.org", "unverified"), "hind": ("", "")}


def main(callbacks: list[str]) -> None:
    django.setup()
    from django.contrib.auth.models import User
    from oauth2_provider.models import Application

    call_command("migrate", verbosity=0)
    for name, (email, first_name) in PEOPLE.items():
        User.objects.create_user(name, email, PASSWORD, first_name=first_name)
    Application.objects.create(
        client_id=CLIENT,
        client_secret=SECRET,
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_AUTHORIZATION_CODE,
        redirect_uris=" ".join(callbacks),
        algorithm=Application.RS256_ALGORITHM,
        skip_authorization=True,
    )


if __name__ == "__main__":
    main(sys.argv[1:])
