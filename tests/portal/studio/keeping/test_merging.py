"""Two people's changes put together: nobody's paragraph is lost, and what both changed is asked."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from portal.studio.keeping.merging import BOTH, CHOICES, MINE, SAME, THEIRS, Part, merge, paragraphs, together

WORDS = st.sampled_from(["Press.", "Call.", "Stay.", "اضغطوا.", "اتَّصِلوا."])
TEXTS = st.lists(WORDS, max_size=8).map("\n\n".join)
CHOICE = st.sampled_from(CHOICES)


def all_with(parts: Sequence[Part], choice: str) -> str:
    return together(parts, dict.fromkeys(range(len(parts)), choice))


@given(TEXTS, TEXTS)
def test_where_they_changed_nothing_mine_comes_of_it(base: str, mine: str) -> None:
    assert together(merge(base, mine, base), {}) == mine


@given(TEXTS, TEXTS)
def test_where_i_changed_nothing_theirs_comes_of_it(base: str, theirs: str) -> None:
    assert together(merge(base, base, theirs), {}) == theirs


@given(TEXTS, TEXTS)
def test_the_same_change_made_twice_is_there_once(base: str, changed: str) -> None:
    parts = merge(base, changed, changed)
    assert not any(part.is_open for part in parts)
    assert together(parts, {}) == changed


@given(TEXTS, TEXTS, TEXTS)
def test_the_parts_are_each_of_the_three_texts_whole(base: str, mine: str, theirs: str) -> None:
    parts = merge(base, mine, theirs)
    for name, text in (("base", base), ("mine", mine), ("theirs", theirs)):
        assert "\n\n".join(one for part in parts for one in getattr(part, name)) == text


@given(TEXTS, TEXTS, TEXTS, CHOICE)
def test_what_is_not_in_the_outcome_was_decided_against(base: str, mine: str, theirs: str, choice: str) -> None:
    """By who changed it, where one did, else by who chose; a new paragraph is never lost by itself."""
    parts = merge(base, mine, theirs)
    for part in parts:
        taken = part.taken(choice)
        for side, other in ((part.mine, MINE), (part.theirs, THEIRS)):
            if taken[-len(side) :] != side and taken[: len(side)] != side:
                assert side == part.base if not part.is_open else choice not in (other, BOTH)


@given(TEXTS, TEXTS, TEXTS)
def test_all_of_theirs_or_all_of_mine_can_be_chosen_where_both_changed(base: str, mine: str, theirs: str) -> None:
    parts = merge(base, mine, theirs)
    open_ = [part for part in parts if part.is_open]
    assert [part.taken(MINE) for part in open_] == [part.mine for part in open_]
    assert [part.taken(THEIRS) for part in open_] == [part.theirs for part in open_]
    assert [part.taken(BOTH) for part in open_] == [part.theirs + part.mine for part in open_]


@given(TEXTS, TEXTS, TEXTS)
def test_who_is_called_mine_does_not_matter(base: str, mine: str, theirs: str) -> None:
    one, other = merge(base, mine, theirs), merge(base, theirs, mine)
    assert all_with(one, MINE) == all_with(other, THEIRS)
    assert [part.is_open for part in one] == [part.is_open for part in other]


def test_neighbouring_paragraphs_changed_by_one_each_are_both_taken() -> None:
    parts = merge("One.\n\nTwo.\n\nThree.", "One!\n\nTwo.\n\nThree.", "One.\n\nTwo!\n\nThree.")
    assert together(parts, {}) == "One!\n\nTwo!\n\nThree."
    assert [part.changed_by for part in parts] == [MINE, THEIRS, SAME]


def test_one_paragraph_changed_by_both_is_asked() -> None:
    parts = merge("One.\n\nTwo.", "One, mine.\n\nTwo.", "One, theirs.\n\nTwo.")
    assert [part.is_open for part in parts] == [True, False]
    assert all_with(parts, BOTH) == "One, theirs.\n\nOne, mine.\n\nTwo."


def test_a_paragraph_taken_out_by_one_and_changed_by_the_other_is_asked() -> None:
    [first, _rest] = merge("One.\n\nTwo.", "Two.", "One!\n\nTwo.")
    assert (first.is_open, first.mine, first.theirs) == (True, (), ("One!",))


def test_two_new_paragraphs_in_one_place_are_asked() -> None:
    parts = merge("One.\n\nTwo.", "One.\n\nMine.\n\nTwo.", "One.\n\nTheirs.\n\nTwo.")
    assert all_with(parts, BOTH) == "One.\n\nTheirs.\n\nMine.\n\nTwo."


def test_a_new_paragraph_beside_a_changed_one_is_taken() -> None:
    parts = merge("One.\n\nTwo.", "One.\n\nNew.\n\nTwo.", "One!\n\nTwo!")
    assert together(parts, {}) == "One!\n\nNew.\n\nTwo!"


def test_of_an_unknown_beginning_only_what_differs_is_asked() -> None:
    parts = merge(None, "One.\n\nMine.\n\nTwo.", "One.\n\nTheirs.\n\nTwo.")
    assert [part.is_open for part in parts] == [False, True, False]


@given(TEXTS, TEXTS)
def test_of_an_unknown_beginning_nothing_is_lost(mine: str, theirs: str) -> None:
    outcome = paragraphs(all_with(merge(None, mine, theirs), BOTH))
    assert {*paragraphs(mine), *paragraphs(theirs)} == set(outcome)


def test_paragraphs_are_cut_at_empty_lines_whatever_blanks_they_hold() -> None:
    assert paragraphs("One.\nStill one.\n \t\n\nTwo.") == ("One.\nStill one.", "Two.")
    assert paragraphs("") == ()
