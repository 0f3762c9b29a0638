"""Short ways to what a file becomes."""

from portal.exchange.questions.asked import Asked, FileRefused
from portal.exchange.questions.drafting import drafted
from portal.exchange.questions.making import Drafted, NotKept
from portal.exchange.questions.option_ids import OptionIds
from portal.exchange.questions.reading import Format, questions_in


def asked_in(text: str) -> Asked:
    """The only question of the file."""
    [asked] = questions_in(text.encode()).questions
    return asked


def draft_of(text: str) -> Drafted:
    return drafted(asked_in(text), "en", OptionIds())


def why_not(text: str) -> str:
    """Why the only question of the file is not kept."""
    try:
        made = draft_of(text)
    except NotKept as refusal:
        return str(refusal)
    raise AssertionError(f"kept: {made}")


def faults_of(data: str | bytes) -> list[tuple[int, str]]:
    """Why the file is refused."""
    try:
        questions_in(data.encode() if isinstance(data, str) else data)
    except FileRefused as refusal:
        return [(fault.line, fault.message) for fault in refusal.faults]
    raise AssertionError("The file was read.")


def moodle(kind: str, inside: str, *, stem: str = "What first?", name: str = "Q1") -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n'
        f'<question type="{kind}">\n<name><text>{name}</text></name>\n'
        f'<questiontext format="html"><text><![CDATA[<p>{stem}</p>]]></text></questiontext>\n'
        f"{inside}\n</question>\n</quiz>\n"
    )


def answer(text: str, fraction: str, feedback: str = "", more: str = "") -> str:
    told = f"<feedback><text>{feedback}</text></feedback>" if feedback else ""
    return f'<answer fraction="{fraction}"><text>{text}</text>{told}{more}</answer>'


def read_or_refused(data: bytes, form: Format = "") -> list[str]:
    """What was said of the file, or of each of its questions: a kind, or a sentence. Anything else fails."""
    try:
        found = questions_in(data, form).questions
    except FileRefused as refusal:
        return [fault.message if fault.line >= 0 else "" for fault in refusal.faults]
    said = []
    for asked in found:
        try:
            said.append(drafted(asked, "en", OptionIds()).kind)
        except NotKept as why:
            said.append(str(why))
    return said
