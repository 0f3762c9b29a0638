"""The bytes of a question file as text: UTF-8, or else what they can only be, which is then said."""

import codecs
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.exchange.questions.asked import FileRefused, Note

MOST_BYTES = 5 * 1024 * 1024
# Control characters, and the code points that Unicode keeps free for a programme's own use (`gift.py` uses them).
NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff]")
DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding=[\"']([A-Za-z0-9._-]{1,40})[\"']")
KNOWN = {"windows-1256", "windows-1252", "iso-8859-1", "iso-8859-6", "iso-8859-15"}
FALLBACK = "windows-1256"


@dataclass(frozen=True)
class Decoded:
    """`assumed` is a sentence where the file does not say itself how it is written."""

    text: str
    assumed: str = ""


def decoded(data: bytes) -> Decoded:
    """The text with one sort of line end; raises FileRefused where it is too large, empty or no text."""
    if len(data) > MOST_BYTES:
        message = _("The file is larger than %(megabytes)s MB. Divide it, or take pictures out, then try again.")
        _refuse(message % {"megabytes": MOST_BYTES // 1024 // 1024})
    if not data.strip():
        _refuse(_("This file is empty. Choose another one."))
    if data.startswith(b"PK\x03\x04"):
        _refuse(_("This file is a zip archive. Unpack it and choose the GIFT or Moodle XML file itself."))
    found = _text_of(data)
    if NOT_TEXT.search(found.text):
        _refuse(_("This file is not text. Choose a GIFT file (.txt, .gift) or a Moodle XML file (.xml)."))
    return Decoded(found.text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n"), found.assumed)


def _refuse(message: str) -> None:
    raise FileRefused([Note(0, message)])


def _text_of(data: bytes) -> Decoded:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Decoded(data.decode("utf-16", errors="replace"), _assumed("UTF-16"))
    try:
        return Decoded(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        pass
    declared = DECLARED.match(data)
    name = declared[1].decode("ascii").lower() if declared else ""
    encoding = name if name in KNOWN else FALLBACK
    return Decoded(data.decode(encoding, errors="replace"), _assumed(encoding))


def _assumed(encoding: str) -> str:
    message = _("The file is not written in UTF-8, so it was read as %(encoding)s. Check that its words are right.")
    return message % {"encoding": encoding}
