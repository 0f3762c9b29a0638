"""Writes GIFT, so that what was written can be read again; for tests only."""

from portal.exchange.questions.asked import Answer, Asked, Choices, Pairs, Statement, Typed


def escaped(text: str) -> str:
    """Backslashes first, or they would escape themselves."""
    text = text.replace("\\", "\\\\")
    for sign in "~=#{}:":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def written(asked: Asked) -> str:
    explanation = f" #### [plain]{escaped(asked.explanation)}" if asked.explanation else ""
    name = f"::{escaped(asked.name)}:: " if asked.name else ""
    return f"{name}[plain]{escaped(asked.stem)} {{{_body(asked)}{explanation}}}\n"


def _body(asked: Asked) -> str:
    match asked.body:
        case Statement(right, to_right, to_wrong):
            return f"{'T' if right else 'F'}#{escaped(to_wrong)}#{escaped(to_right)}"
        case Pairs(pairs):
            return "".join(f"={escaped(one)} -> {escaped(other)}\n" for one, other in pairs)
        case Choices(options, single):
            return "".join(_option(each, single=single) for each in options)
        case Typed(answers):
            return "".join(f"={_weight(each)}{_words(each)}" for each in answers)
    raise AssertionError(asked.body)


def _option(answer: Answer, *, single: bool) -> str:
    if single and answer.fraction == 100:
        return f"={_words(answer)}"
    return f"~{_weight(answer)}{_words(answer)}"


def _weight(answer: Answer) -> str:
    return f"%{answer.fraction}%"


def _words(answer: Answer) -> str:
    return escaped(answer.text) + (f"#{escaped(answer.feedback)}" if answer.feedback else "") + "\n"
