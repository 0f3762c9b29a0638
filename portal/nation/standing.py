"""The rows of a diary: its events in the order in which they were recorded, and where the learner stands."""

from operator import itemgetter

from portal.nation.diary import PASSED, READ, REASONS, Diary, Earned, Event
from portal.nation.plan import Row
from portal.nation.tables import Batch

ROOM = 256  # ids of completions kept free for each person
_day = itemgetter(0)


def write(diary: Diary, number: int, batch: Batch) -> None:
    """Adds everything that the diary of this person tells."""
    iso, owner = diary.plan.days.iso, diary.owner
    events = sorted(diary.events, key=_day)
    batch["quizzes.ProgressEvent"] += [
        (learner, verb, course, edition, lesson, attempt, iso[day], at)
        for day, at, verb, course, edition, lesson, attempt, learner in events
    ]
    batch["quizzes.LessonProgress"] += _lessons(owner, events, diary.best, iso)
    batch["quizzes.CourseProgress"] += _courses(owner, events, diary.completions, iso)
    first = diary.plan.first.completion + number * ROOM
    for place, (day, learner, course, edition, attempt, expires, withdrawn) in enumerate(diary.completions):
        pk = first + place
        batch["quizzes.Completion"].append((pk, learner, course, edition, attempt, iso[day], expires))
        if withdrawn is not None:
            reason = REASONS[number % len(REASONS)]
            batch["quizzes.CompletionWithdrawal"].append((pk, iso[withdrawn], reason))


def _lessons(owner: str, events: list[Event], best: dict[int, int], iso: tuple[str, ...]) -> list[Row]:
    read: dict[int, int] = {}
    passed: dict[int, int] = {}
    for day, _at, verb, _course, _edition, lesson, _attempt, _learner in events:
        if lesson is None:
            continue
        if verb == READ:
            read.setdefault(lesson, day)
        elif verb == PASSED:
            passed.setdefault(lesson, day)
    return [
        (
            owner,
            lesson,
            iso[read[lesson]] if lesson in read else None,
            iso[passed[lesson]] if lesson in passed else None,
            decimal(best[lesson]) if lesson in best else None,
        )
        for lesson in read | passed
    ]


def _courses(owner: str, events: list[Event], completions: list[Earned], iso: tuple[str, ...]) -> list[Row]:
    started: dict[int, int] = {}
    latest: dict[int, Event] = {}
    lessons: dict[int, int] = {}
    passed: dict[int, set[int]] = {}
    for event in events:
        day, _at, verb, course, _edition, lesson, _attempt, _learner = event
        started.setdefault(course, day)
        latest[course] = event
        if lesson is not None:
            lessons[course] = lesson
            if verb == PASSED:
                passed.setdefault(course, set()).add(lesson)
    counting = _counting(completions)
    rows: list[Row] = []
    for course, event in latest.items():
        done = counting.get(course)
        rows.append(
            (
                owner,
                course,
                event[4],
                iso[started[course]],
                iso[event[0]],
                lessons.get(course),
                len(passed.get(course, ())),
                iso[done[0]] if done else None,
                done[5] if done else None,
            )
        )
    return rows


def _counting(completions: list[Earned]) -> dict[int, Earned]:
    """By course, the latest completion that was not withdrawn."""
    found: dict[int, Earned] = {}
    for one in completions:
        if one[6] is None and (one[2] not in found or one[0] >= found[one[2]][0]):
            found[one[2]] = one
    return found


def decimal(share: int) -> str:
    """Hundred-thousandths as they are stored: 0.66667."""
    return f"{share // 100000}.{share % 100000:05}"
