"""What is counted, and how it is written in a row."""

from dataclasses import dataclass

KINDS = ("people", "any", "course", "lesson", "module", "skill", "final")
CODES = {kind: number for number, kind in enumerate(KINDS)}
ROOM = 8  # kinds that a number has room for


@dataclass(frozen=True)
class Subject:
    """`kind` is one of KINDS; `ref` the id of the course, lesson, module or skill, 0 for people and any course."""

    kind: str
    ref: int = 0

    @property
    def code(self) -> int:
        return code_of(self.kind, self.ref)


PEOPLE = Subject("people")
ANY = Subject("any")


def code_of(kind: str, ref: int) -> int:
    """The number under which it is kept."""
    return ref * ROOM + CODES[kind]


def subject_of(code: int) -> Subject:
    return Subject(KINDS[code % ROOM], code // ROOM)
