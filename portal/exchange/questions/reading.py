"""From the bytes of a file to the questions in it."""

from typing import Literal

from django.utils.translation import gettext as _

from portal.exchange.questions.asked import FileRefused, Note, QuestionFile
from portal.exchange.questions.decoding import decoded
from portal.exchange.questions.gift import read_gift
from portal.exchange.questions.moodle import read_moodle

Format = Literal["", "gift", "moodle"]
MOST_QUESTIONS = 500


def questions_in(data: bytes, form: Format = "") -> QuestionFile:
    """The questions of a GIFT or Moodle XML file; without `form` the file shows which it is. Raises FileRefused."""
    text = decoded(data)
    is_moodle = form == "moodle" or (not form and text.text.lstrip().startswith(("<?xml", "<quiz", "<!DOCTYPE")))
    found = read_moodle(text.text) if is_moodle else read_gift(text.text)
    if len(found.questions) > MOST_QUESTIONS:
        message = _("The file has %(count)s questions; at most %(most)s are read at once. Divide it.")
        raise FileRefused([Note(0, message % {"count": len(found.questions), "most": MOST_QUESTIONS})])
    if text.assumed:
        found.notes.insert(0, Note(0, text.assumed))
    return found
