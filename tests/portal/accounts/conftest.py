from collections.abc import Iterator

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _no_limits_from_other_tests() -> Iterator[None]:
    """Rate limits count by address, and every test comes from the same one."""
    cache.clear()
    yield
    cache.clear()
