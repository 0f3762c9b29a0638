"""The figures of a package as its lessons and questions show them: what is said of each, and what is marked on it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lessons.markdown.tree import Node, parse, plain
from lessons.picture_files import Picture
from portal.exchange.survey import LessonSurvey
from quizzes.kinds.shapes import Region


@dataclass
class Figure:
    """A file of a lesson; `said` and `captions` are by language, `asked` names the questions that show it."""

    name: str
    picture: Picture
    said: dict[str, list[str]] = field(default_factory=dict)
    captions: dict[str, list[str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)


def figures_of(lesson: LessonSurvey) -> list[Figure]:
    """The figures in the order in which the lesson shows them, then those of its questions, then what nothing shows."""
    figures = {name: Figure(name, picture) for name, picture in lesson.folder.figures.items()}
    order: list[str] = []
    for language, words in lesson.folder.texts.items():
        for node in _pictures(parse(words.markdown)):
            if figure := figures.get(str(node.attrs["src"])):
                order.append(figure.name)
                figure.said.setdefault(language, []).append(plain(node).strip())
                figure.captions.setdefault(language, []).append(str(node.attrs.get("title", "")))
    for question in lesson.questions:
        given: dict[str, Any] = question.of_its_kind
        if figure := figures.get(str(given.get("picture"))):
            order.append(figure.name)
            figure.asked.append(question.key)
            figure.regions += [Region.model_validate(region) for region in given.get("regions", ())]
            for language, said in question.texts.items():
                figure.said.setdefault(language, []).append(str(said.get("alt", "")))
    return [figures[name] for name in dict.fromkeys([*order, *figures])]


def _pictures(tree: Node) -> Iterator[Node]:
    return (node for node in tree.walk() if node.type == "image")
