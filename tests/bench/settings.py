"""The demo portal's own settings, with the bare views beside it."""

from portal.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.urls"
