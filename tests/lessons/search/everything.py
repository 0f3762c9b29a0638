"""The starter curriculum, published and indexed as publishing does."""

from portal.exchange.reading import read_package
from tests.browser.curriculum import CURRICULUM


def publish_everything() -> None:
    read_package(CURRICULUM)
