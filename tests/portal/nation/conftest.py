"""A nation of three hundred over two small courses, of which the second shares a lesson with the first."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from portal.nation.making import Wish, make_nation
from tests.factories import check_of, published_course, published_lesson

TODAY = date(2026, 6, 30)
Maker = Callable[..., int]


@pytest.fixture
def curriculum(db: None) -> None:
    shared = published_lesson("shared")
    check_of(shared)
    for number in range(3):
        lessons = [published_lesson(f"lesson-{number}-{each}") for each in range(3)]
        for lesson in lessons[:2]:
            check_of(lesson)
        final: dict[str, Any] | None = {} if number < 2 else None
        published_course(
            f"course-{number}", lessons=[shared, *lessons], title=f"Course {number}", final=final, valid_months=12
        )


@pytest.fixture
def make(curriculum: None) -> Maker:
    def maker(**wishes: Any) -> int:
        small: dict[str, Any] = {"citizens": 300, "seed": 1, "regions": 3, "organisations": 60, "years": 2}
        return make_nation(Wish(**(small | {"sampled": 0.3, "until": TODAY} | wishes)), lambda _words: None)

    return maker
