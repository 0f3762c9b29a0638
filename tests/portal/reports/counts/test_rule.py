"""The rule by which one person is counted, for any history: it needs no database."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from portal.reports.counts.curriculum import Curriculum
from portal.reports.counts.facts import Earned, Facts, Place, Stay, path_of, unpacked
from portal.reports.counts.rule import all_of, changes_of
from portal.reports.counts.subjects import ANY, PEOPLE, Subject, subject_of

LAST = 40
days = st.integers(1, LAST)
places = st.builds(Place, st.integers(0, 2), st.sampled_from([(), (1,), (1, 2)]))
turns = st.lists(days, unique=True, max_size=4).map(sorted)
earned = st.lists(st.builds(Earned, days, st.none() | days, st.none() | days), max_size=4).map(
    lambda found: sorted(found, key=lambda one: one.on)
)
paths = st.dictionaries(days, places, max_size=4).map(lambda moves: sorted({0: Place(), **moves}.items()))
histories = st.builds(
    Facts,
    paths,
    st.dictionaries(st.integers(1, 2), days),
    st.dictionaries(st.integers(1, 3), turns.filter(bool)),
    st.dictionaries(st.integers(1, 2), turns.filter(bool)),
    st.dictionaries(st.integers(1, 2), earned),
)
CURRICULUM = Curriculum({("module", 7): frozenset([1, 2]), ("skill", 8): frozenset([3])}, frozenset([1, 2, 3]))


def at(facts: Facts, day: int) -> Place:
    return [place for since, place in facts.path if since <= day][-1]


def standing(facts: Facts, subject: Subject, day: int) -> tuple[int, ...]:
    """How the person stands at the end of the day, told from the history without any change being made up."""
    if subject == PEOPLE:
        return 1, 0, 0, 0, 0
    if subject == ANY:
        each = [standing(facts, Subject("course", course), day) for course in facts.begun.keys() | facts.earned.keys()]
        return tuple(map(max, zip(*each, strict=True))) if each else (0, 0, 0, 0, 0)
    if subject.kind == "course":
        begun = facts.begun.get(subject.ref, LAST + 1) <= day
        had = [one for one in facts.earned.get(subject.ref, []) if one.on <= day]
        had = [one for one in had if one.withdrawn is None or one.withdrawn > day]
        out = bool(had) and had[-1].expires is not None and had[-1].expires <= day
        return int(begun), int(begun and not had), int(bool(had)), int(out), int(bool(had) and not out)
    tables = {"lesson": facts.lessons, "final": facts.finals}
    refs = {"module": (1, 2), "skill": (3,)}.get(subject.kind, (subject.ref,))
    table = tables.get(subject.kind, facts.lessons)
    return 0, 0, int(all(sum(turn <= day for turn in table.get(ref, [])) % 2 for ref in refs)), 0, 0


SUBJECTS = [PEOPLE, ANY, Subject("module", 7), Subject("skill", 8)] + [
    Subject(kind, ref) for kind in ("course", "lesson", "final") for ref in (1, 2)
]


@given(histories, days)
def test_all_that_changed_until_a_day_is_how_the_person_stands_where_they_belong_on_it(facts: Facts, day: int) -> None:
    sums: Counter[tuple[Place, int, int]] = Counter()
    for (place, code, when), values in changes_of(facts, CURRICULUM).items():
        if when <= day:
            for measure, value in enumerate(values[:5]):
                sums[place, code, measure] += value
    stands = {
        (at(facts, day), subject.code, measure): value
        for subject in SUBJECTS
        for measure, value in enumerate(standing(facts, subject, day))
    }
    known = {key: value for key, value in sums.items() if value and subject_of(key[1]) in SUBJECTS}
    assert known == {key: value for key, value in stands.items() if value}


@given(histories)
def test_what_happened_is_told_once_where_the_person_was(facts: Facts) -> None:
    told = Counter(
        {
            (place, when, measure): values[measure]
            for (place, code, when), values in changes_of(facts, CURRICULUM).items()
            if code == ANY.code
            for measure in (5, 6, 7)
            if values[measure]
        }
    )
    happened = [(day, 5) for day in facts.begun.values()]
    happened += [(one.on, 6) for found in facts.earned.values() for one in found]
    happened += [(one.withdrawn, 7) for found in facts.earned.values() for one in found if one.withdrawn is not None]
    assert told == Counter((at(facts, day), day, measure) for day, measure in happened)


@given(histories)
def test_no_change_is_nothing_and_none_is_before_the_person_is_known(facts: Facts) -> None:
    for (_place, _code, when), values in changes_of(facts, CURRICULUM).items():
        assert any(values)
        assert when >= facts.path[0][0]


@given(histories)
def test_what_is_kept_of_a_person_is_read_as_it_was_written(facts: Facts) -> None:
    assert unpacked(facts.packed()) == facts
    assert changes_of(unpacked(facts.packed()), CURRICULUM) == changes_of(facts, CURRICULUM)


def test_of_nobody_nothing_is_counted() -> None:
    assert changes_of(Facts([]), CURRICULUM) == {}


@given(st.lists(turns, min_size=1, max_size=3), days)
def test_all_stand_where_each_stands(parts: list[list[int]], day: int) -> None:
    stands = all(sum(turn <= day for turn in part) % 2 for part in parts)
    assert bool(sum(turn <= day for turn in all_of(parts)) % 2) == stands


stays = st.lists(st.builds(Stay, st.integers(1, 3), days, st.none() | days), max_size=4)


@given(stays, stays, st.none() | days, days)
def test_where_somebody_belonged_is_told_of_every_day(
    homes: list[Stay], seats: list[Stay], known: int | None, day: int
) -> None:
    path = path_of(homes, seats, known)
    real = [one for one in (*homes, *seats) if one.until is None or one.until > one.since]
    first = min([one.since for one in real] + ([] if known is None else [known]), default=None)
    assert (path[0][0] if path else None) == first
    if path and day >= path[0][0]:
        living = [one for one in homes if one.holds(day)]
        latest = max((one.since for one in living), default=None)
        place = [place for since, place in path if since <= day][-1]
        assert place.region == ([one.place for one in living if one.since == latest] or [0])[-1]
        assert set(place.organisations) == {one.place for one in seats if one.holds(day)}
