"""The identity service of the nation, an OpenID Connect provider: where it is, and the token it gives for a code."""

import base64
import hashlib
import secrets
from dataclasses import asdict, dataclass
from typing import Any

import requests
from django.conf import settings
from django.core.cache import cache
from django.utils.http import urlencode
from django.utils.translation import get_language

PATIENCE = 10  # seconds for an answer of the provider
KNOWN_FOR = 60 * 60  # seconds that what it says of itself is kept
SCOPE = "openid email"


class Refused(Exception):
    """The log-in cannot be trusted, or the provider is away; the reason is for the log, not for the page."""


@dataclass(frozen=True)
class Going:
    """What a browser must bring back: kept in its session while the person is at the provider."""

    state: str
    nonce: str
    verifier: str
    next: str
    links: bool
    at: float

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def is_offered() -> bool:
    return bool(settings.OIDC_ISSUER)


def name() -> str:
    """What the service is called in the language of the page."""
    names: dict[str, str] = settings.OIDC_NAMES
    return names.get(get_language() or "") or next(iter(names.values()), settings.OIDC_ISSUER)


def said_of_itself() -> dict[str, Any]:
    """The provider's own description; raises Refused when it is away, or speaks for another issuer."""
    key = f"oidc {settings.OIDC_ISSUER}"
    known: dict[str, Any] | None = cache.get(key)
    if known is None:
        known = _asked("GET", settings.OIDC_ISSUER.rstrip("/") + "/.well-known/openid-configuration")
        if known.get("issuer") != settings.OIDC_ISSUER:
            raise Refused(f"the description is of {known.get('issuer')}")
        cache.set(key, known, KNOWN_FOR)
    return known


def keys() -> dict[str, Any]:
    """The provider's public keys, fresh: it may change them at any time."""
    return _asked("GET", said_of_itself()["jwks_uri"])


def going(next_url: str, links: bool, now: float) -> Going:
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    return Going(state, nonce, verifier, next_url, links, now)


def address_for(leaving: Going, callback: str) -> str:
    """Where to send the browser."""
    challenge = base64.urlsafe_b64encode(hashlib.sha256(leaving.verifier.encode()).digest()).rstrip(b"=").decode()
    query = {
        "response_type": "code",
        "client_id": settings.OIDC_CLIENT_ID,
        "redirect_uri": callback,
        "scope": SCOPE,
        "state": leaving.state,
        "nonce": leaving.nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
        "ui_locales": get_language(),
    }
    place = str(said_of_itself()["authorization_endpoint"])
    return f"{place}{'&' if '?' in place else '?'}{urlencode(query)}"


def token_for(code: str, verifier: str, callback: str) -> str:
    """The signed token (not yet checked) that the provider gives for the code; raises Refused."""
    said = {"grant_type": "authorization_code", "code": code, "redirect_uri": callback, "code_verifier": verifier}
    who = (settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET)
    methods = said_of_itself().get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    if "client_secret_basic" in methods:
        answer = _asked("POST", said_of_itself()["token_endpoint"], data=said, auth=who)
    else:
        named = {"client_id": who[0], "client_secret": who[1]}
        answer = _asked("POST", said_of_itself()["token_endpoint"], data=said | named)
    return str(answer.get("id_token") or "")


def _asked(method: str, url: str, **more: Any) -> dict[str, Any]:
    try:
        response = requests.request(method, url, timeout=PATIENCE, allow_redirects=False, **more)
        response.raise_for_status()
        answer = response.json()
    except (requests.RequestException, ValueError) as error:
        raise Refused(f"{url}: {type(error).__name__}") from error
    if response.status_code != requests.codes.ok or not isinstance(answer, dict):
        raise Refused(f"{url}: no answer that can be read")
    return answer
