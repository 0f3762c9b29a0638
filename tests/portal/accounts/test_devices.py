import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from portal.accounts.devices import device_named

MOZILLA = "Mozilla/5.0"
LIKE_CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0"
LIKE_SAFARI = "AppleWebKit/605.1.15 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (f"{MOZILLA} (Linux; Android 10; K) {LIKE_CHROME} Mobile Safari/537.36", "Chrome on Android"),
        (
            f"{MOZILLA} (Linux; Android 14) {LIKE_CHROME} SamsungBrowser/27.0 Safari/537.36",
            "Samsung Internet on Android",
        ),
        (f"{MOZILLA} (Windows NT 10.0; Win64; x64) {LIKE_CHROME} Safari/537.36 Edg/131.0.0.0", "Edge on Windows"),
        (f"{MOZILLA} (Windows NT 10.0; Win64; x64) {LIKE_CHROME} Safari/537.36 OPR/116.0.0.0", "Opera on Windows"),
        (f"{MOZILLA} (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0", "Firefox on Linux"),
        (f"{MOZILLA} (X11; CrOS x86_64 14541.0.0) {LIKE_CHROME} Safari/537.36", "Chrome on ChromeOS"),
        (
            f"{MOZILLA} (Macintosh; Intel Mac OS X 10_15_7) {LIKE_SAFARI} Version/18.1 Safari/605.1.15",
            "Safari on macOS",
        ),
        (
            f"{MOZILLA} (iPhone; CPU iPhone OS 18_1 like Mac OS X) {LIKE_SAFARI} Version/18.1 Safari/604.1",
            "Safari on iPhone",
        ),
        (
            f"{MOZILLA} (iPhone; CPU iPhone OS 18_1 like Mac OS X) {LIKE_SAFARI} CriOS/131.0 Safari/604.1",
            "Chrome on iPhone",
        ),
        (f"{MOZILLA} (iPad; CPU OS 18_1 like Mac OS X) {LIKE_SAFARI} FxiOS/133.0 Safari/605.1.15", "Firefox on iPad"),
        ("curl/8.5.0", "Unknown device"),
        ("", "Unknown device"),
        ("Something on Windows", "Windows"),
    ],
)
def test_a_device_is_called_as_its_owner_would(user_agent: str, name: str) -> None:
    with override("en"):
        assert device_named(user_agent) == name


def test_a_device_is_called_in_the_language_of_its_owner() -> None:
    with override("ar"):
        assert (
            device_named(f"{MOZILLA} (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0") == "Firefox على Linux"
        )


@given(st.text(max_size=600))
def test_whatever_a_browser_says_has_a_short_name(user_agent: str) -> None:
    with override("en"):
        assert 0 < len(device_named(user_agent)) <= 40
