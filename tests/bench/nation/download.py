"""A process of its own that takes one file from the portal and throws it away: `download PATH READER`.

Prints a line of JSON: seconds, bytes, and the memory of the process in KB before (`idle`) and at the most (`peak`).
"""

import json
import resource
import sys
import time


def main(path: str, reader: str) -> None:
    import django

    django.setup()
    from django.db import connections

    from tests.bench.nation.measuring import client_of

    client = client_of(reader)
    client.get("/en/reports/completion.csv?since=2026-01-01&until=2026-01-02").getvalue()
    idle, begun, size = _most(), time.perf_counter(), 0
    response = client.get(path)
    assert response.status_code == 200, response.status_code
    for part in response.streaming_content:
        size += len(part)
    response.close()
    print(json.dumps({"seconds": time.perf_counter() - begun, "bytes": size, "idle": idle, "peak": _most()}))
    connections.close_all()
    for connection in connections.all():
        getattr(connection, "close_pool", lambda: None)()


def _most() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    main(*sys.argv[1:])
