from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django.plugin import DjangoDbBlocker

from lessons.search import near_misses
from tests.lessons.search.everything import publish_everything


@pytest.fixture(autouse=True)
def _fresh_vocabulary() -> None:
    """Tests change what is published without the stamp that says so."""
    near_misses._vocabulary.cache_clear()


@pytest.fixture(scope="module")
def everything(django_db_setup: Any, django_db_blocker: DjangoDbBlocker, tmp_path_factory: Any) -> Iterator[None]:
    """The curriculum, published once for all tests of a file and taken back after them."""
    from django.conf import settings
    from django.db import transaction

    kept = settings.MEDIA_ROOT
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), transaction.atomic():
        publish_everything()
        yield
        transaction.set_rollback(True)
    settings.MEDIA_ROOT = kept
