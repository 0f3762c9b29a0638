"""The portal's production settings, on a throw-away folder, with what would only slow tests down made quick."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from unittest import mock

_VAR = Path(tempfile.mkdtemp(prefix="portal-tests-"))
(_VAR / "static").mkdir()
atexit.register(shutil.rmtree, _VAR, ignore_errors=True)
_SURROUNDINGS = {
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "DEBUG": "0",
    "DEMO": "0",
    "LOG_LEVEL": "WARNING",
    "REDIS_URL": "",
    "SECRET_KEY": "a-key-that-protects-nothing-but-the-tests-of-this-portal",
    "VAR_DIR": str(_VAR),
}

with mock.patch.dict(os.environ, _SURROUNDINGS):
    from portal.settings import *  # noqa: F403
    from portal.settings import DATABASES, INSTALLED_APPS, MIDDLEWARE, STORAGES

# Tests of one machine may run side by side.
_IS_SQLITE = DATABASES["default"]["ENGINE"].endswith("sqlite3")
DATABASES["default"]["TEST"] = {"NAME": str(_VAR / "test.sqlite3") if _IS_SQLITE else f"test_portal_{os.getpid()}"}

# A page that asks the database once a row fails its test.
INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
MIDDLEWARE = [*MIDDLEWARE, "zeal.middleware.zeal_middleware"]
ZEAL_RAISE = True
ZEAL_ALLOWLIST = [
    {"model": model, "field": "*"} for model in ("account.EmailAddress", "mfa.Authenticator", "sessions.Session")
]  # not ours

EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SECURE_SSL_REDIRECT = False  # the test client speaks plain HTTP
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
