"""The right and the wrong answers of the shipped questions, read from their packages as a person would."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

CURRICULUM = Path(__file__).resolve().parent.parent.parent / "lessons" / "curriculum"


@cache
def questions() -> list[dict[str, Any]]:
    """Every shipped question as its quiz.yaml has it."""
    found: list[dict[str, Any]] = []
    for path in sorted(CURRICULUM.glob("*/*/quiz.yaml")):
        found += yaml.safe_load(path.read_text(encoding="utf-8"))["questions"]
    return found


@cache
def topics() -> tuple[str, ...]:
    """The addresses of all shipped topics."""
    told = yaml.safe_load((CURRICULUM / "shared" / "topics.yaml").read_text(encoding="utf-8"))
    return tuple(topic["slug"] for topic in told["topics"])


@cache
def lessons_of(course: str) -> tuple[str, ...]:
    """The addresses of a shipped course's lessons, in order."""
    told = yaml.safe_load((CURRICULUM / course / "course.yaml").read_text(encoding="utf-8"))
    folders = [folder for module in told["modules"] for folder in module["lessons"]]
    return tuple(
        yaml.safe_load((CURRICULUM / course / folder / "lesson.yaml").read_text(encoding="utf-8"))["slug"]
        for folder in folders
    )


def titles_of(course: str, language: str) -> list[str]:
    """The titles of a shipped course's lessons."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((CURRICULUM / course).glob(f"*/lesson.{language}.md"))]
    return [yaml.safe_load(text.split("---")[1])["title"] for text in texts]


def question_of(key: str) -> dict[str, Any]:
    """The shipped question of that key."""
    return next(one for one in questions() if one["key"] == key)


def question_on(text: str, language: str) -> dict[str, Any]:
    """The question whose stem stands in `text`, the words of a page."""
    flat = " ".join(text.replace("\u2066", "").replace("\u2069", "").split())
    found = [one for one in questions() if _beginning(one, language) in flat]
    assert len(found) == 1, f"{len(found)} shipped questions fit the page:\n{flat[:400]}"
    return found[0]


def _beginning(question: dict[str, Any], language: str) -> str:
    """The stem up to its first local fact, whose words a country chooses."""
    stem = " ".join(question["texts"][language]["stem"].split())
    return str(stem.split("{")[0][:60]).strip()


def right_order(question: dict[str, Any]) -> list[str]:
    """The steps of an ordering question, those whose order is free as they stand."""
    return [step for entry in question["right"] for step in ([entry] if isinstance(entry, str) else entry)]


def chosen(question: dict[str, Any], *, right: bool) -> dict[str, str]:
    """What to choose for each part of a question: a place, what belongs to it, or the word for a gap."""
    if question["kind"] == "gap_fill":
        return {gap: gap_choice(question, gap, right=right) for gap in question["gaps"]}
    if question["kind"] == "ordering":
        order = right_order(question) if right else right_order(question)[::-1]
        return {step: str(place) for place, step in enumerate(order, 1)}
    prompts, options = list(question["right"]), list(question["right"].values())
    return dict(zip(prompts, options if right else [*options[1:], options[0]], strict=True))


def gap_choice(question: dict[str, Any], gap: str, *, right: bool) -> str:
    """The first choice of a gap that is right, or that is wrong."""
    rights = question["right"][gap]
    rights = [rights] if isinstance(rights, str) else rights
    return next(choice for choice in question["gaps"][gap] if (choice in rights) == right)


def right_values(question: dict[str, Any]) -> list[str]:
    """The values of the inputs to choose, or what to write."""
    right = question["right"]
    if question["kind"] == "numerical":
        return [str(right.get("min", right.get("max")))]
    if question["kind"] == "short_answer":
        return [next(iter(right.values()))[0]]
    if question["kind"] == "true_false":
        return ["true" if right else "false"]
    return list(right) if isinstance(right, list) else [right]


def wrong_values(question: dict[str, Any]) -> list[str]:
    if question["kind"] == "numerical":
        return ["9999"]
    if question["kind"] == "short_answer":
        return [next(iter(question["wrong"].values()))[-1]]
    if question["kind"] == "true_false":
        return ["false" if question["right"] else "true"]
    right = right_values(question)
    options = question.get("options") or [region["id"] for region in question["regions"]]
    return [next(option for option in options if option not in right)]
