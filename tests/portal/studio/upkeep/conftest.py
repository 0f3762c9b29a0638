from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.portal.studio.upkeep.web import Site, serving


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A web site on this machine, over TLS."""
    with serving(tmp_path) as site:
        yield site
