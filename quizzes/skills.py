"""What a learner has shown of each skill: answers to the questions that test it, and nothing that hands can do.

A plain rule, until memory is estimated: a skill is known when every question that tests it has been answered and the
latest answers reach the share that passes a check, weighted by how much each question says about the skill, with every
critical one right. It is to be repeated when the answers that were given do not reach that.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lessons.catalogue import LessonLine, Outline
from lessons.models import Skill, SkillText, State
from lessons.words import in_language
from quizzes.checks import SHARE_TO_PASS
from quizzes.evidence import Shown, last_shown
from quizzes.models import Learner, QuestionSkill

NEW, PRACTISED, AGAIN, KNOWN = "new", "practised", "again", "known"


@dataclass(frozen=True)
class Probe:
    """A question that tests a skill, by so much."""

    question_id: int
    lesson_id: int
    critical: bool
    weight: Decimal


@dataclass(frozen=True)
class SkillStanding:
    """What was shown of a skill: `right` of `total` questions; `lesson` teaches it, first what is weak or open."""

    name: str
    state: str
    right: int
    answered: int
    total: int
    last_on: date | None
    lesson: LessonLine

    @property
    def open(self) -> int:
        """How many questions have not been answered yet."""
        return self.total - self.answered


@dataclass(frozen=True)
class SkillGroup:
    """A skill as a whole, and its parts where it has more than itself."""

    whole: SkillStanding
    parts: list[SkillStanding]

    @property
    def begun(self) -> bool:
        return self.whole.state != NEW


def state_of(probes: Sequence[Probe], shown: Mapping[int, Shown]) -> str:
    """`new`, `practised`, `again` or `known`, by the rule above."""
    answered = [(probe, shown[probe.question_id]) for probe in probes if probe.question_id in shown]
    if not answered:
        return NEW
    earned = sum((probe.weight * last.share for probe, last in answered), Decimal(0))
    enough = earned >= SHARE_TO_PASS * sum(probe.weight for probe, _last in answered)
    if not enough or any(probe.critical and not last.right for probe, last in answered):
        return AGAIN
    return KNOWN if len(answered) == len(probes) else PRACTISED


def skill_groups(learner: Learner | None, language: str, paths: dict[int, Outline]) -> list[SkillGroup]:
    """Every skill that can be tested, those with an answer first, else as the courses come; three queries."""
    lines = {line.id: line for path in reversed(paths.values()) for line in path.lessons}
    probes = _probes(lines)
    shown = last_shown(learner) if learner else {}
    skills = _skills(language)
    families: dict[int, list[int]] = {}
    for skill in probes:
        families.setdefault(_root(skill, skills), []).append(skill)
    places = {lesson: place for place, lesson in enumerate(_in_order(paths))}
    groups = [
        _group(skills[root][1], [(skills[part][1], probes[part]) for part in family], shown, lines, places)
        for root, family in families.items()
    ]
    groups.sort(key=lambda group: (not group.begun, places[group.whole.lesson.id]))
    return groups


def _in_order(paths: dict[int, Outline]) -> Iterable[int]:
    """Ids of lessons as courses and lessons come, each once."""
    return dict.fromkeys(line.id for path in paths.values() for line in path.lessons)


def _probes(lessons: Iterable[int]) -> dict[int, list[Probe]]:
    """By skill, the published questions of these lessons that test it."""
    rows = QuestionSkill.objects.filter(
        question__versions__state=State.PUBLISHED, question__archived_at=None, question__lesson__in=lessons
    ).order_by("question__lesson", "question__position", "question")
    found: dict[int, list[Probe]] = {}
    values = rows.values_list("skill", "question", "question__lesson", "question__versions__critical", "weight")
    for skill, question, lesson, critical, weight in values:
        found.setdefault(skill, []).append(Probe(question, lesson, critical, weight))
    return found


def _skills(language: str) -> dict[int, tuple[int | None, str]]:
    """(parent, name) of every skill; one without words is called by its key."""
    named = Skill.objects.annotate(name=in_language(SkillText.objects.all(), "skill", "name", language)).order_by()
    return {pk: (parent, name or key) for pk, parent, name, key in named.values_list("pk", "parent", "name", "key")}


def _root(skill: int, skills: Mapping[int, tuple[int | None, str]]) -> int:
    parent = skills[skill][0]
    return skill if parent is None else _root(parent, skills)


def _group(
    name: str,
    family: list[tuple[str, list[Probe]]],
    shown: Mapping[int, Shown],
    lines: Mapping[int, LessonLine],
    places: Mapping[int, int],
) -> SkillGroup:
    heaviest: dict[int, Probe] = {}  # a question that tests several parts counts once for the whole
    for probe in sorted((probe for _name, probes in family for probe in probes), key=lambda probe: probe.weight):
        heaviest[probe.question_id] = probe
    parts = [_standing(part, probes, shown, lines, places) for part, probes in family]
    parts.sort(key=lambda part: places[part.lesson.id])
    alone = len(parts) == 1 and parts[0].name == name
    return SkillGroup(_standing(name, list(heaviest.values()), shown, lines, places), [] if alone else parts)


def _standing(
    name: str,
    probes: list[Probe],
    shown: Mapping[int, Shown],
    lines: Mapping[int, LessonLine],
    places: Mapping[int, int],
) -> SkillStanding:
    last = [shown[probe.question_id] for probe in probes if probe.question_id in shown]
    right = {one.question_id for one in last if one.right}
    weakest = min(probes, key=lambda probe: (probe.question_id in right, places[probe.lesson_id]))
    return SkillStanding(
        name=name,
        state=state_of(probes, shown),
        right=len(right),
        answered=len(last),
        total=len(probes),
        last_on=max((one.on for one in last), default=None),
        lesson=lines[weakest.lesson_id],
    )
