"""The order of an edition as lines, and what each button does to it."""

from itertools import chain, pairwise

from hypothesis import given
from hypothesis import strategies as st

from lessons.layouts import LaidOut
from portal.studio.courses.syllabus import Layout, moved, read, taken_out, with_lesson, with_module

ORDER = [LaidOut("M1", {"en": "One"}, [1, 2]), LaidOut("M2", {"en": "Two"}, [3])]


def lessons(layout: Layout) -> list[list[int]]:
    return [list(module.lessons) for module in layout]


def keys(layout: Layout) -> list[str]:
    return [module.key for module in layout]


def lines(layout: Layout) -> list[str]:
    return [line for module in layout for line in (f"m:{module.key}", *(f"l:{one}" for one in module.lessons))]


@st.composite
def layouts(draw: st.DrawFn) -> Layout:
    placed = draw(st.permutations(range(1, draw(st.integers(0, 8)) + 1)))
    cuts = sorted(draw(st.lists(st.integers(0, len(placed)), min_size=0, max_size=3)))
    bounds = [0, *cuts, len(placed)]
    parts = [list(placed[start:end]) for start, end in pairwise(bounds)]
    return [LaidOut(f"M{at}", {"en": f"Title {at}"}, part) for at, part in enumerate(parts, 1)]


@given(layouts())
def test_what_a_page_shows_comes_back_as_it_was(layout: Layout) -> None:
    known = {lesson for module in layout for lesson in module.lessons}
    titles = {module.key: dict(module.titles) for module in layout}
    assert read(lines(layout), lambda key, language: titles[key].get(language, ""), ["en", "ar"], known) == layout


@given(layouts(), st.integers(1, 8), st.sampled_from([-1, 1]))
def test_moving_a_lesson_loses_none_and_changes_no_module(layout: Layout, lesson: int, by: int) -> None:
    after = moved(layout, f"l:{lesson}", by)
    assert sorted(chain(*lessons(after))) == sorted(chain(*lessons(layout)))
    assert keys(after) == keys(layout)


@given(layouts(), st.integers(1, 8))
def test_a_lesson_moved_down_and_up_again_is_where_it_was(layout: Layout, lesson: int) -> None:
    down = moved(layout, f"l:{lesson}", 1)
    assert down == layout or moved(down, f"l:{lesson}", -1) == layout


def test_a_lesson_goes_over_the_border_of_its_module() -> None:
    assert lessons(moved(ORDER, "l:2", 1)) == [[1], [2, 3]]
    assert lessons(moved(ORDER, "l:3", -1)) == [[1, 2, 3], []]


def test_nothing_goes_above_the_first_module_or_below_the_last_line() -> None:
    assert moved(ORDER, "l:1", -1) == ORDER
    assert moved(ORDER, "l:3", 1) == ORDER
    assert moved(ORDER, "m:M1", -1) == ORDER


def test_a_module_moves_whole() -> None:
    after = moved(ORDER, "m:M1", 1)
    assert keys(after) == ["M2", "M1"]
    assert lessons(after) == [[3], [1, 2]]


def test_a_module_that_is_taken_out_leaves_its_lessons_to_its_neighbour() -> None:
    assert lessons(taken_out(ORDER, "m:M2")) == [[1, 2, 3]]
    assert lessons(taken_out(ORDER, "m:M1")) == [[1, 2, 3]]


def test_a_lesson_that_is_taken_out_is_gone() -> None:
    assert lessons(taken_out(ORDER, "l:1")) == [[2], [3]]


def test_a_new_module_has_a_key_that_was_never_used() -> None:
    assert keys(with_module(ORDER, {}, {"M1", "M2", "M7", "LS-M9"})) == ["M1", "M2", "M8"]


def test_a_lesson_stands_in_a_course_once() -> None:
    assert lessons(with_lesson(ORDER, 4, "M1")) == [[1, 2, 4], [3]]
    assert with_lesson(ORDER, 3, "M1") == ORDER
    assert lessons(with_lesson(ORDER, 4, "gone")) == [[1, 2], [3, 4]]


def test_lines_that_mean_nothing_are_passed_over() -> None:
    sent = ["l:1", "m:M1", "l:1", "l:x", "m:", "m:<b>", "l:99", "l:1", "m:M1"]
    assert lines(read(sent, lambda key, language: " A  title ", ["en"], {1})) == ["m:M1"]
    assert read(["m:M1", "l:1"], lambda key, language: " A  title ", ["en"], {1}) == [
        LaidOut("M1", {"en": "A title"}, [1])
    ]
