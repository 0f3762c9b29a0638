"""A device with passkeys, as a browser answers for it: the same keys and signatures, without a browser."""

import json
import os
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from fido2.cose import ES256
from fido2.utils import sha256, websafe_decode, websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

ADD, LOGIN = "/en/account/second-factor/webauthn/add/", "/en/account/second-factor/webauthn/login/"
PASSKEYS, AGAIN = "/en/account/second-factor/webauthn/", "/en/account/second-factor/webauthn/reauthenticate/"
FLAG = AuthenticatorData.FLAG


class Device:
    """One passkey of one person, for the portal at `origin`."""

    def __init__(self, origin: str = "https://testserver", verifies: bool = True) -> None:
        self.origin, self.flags = origin, FLAG.UP | (FLAG.UV if verifies else FLAG(0))
        self.key, self.id, self.person = ec.generate_private_key(ec.SECP256R1()), os.urandom(16), b""

    def create(self, options: dict[str, Any]) -> dict[str, Any]:
        """The answer to what the page asks when a passkey is made."""
        self.person = websafe_decode(options["user"]["id"])
        said = self._said("webauthn.create", options)
        held = AttestedCredentialData.create(Aaguid.NONE, self.id, ES256.from_cryptography_key(self.key.public_key()))
        data = AuthenticatorData.create(sha256(options["rp"]["id"].encode()), self.flags | FLAG.AT, 0, held)
        made = AttestationObject.create("none", data, {})
        return self._answer(attestationObject=websafe_encode(made), clientDataJSON=websafe_encode(said))

    def get(self, options: dict[str, Any]) -> dict[str, Any]:
        """The answer to what the page asks when the passkey is used."""
        said = self._said("webauthn.get", options)
        data = AuthenticatorData.create(sha256(options["rpId"].encode()), self.flags, 0)
        signature = self.key.sign(data + said.hash, ec.ECDSA(hashes.SHA256()))
        return self._answer(
            authenticatorData=websafe_encode(data),
            clientDataJSON=websafe_encode(said),
            signature=websafe_encode(signature),
            userHandle=websafe_encode(self.person),
        )

    def _said(self, kind: str, options: dict[str, Any]) -> CollectedClientData:
        return CollectedClientData.create(kind, websafe_decode(options["challenge"]), self.origin)

    def _answer(self, **response: str) -> dict[str, Any]:
        name = websafe_encode(self.id)
        said = {"type": "public-key", "id": name, "rawId": name, "response": response}
        return said | {"clientExtensionResults": {}, "authenticatorAttachment": "platform"}


def add_passkey(client: Client, device: Device, name: str = "Phone") -> Any:
    """Who is logged in adds the passkey; the page that follows."""
    options = asked(client.get(ADD), "creation_options")
    return client.post(ADD, {"name": name, "credential": json.dumps(device.create(options))}, follow=True)


def use_passkey(client: Client, device: Device, **more: str) -> Any:
    """The log-in with the passkey."""
    options = client.get(LOGIN, headers={"accept": "application/json"}).json()["request_options"]["publicKey"]
    return client.post(LOGIN, {"credential": json.dumps(device.get(options))} | more)


def asked(page: Any, kind: str = "request_options") -> dict[str, Any]:
    """What the page asks of the device."""
    options: dict[str, Any] = json.loads(json.dumps(page.context["js_data"][kind]["publicKey"], default=dict))
    return options
