"""A table of 100,000 members sent, looked at and read in as a manager does it: `members`, in a process of its own.

Half of them have an account already. With WORKER=1 a worker beside does the work, and the page is asked how far it is.
Prints a line of JSON: seconds until the table was looked at, and until it was read in, and how often more was told.
"""

import csv
import io
import json
import os
import subprocess
import sys
import time
from typing import Any

LINES = 100_000
PLACE = "nation-1"  # the organisation of the manager who is measured
ASKED = 0.5  # seconds between two questions how far it is
PATIENCE = 600  # seconds


def main() -> None:
    import django

    django.setup()
    from django.conf import settings

    if not settings.WORKER:
        print(json.dumps(_sent_and_read()))
        return
    worker = subprocess.Popen([sys.executable, "manage.py", "db_worker"], env=os.environ, stdout=subprocess.DEVNULL)
    try:
        print(json.dumps(_sent_and_read()))
    finally:
        worker.terminate()
        worker.wait()


def _sent_and_read() -> dict[str, Any]:
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.urls import reverse

    from portal.accounts.models import MemberFile
    from tests.bench.nation.measuring import client_of
    from tests.bench.nation.pages import MANAGER

    client, table = client_of(MANAGER), SimpleUploadedFile("members.csv", _table(), "text/csv")
    begun = time.perf_counter()
    sent = client.post(reverse("organisations:member_files", args=[PLACE]), {"file": table})
    assert sent.status_code == 302, sent.status_code
    seen, told = _waited(client, sent.url, "seen")
    looked = time.perf_counter()
    read = client.post(f"{sent.url}read/")
    assert read.status_code == 302, read.status_code
    done, more = _waited(client, sent.url, "done")
    found = MemberFile.objects.latest("pk").found
    return {
        "looked": looked - begun,
        "read": time.perf_counter() - looked,
        "told": len(told | more),
        "found": {name: found[name] for name in ("total", "created", "joined", "already", "refused")},
        "states": [seen, done],
    }


def _waited(client: Any, address: str, state: str) -> tuple[str, set[int]]:
    """The state it came to, and the numbers of lines that were told on the way."""
    told: set[int] = set()
    end = time.perf_counter() + PATIENCE
    while (answer := client.get(f"{address}progress/").json())["state"] != state:
        assert time.perf_counter() < end, answer
        told.add(answer["done"])
        time.sleep(ASKED)
    return answer["state"], told


def _table() -> bytes:
    """Every other line is of somebody who has an account; whoever is there already from before is one of them too."""
    run = os.getpid()
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(["email", "name", "language"])
    for number in range(LINES):
        if number % 2:
            rows.writerow([f"citizen-{number}@nation.example", "", ""])
        else:
            rows.writerow([f"member-{run}-{number}@nation.example", f"سلمى {number}", "ar"])
    return text.getvalue().encode()


if __name__ == "__main__":
    main()
