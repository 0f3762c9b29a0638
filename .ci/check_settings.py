"""The portal's settings with the apps that check migrations."""

from portal.settings import *  # noqa: F403
from portal.settings import INSTALLED_APPS as PORTAL_APPS

INSTALLED_APPS = [*PORTAL_APPS, "django_linear_migrations", "django_migration_linter"]
