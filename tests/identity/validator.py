"""What the identity service says of a person, and the faults it can be told to make in its next tokens."""

import time
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from oauth2_provider.oauth2_validators import OAuth2Validator

from tests.identity.settings import FOLDER

FAULTS: dict[str, Any] = {
    "issuer": lambda: {"iss": "https://evil.example"},
    "audience": lambda: {"aud": "another-portal"},
    "nonce": lambda: {"nonce": "another-log-in"},
    "expired": lambda: {"exp": int(time.time()) - 3600},
    "party": lambda: {"azp": "another-portal"},
}


def fault() -> str:
    """What goes wrong until somebody says otherwise: the name lies in a file of the folder."""
    said = FOLDER / "fault"
    return said.read_text() if said.exists() else ""


class Validator(OAuth2Validator):
    oidc_claim_scope = None

    def get_additional_claims(self, request: Any) -> dict[str, Any]:
        """The address, verified unless the person's first name says otherwise."""
        user = request.user
        if not user.email:
            return {}
        return {"email": user.email, "email_verified": user.first_name != "unverified"}

    def get_id_token_dictionary(self, token: Any, token_handler: Any, request: Any) -> Any:
        claims, expires = super().get_id_token_dictionary(token, token_handler, request)
        return claims | FAULTS.get(fault(), dict)(), expires

    def finalize_id_token(self, id_token: Any, token: Any, token_handler: Any, request: Any) -> str:
        """Signed by a stranger, where that is the fault, in the name of the right key; or not signed at all."""
        signed = str(super().finalize_id_token(id_token, token, token_handler, request))
        claims = jwt.decode(signed, options={"verify_signature": False})
        head = {"kid": jwt.get_unverified_header(signed)["kid"]}
        if fault() == "signature":
            return jwt.encode(claims, rsa.generate_private_key(65537, 2048), "RS256", head)
        if fault() == "unsigned":
            return jwt.encode(claims, "", "none", head)
        if fault() == "secret":  # with what both know, as if that were a signature
            return jwt.encode(claims, request.client.client_id.encode() * 4, "HS256", head)
        return signed
