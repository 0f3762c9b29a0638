"""What a person would call the device that a browser says it runs on. Only few families are told apart."""

import re

from django.utils.translation import gettext as _

# The first that is found counts: most browsers claim to be Chrome or Safari too.
BROWSERS = (
    ("Edge", r"\bEdg(e|A|iOS)?/"),
    ("Samsung Internet", r"\bSamsungBrowser/"),
    ("Opera", r"\b(OPR|OPT|Opera)[/ ]"),
    ("Firefox", r"\b(Firefox|FxiOS)/"),
    ("Chrome", r"\b(Chrome|CriOS|Chromium|HeadlessChrome)/"),
    ("Safari", r"\bVersion/[\d.]+ .*Safari/"),
)
SYSTEMS = (
    ("Android", r"\bAndroid\b"),
    ("iPhone", r"\biPhone\b"),
    ("iPad", r"\biPad\b"),
    ("Windows", r"\bWindows\b"),
    ("ChromeOS", r"\bCrOS\b"),
    ("macOS", r"\bMac OS X\b|\bMacintosh\b"),
    ("Linux", r"\bLinux\b"),
)


def device_named(user_agent: str) -> str:
    """In the reader's language, such as "Firefox on Android"; words for an unknown device where nothing is known."""
    browser, system = _first(BROWSERS, user_agent), _first(SYSTEMS, user_agent)
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("Unknown device")


def _first(families: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for name, sign in families if re.search(sign, user_agent)), "")
