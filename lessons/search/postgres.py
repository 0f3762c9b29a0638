"""Asking PostgreSQL: generated vectors of our own stems, each with its index; none is read but through it."""

from django.db import connection

from lessons.search.tiers import Condition, Part, Phrase, any_of

TABLE = "lessons_searchdocument"
ID = "id"
ORDER = "id + 0"  # the words lead to the rows; walking the rows in order to find the words would read every vector
COLUMNS = {"title": "in_title", "near": "in_near", "all": "in_all"}
LOCK = 7_365_617  # any number that nothing else in the database locks


def hold() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def settle() -> None:
    """How common each word is says in which order to ask; new rows are read one by one until they are filed."""
    with connection.cursor() as cursor:
        for column in COLUMNS.values():
            cursor.execute("SELECT gin_clean_pending_list(%s)", [f"lessons_searchdocument_{column}"])
        cursor.execute("ANALYZE lessons_searchdocument")


def condition(parts: tuple[Part, ...]) -> Condition:
    return " AND ".join(f"{COLUMNS[part.within]} @@ %s::tsquery" for part in parts), [_part(part) for part in parts]


def beginning(stems: Phrase, beginnings: tuple[str, ...]) -> Condition:
    things = [*map(_quoted, stems), any_of([f"{_quoted(letters)}:*" for letters in beginnings], " | ")]
    return f"{COLUMNS['title']} @@ %s::tsquery", [" & ".join(things)]


def _part(part: Part) -> str:
    things = [any_of([f"({' & '.join(map(_quoted, phrase))})" for phrase in phrases], " | ") for phrases in part.things]
    return any_of(things, " & " if part.every else " | ")


def _quoted(stem: str) -> str:
    """A lexeme of a tsquery: nothing in it is an operator."""
    return "'" + stem.replace("'", "").replace("\\", "") + "'"
