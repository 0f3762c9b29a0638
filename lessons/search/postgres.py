"""Asking PostgreSQL: a generated `tsvector` of our own stems, so its configuration is `simple`."""

from django.db import connection

BEST = """
SELECT d.id, count(*) OVER () FROM lessons_searchdocument d, to_tsquery('simple', %s) AS query
WHERE d.vector @@ query AND d.language = %s
ORDER BY ts_rank('{0.08, 0.25, 0.5, 1.0}', d.vector, query) DESC, d.id LIMIT %s
"""
BEGINNING = """
SELECT d.id FROM lessons_searchdocument d
WHERE d.vector @@ to_tsquery('simple', %s) AND d.language = %s ORDER BY d.urgent DESC, d.position, d.id LIMIT %s
"""

LOCK = 7_365_617  # any number that nothing else in the database locks


def hold() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def best(
    wanted: tuple[tuple[tuple[str, ...], ...], ...], language: str, most: int, *, every: bool
) -> tuple[list[int], int]:
    things = [_any_of(["(" + " & ".join(map(_quoted, phrase)) + ")" for phrase in phrases]) for phrases in wanted]
    with connection.cursor() as cursor:
        cursor.execute(BEST, [(" & " if every else " | ").join(things), language, most])
        rows = cursor.fetchall()
    return [pk for pk, _count in rows], rows[0][1] if rows else 0


def beginning(stems: tuple[str, ...], beginnings: tuple[str, ...], language: str, most: int) -> list[int]:
    things = [f"{_quoted(stem)}:A" for stem in stems]
    things.append(_any_of([f"{_quoted(letters)}:*A" for letters in beginnings]))
    with connection.cursor() as cursor:
        cursor.execute(BEGINNING, [" & ".join(things), language, most])
        return [pk for (pk,) in cursor.fetchall()]


def _any_of(parts: list[str]) -> str:
    return "(" + " | ".join(parts) + ")"


def _quoted(stem: str) -> str:
    """A lexeme of a tsquery: nothing in it is an operator."""
    return "'" + stem.replace("'", "").replace("\\", "") + "'"
