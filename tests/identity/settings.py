"""The identity service as a small Django project, on a folder of its own."""

import os
from pathlib import Path

FOLDER = Path(os.environ["IDENTITY_FOLDER"])
SECRET_KEY = "a-key-that-protects-nothing-but-the-identity-service-of-the-tests"
ALLOWED_HOSTS = ["localhost"]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "oauth2_provider",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
SESSION_COOKIE_NAME = "identity_session"  # the portal of the tests is on the same host
CSRF_COOKIE_NAME = "identity_csrf"
ROOT_URLCONF = "tests.identity.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
            ]
        },
    }
]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": FOLDER / "identity.sqlite3"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
USE_TZ = True
LOGIN_URL = "/login/"
OAUTH2_PROVIDER = {
    "OIDC_ENABLED": True,
    "OIDC_RSA_PRIVATE_KEY": (FOLDER / "key.pem").read_text(),
    "OIDC_ISS_ENDPOINT": os.environ["IDENTITY_ISSUER"],
    "OAUTH2_VALIDATOR_CLASS": "tests.identity.validator.Validator",
    "PKCE_REQUIRED": True,
    "SCOPES": {"openid": "who you are", "email": "your address"},
}
