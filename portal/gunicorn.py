"""How gunicorn serves the portal; every figure can be set from the environment."""

import os
import socket
from pathlib import Path


def _has_ipv6_loopback() -> bool:
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


_port = os.environ.get("PORT", "8000")
_loopback = [f"127.0.0.1:{_port}"] + ([f"[::1]:{_port}"] if _has_ipv6_loopback() else [])

bind = os.environ["BIND"].split(",") if os.environ.get("BIND") else _loopback
workers = int(os.environ.get("WEB_WORKERS", "2"))
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 30
graceful_timeout = 20
keepalive = 5

# Each worker loads the site itself: both start at once on two cores, and no database pool crosses a fork.
preload_app = False

# Addresses of readers are personal data: no access log. A proxy in front may keep counts.
accesslog = None
errorlog = "-"
loglevel = os.environ.get("LOG_LEVEL", "info").lower() if os.environ.get("DEMO") != "1" else "warning"

# Heartbeats belong in memory, and nothing is written outside var/.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
control_socket_disable = True
