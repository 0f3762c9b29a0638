"""A short form of `power_cuts.py`, on the database of this pass."""

import os
from pathlib import Path

import pytest

from tests.machine.power_cuts import compare, cut_power
from tests.server import PortalServer, ThrowawayPostgres


def _survive(server: PortalServer) -> None:
    server.start()
    try:
        compare(server, cut_power(server, answers=60, cuts=3, seed=int(os.environ.get("SEED", "7"))))
    finally:
        server.stop()


def test_every_acknowledged_answer_survives_a_server_killed_at_random(tmp_path: Path, furnished: PortalServer) -> None:
    server = PortalServer(tmp_path)
    server.furnish_as(furnished)
    _survive(server)


@pytest.mark.postgres
def test_every_acknowledged_answer_survives_on_postgresql(
    tmp_path: Path, throwaway_postgres: ThrowawayPostgres
) -> None:
    server = PortalServer(tmp_path, DATABASE_URL=throwaway_postgres.url)
    server.furnish()
    _survive(server)
