"""The servers that tests lean on do what they say."""

import psycopg
import pytest

from tests.server import ThrowawayPostgres


def test_a_stopped_postgresql_refuses_and_comes_back_with_what_it_held(throwaway_postgres: ThrowawayPostgres) -> None:
    with psycopg.connect(throwaway_postgres.url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS answer")
    throwaway_postgres.stop()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(throwaway_postgres.url, connect_timeout=2)
    throwaway_postgres.start()
    with psycopg.connect(throwaway_postgres.url) as connection:
        assert connection.execute("SELECT answer FROM kept").fetchone() == (7,)
