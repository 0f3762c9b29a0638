"""Moodle XML (https://docs.moodle.org/en/Moodle_XML_format): which question, of what kind, in which words."""

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from urllib.parse import unquote

from django.utils.translation import gettext as _

from portal.exchange.questions.asked import (
    Answer,
    Asked,
    Body,
    Choices,
    FilePicture,
    FileRefused,
    Gaps,
    Note,
    NotOurs,
    Numbers,
    Pairs,
    QuestionFile,
    Statement,
    Steps,
    Typed,
)
from portal.exchange.questions.cloze import NotChosen, gaps_of
from portal.exchange.questions.numbers import number
from portal.exchange.questions.plain import MOST_CHARACTERS, looks_like_html, plain_of_html, tidy
from portal.exchange.questions.xml_tree import Node, tree_of

PLACE = re.compile(r"\[\[([0-9]{1,3})\]\]")
EMBEDDED = "@@PLUGINFILE@@/"
NOTHING, FULL = Decimal(0), Decimal(100)
FORMATS = {"html": "html", "plain_text": "plain", "markdown": "markdown", "moodle_auto_format": "moodle"}
# Read for every kind or for one of them; what else says something is listed once for the whole file.
READ = {
    *("name", "questiontext", "generalfeedback", "idnumber", "answer", "subquestion", "single", "usecase", "units"),
    *("selectoption", "dragbox", "file", "hint", "tags", "defaultgrade"),
}


def read_moodle(text: str) -> QuestionFile:
    """The questions of the file; raises FileRefused."""
    root = tree_of(text)
    if root.tag != "quiz":
        message = _("This is XML, but no Moodle question file: it begins with <%(tag)s> instead of <quiz>.")
        raise FileRefused([Note(root.line, message % {"tag": root.tag[:40]})])
    found, unread = QuestionFile([]), dict[str, int]()
    for node in root.all("question"):
        if node.attributes.get("type") == "category":
            category = node.first("category")
            message = _("The category “%(name)s” is not kept: questions stand in their lesson.")
            name = category.said().strip() if category else ""
            found.notes.append(Note(node.line, message % {"name": name[:120]}))
            continue
        found.questions.append(_Reader(node).read())
        for child in node.children:
            if child.tag not in READ and any(each.text.strip() for each in child.walk()):
                unread.setdefault(child.tag[:40], child.line)
    if not found.questions:
        raise FileRefused([Note(0, _("There is no question in this file. Choose a GIFT or a Moodle XML file."))])
    for tag, line in unread.items():
        found.notes.append(Note(line, _("<%(tag)s> is kept of no question.") % {"tag": tag}))
    return found


class _Reader:
    """Reads one question; `notes` gathers what is not kept of it."""

    def __init__(self, node: Node) -> None:
        self.node, self.notes = node, list[Note]()
        self.pictures: dict[tuple[str, str], FilePicture] = {}

    def note(self, line: int, message: str) -> None:
        self.notes.append(Note(line, message))

    def read(self) -> Asked:
        if long := next((node for node in self.node.walk() if _is_too_long(node)), None):
            return self._too_long(long)
        kind = self.node.attributes.get("type", "")
        name_node = self.node.first("name")
        name = tidy(name_node.said()) if name_node else ""
        self.stem = self.words(self.node.first("questiontext"))
        explanation = self.words(self.node.first("generalfeedback"))
        reader = READERS.get(kind)
        try:
            body = reader(self) if reader else NotOurs(_none_of_ours(kind))
        except (ValueError, InvalidOperation):
            body = NotOurs(_("A number in it cannot be read."))
        if not self.stem and not isinstance(body, NotOurs):
            body = NotOurs(_("It asks nothing: its text is empty."))
        self._note_the_rest()
        identity = tidy(self.node.said("idnumber")) or name or self.stem
        pictures = list(self.pictures.values())
        return Asked(self.node.line, identity, name, self.stem, body, explanation, self.notes, pictures)

    def _too_long(self, node: Node) -> Asked:
        begin, identity = tidy(node.text[:60]), f"line {self.node.line}"
        message = _("A text in it is longer than %(most)s characters: “%(begin)s…”.")
        body = NotOurs(message % {"most": MOST_CHARACTERS, "begin": begin})
        return Asked(self.node.line, identity, "", begin, body)

    def _note_the_rest(self) -> None:
        for hint in self.node.all("hint"):
            if said := tidy(plain_of_html(hint.said()).text):
                self.note(hint.line, _("The hint is not kept: “%(words)s”.") % {"words": said[:120]})
        if tags := self.node.first("tags"):
            names = [tidy(tag.said()) for tag in tags.all("tag")]
            if names:
                self.note(tags.line, _("Tags are not kept: %(names)s.") % {"names": ", ".join(names)[:200]})
        grade = self.node.first("defaultgrade")
        if grade and (points := grade.text.strip()) and points.rstrip("0").rstrip(".") != "1":
            message = _("Each question counts one point here, not %(points)s.")
            self.note(grade.line, message % {"points": points[:20]})

    # Words

    def words(self, node: Node | None) -> str:
        """The plain words of an element that holds a <text>; pictures in it are gathered."""
        if node is None:
            return ""
        said, form = node.said(), FORMATS.get(node.attributes.get("format", ""), "moodle")
        if form == "plain" or (form != "html" and not looks_like_html(said)):
            self._gather(node, {})
            if form == "markdown" and said.strip():
                self.note(node.line, _("Markdown is kept as it is typed: questions are plain text."))
            return tidy(said)
        plain = plain_of_html(said)
        if plain.left:
            self.note(node.line, _("Formatting is not kept: %(tags)s.") % {"tags": ", ".join(plain.left)})
        inside = {unquote(src.removeprefix(EMBEDDED)): alt for src, alt in plain.pictures if src.startswith(EMBEDDED)}
        for address in (src for src, _alt in plain.pictures if not src.startswith(EMBEDDED)):
            message = _("The picture “%(name)s” is not in the file, so it is not kept.")
            self.note(node.line, message % {"name": address[:120]})
        self._gather(node, inside)
        return plain.text

    def _gather(self, node: Node, alts: dict[str, str]) -> None:
        for file in node.all("file"):
            name = file.attributes.get("name", "")[:200]
            if file.attributes.get("encoding", "base64") != "base64":
                self.note(file.line, _("The file “%(name)s” is not base64, so it is not kept.") % {"name": name})
                continue
            picture = FilePicture(name, file.text, file.line, tidy(alts.get(name, ""))[:300])
            self.pictures.setdefault((name, file.text), picture)

    def answers(self) -> list[Answer]:
        return [
            Answer(self.words(node), _share(node), self.words(node.first("feedback")))
            for node in self.node.all("answer")
        ]

    # Kinds

    def choices(self) -> Body:
        single = self.node.said("single").strip().lower() in {"", "true", "1"}
        return Choices(self.answers(), single=single)

    def statement(self) -> Body:
        told = {answer.text.lower(): answer for answer in self.answers()}
        if set(told) != {"true", "false"}:
            return NotOurs(_("Its answers are not true and false."))
        right = told["true"].fraction > told["false"].fraction
        name, other = ("true", "false") if right else ("false", "true")
        return Statement(right, told[name].feedback, told[other].feedback)

    def numbers(self) -> Body:
        ranges, otherwise = [], ""
        for node in self.node.all("answer"):
            told, typed = self.words(node.first("feedback")), node.said().strip()
            if typed == "*":
                otherwise = told
                if _share(node) > NOTHING:
                    self.note(node.line, _("Points for whatever number is typed are not kept."))
                continue
            middle = number(typed)
            tolerance = node.said("tolerance").strip() or node.attributes.get("tolerance", "").strip()
            around = abs(number(tolerance)) if tolerance else NOTHING
            ranges.append((middle - around, middle + around, _share(node), told))
        return Numbers(ranges, self._unit(), otherwise)

    def _unit(self) -> str:
        units = self.node.first("units")
        found = units.all("unit") if units else []
        names = [(tidy(unit.said("unit_name")), unit) for unit in found]
        plain = [name for name, unit in names if number(unit.said("multiplier") or "1") == 1]
        for name, unit in names:
            if name not in plain[:1]:
                message = _("The unit “%(name)s” is not kept: a question has one unit.")
                self.note(unit.line, message % {"name": name[:60]})
        return plain[0] if plain else ""

    def typed(self) -> Body:
        return Typed(self.answers(), capitals=self.node.said("usecase").strip() in {"1", "true"})

    def pairs(self) -> Body:
        pairs = []
        for node in self.node.all("subquestion"):
            match = node.first("answer")
            pairs.append((self.words(node), tidy(match.said()) if match else ""))
        return Pairs(pairs)

    def steps(self) -> Body:
        nodes = self.node.all("answer")
        shares = [_share(node) for node in nodes]
        if len(set(shares)) == len(shares):
            nodes = [node for _at, node in sorted(zip(shares, nodes, strict=True), key=lambda pair: pair[0])]
        for node in nodes:
            if told := self.words(node.first("feedback")):
                self.note(node.line, _("What is said to this step is not kept: “%(words)s”.") % {"words": told[:120]})
        return Steps([self.words(node) for node in nodes])

    def places(self) -> Body:
        """Gaps that name the number of their choice; the choices of a gap are those of its group."""
        options = [*self.node.all("selectoption"), *self.node.all("dragbox")]
        groups = [node.said("group").strip() or "1" for node in options]
        texts = [self.words(node) for node in options]
        parts = PLACE.split(self.stem)
        gaps = []
        for place in map(int, parts[1::2]):
            if not 1 <= place <= len(options):
                return NotOurs(_("A gap names a choice that is not there."))
            mine = [at for at, group in enumerate(groups) if group == groups[place - 1]]
            mine.sort(key=lambda at: at != place - 1)
            gaps.append([Answer(texts[at], FULL if at == place - 1 else NOTHING) for at in mine])
        return Gaps(parts[0::2], gaps) if gaps else NotOurs(_("There is no gap in its text."))

    def cloze(self) -> Body:
        try:
            return gaps_of(self.stem)
        except NotChosen as refusal:
            return NotOurs(str(refusal))


READERS: dict[str, Callable[[_Reader], Body]] = {
    "multichoice": _Reader.choices,
    "truefalse": _Reader.statement,
    "numerical": _Reader.numbers,
    "shortanswer": _Reader.typed,
    "matching": _Reader.pairs,
    "match": _Reader.pairs,
    "ordering": _Reader.steps,
    "gapselect": _Reader.places,
    "ddwtos": _Reader.places,
    "cloze": _Reader.cloze,
    "multianswer": _Reader.cloze,
}


def _is_too_long(node: Node) -> bool:
    return node.tag != "file" and len(node.text) > MOST_CHARACTERS


def _share(node: Node) -> Decimal:
    typed = node.attributes.get("fraction", "0").strip() or "0"
    if len(typed) > 20:
        raise ValueError(typed)
    share = Decimal(typed)
    if not share.is_finite() or abs(share) > 1000:
        raise ValueError(typed)
    return share


def _none_of_ours(kind: str) -> str:
    known = {
        "essay": _("It is an essay, which nobody is there to mark."),
        "description": _("It is a description without an answer, which a check does not have."),
    }
    return known.get(kind) or _("Questions of the kind “%(kind)s” are not kept.") % {"kind": kind[:40]}
