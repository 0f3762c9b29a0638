"""Whether a token of the provider is to be believed (OpenID Connect Core 1.0, section 3.1.3.7)."""

from typing import Any

import jwt
from django.conf import settings
from django.utils.crypto import constant_time_compare

from portal.accounts.identity.provider import Refused

# Signed with a key that only the provider has; never `none`, and never with a secret that we have too.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
LEEWAY = 60  # seconds that clocks may differ
NEEDED = ["iss", "sub", "aud", "exp", "iat"]


def claims_of(token: str, keys: dict[str, Any], nonce: str) -> dict[str, Any]:
    """What the token says; raises Refused unless it is signed by the provider, for us, now, and for this log-in."""
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            _key_for(token, keys),
            algorithms=ALGORITHMS,
            audience=settings.OIDC_CLIENT_ID,
            issuer=settings.OIDC_ISSUER,
            leeway=LEEWAY,
            options={"require": NEEDED},
        )
    except (jwt.PyJWTError, KeyError, TypeError, ValueError) as error:
        raise Refused(f"token: {type(error).__name__}") from error
    if not constant_time_compare(str(claims.get("nonce", "")), nonce):
        raise Refused("token: another nonce")
    if claims.get("azp", settings.OIDC_CLIENT_ID) != settings.OIDC_CLIENT_ID:
        raise Refused("token: given out to another")
    if not isinstance(claims["sub"], str) or not 0 < len(claims["sub"]) <= 255:
        raise Refused("token: nobody in particular")
    return claims


def _key_for(token: str, keys: dict[str, Any]) -> jwt.PyJWK:
    wanted = jwt.get_unverified_header(token).get("kid")
    signing = [key for key in jwt.PyJWKSet.from_dict(keys).keys if key.public_key_use in (None, "sig")]
    named = [key for key in signing if key.key_id == wanted] if wanted else signing
    if len(named) != 1:
        raise jwt.InvalidKeyError
    return named[0]
