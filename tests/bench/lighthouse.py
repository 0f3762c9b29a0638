"""`make lighthouse`: the first pages of a citizen in both languages, as Lighthouse sees them on a phone."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.browser.examples import FIRST_PAGES
from tests.server import ROOT, PortalServer


def main() -> int:
    """Lighthouse's exit code, on a portal of its own."""
    pages = sys.argv[1:] or [page.format(lang=language) for language in ("ar", "en") for page in FIRST_PAGES]
    with tempfile.TemporaryDirectory() as folder:
        server = PortalServer(Path(folder))
        server.manage("compile_messages")
        server.furnish()
        server.start()
        try:
            return judge([server.url + page for page in pages])
        finally:
            server.stop()


def judge(urls: list[str]) -> int:
    env = {**os.environ, "CHROME_PATH": os.environ["CHROMIUM"]}
    command = ["node", "run.mjs", *urls]
    return subprocess.run(command, cwd=ROOT / ".ci" / "lighthouse", env=env, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
