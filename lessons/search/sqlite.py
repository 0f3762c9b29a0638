"""Asking SQLite: an FTS5 table beside the documents, kept by triggers, its rows numbered as they are."""

from django.db import connection

from lessons.search.tiers import Condition, Part, Phrase, any_of

TABLE = "lessons_searchtext"
ID = ORDER = "rowid"
COLUMNS = {"title": "{title_terms} : ", "near": "{title_terms key_terms heading_terms} : ", "all": ""}
OPTIMIZE = "INSERT INTO lessons_searchtext(lessons_searchtext) VALUES ('optimize')"


def hold() -> None:
    """A transaction of ours is the only writer from its beginning."""


def settle() -> None:
    with connection.cursor() as cursor:
        cursor.execute(OPTIMIZE)


def condition(parts: tuple[Part, ...]) -> Condition:
    """One full text question may be asked a query, so the parts are one."""
    return "lessons_searchtext MATCH %s", [" AND ".join(map(_part, parts))]


def beginning(stems: Phrase, beginnings: tuple[str, ...]) -> Condition:
    things = [*map(_quoted, stems), any_of([f"{_quoted(letters)}*" for letters in beginnings], " OR ")]
    return "lessons_searchtext MATCH %s", [f"{COLUMNS['title']}({' AND '.join(things)})"]


def _part(part: Part) -> str:
    things = [
        any_of([f"({' AND '.join(map(_quoted, phrase))})" for phrase in phrases], " OR ") for phrases in part.things
    ]
    return COLUMNS[part.within] + any_of(things, " AND " if part.every else " OR ")


def _quoted(stem: str) -> str:
    """A string of FTS5: nothing in it is an operator."""
    return '"' + stem.replace('"', "") + '"'
