"""Asking SQLite: an FTS5 table beside the documents, kept by triggers."""

from django.db import connection

BEST = """
SELECT d.id, count(*) OVER () FROM lessons_searchtext t JOIN lessons_searchdocument d ON d.id = t.rowid
WHERE lessons_searchtext MATCH %s AND d.language = %s ORDER BY bm25(lessons_searchtext, 12, 6, 3, 1), d.id LIMIT %s
"""
BEGINNING = """
SELECT d.id FROM lessons_searchtext t JOIN lessons_searchdocument d ON d.id = t.rowid
WHERE lessons_searchtext MATCH %s AND d.language = %s ORDER BY d.urgent DESC, d.position, d.id LIMIT %s
"""


def hold() -> None:
    """A transaction of ours is the only writer from its beginning."""


def best(
    wanted: tuple[tuple[tuple[str, ...], ...], ...], language: str, most: int, *, every: bool
) -> tuple[list[int], int]:
    things = [_any_of(["(" + " AND ".join(map(_quoted, phrase)) + ")" for phrase in phrases]) for phrases in wanted]
    with connection.cursor() as cursor:
        cursor.execute(BEST, [(" AND " if every else " OR ").join(things), language, most])
        rows = cursor.fetchall()
    return [pk for pk, _count in rows], rows[0][1] if rows else 0


def beginning(stems: tuple[str, ...], beginnings: tuple[str, ...], language: str, most: int) -> list[int]:
    things = [*map(_quoted, stems), _any_of([f"{_quoted(letters)}*" for letters in beginnings])]
    with connection.cursor() as cursor:
        cursor.execute(BEGINNING, [f"{{title_terms}} : ({' AND '.join(things)})", language, most])
        return [pk for (pk,) in cursor.fetchall()]


def _any_of(parts: list[str]) -> str:
    return "(" + " OR ".join(parts) + ")"


def _quoted(stem: str) -> str:
    """A string of FTS5: nothing in it is an operator."""
    return '"' + stem.replace('"', "") + '"'
