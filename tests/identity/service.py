import os
import re
import subprocess
import sys
import urllib.request
from pathlib import Path

import requests
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.identity.furnish import CLIENT, PASSWORD, SECRET
from tests.server import PATIENCE, ROOT, free_port, wait_for


class IdentityService:
    """The identity service on a port of its own; `issuer` is its address and its name."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.issuer = f"http://localhost:{self.port}/o"
        surroundings = {"DJANGO_SETTINGS_MODULE": "tests.identity.settings", "IDENTITY_FOLDER": str(folder)}
        self.env = {**os.environ, **surroundings, "IDENTITY_ISSUER": self.issuer}
        self._process: subprocess.Popen[bytes] | None = None

    def furnish(self, *callbacks: str) -> None:
        """Its tables and people, with the portal as a client that may be reached at these addresses."""
        self.change_key()
        command = [sys.executable, "-m", "tests.identity.furnish", *callbacks]
        done = subprocess.run(command, cwd=ROOT, env=self.env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr

    def change_key(self) -> None:
        """Another key to sign with, from the next start on."""
        form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        (self.folder / "key.pem").write_bytes(rsa.generate_private_key(65537, 2048).private_bytes(*form))

    def start(self) -> None:
        """Serve, and come back once it tells of itself."""
        server = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{self.port}", "--threads", "4"]
        with (self.folder / "server.log").open("ab") as log:
            command = [*server, "tests.identity.wsgi:application"]
            self._process = subprocess.Popen(command, cwd=ROOT, env=self.env, stdout=log, stderr=log)
        wait_for(self._is_up, (self.folder / "server.log").read_text)

    def stop(self) -> None:
        if self._process:
            self._process.terminate()
            self._process.wait(timeout=PATIENCE)
            self._process = None

    def err(self, fault: str) -> None:
        """Makes this fault in its tokens from now on; none with an empty name."""
        (self.folder / "fault").write_text(fault)

    def settings(self) -> dict[str, str]:
        """What a portal's environment needs to use it."""
        names = '{"ar": "الهوية الوطنية", "en": "National ID"}'
        return {
            "OIDC_ISSUER": self.issuer,
            "OIDC_CLIENT_ID": CLIENT,
            "OIDC_CLIENT_SECRET": SECRET,
            "OIDC_NAMES": names,
        }

    def log_in(self, place: str, person: str) -> str:
        """Somebody's browser goes there, logs in, and is sent back; the address it is sent to."""
        with requests.Session() as browser:
            page = browser.get(place, timeout=PATIENCE)
            token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
            assert token, page.text
            said = {"csrfmiddlewaretoken": token[1], "username": person, "password": PASSWORD}
            answer = browser.post(page.url, said, allow_redirects=False, timeout=PATIENCE)
            back = browser.get(f"http://localhost:{self.port}{answer.headers['Location']}", allow_redirects=False)
            return back.headers["Location"]

    def _is_up(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.issuer}/.well-known/openid-configuration", timeout=5):
                return True
        except OSError:
            return False
