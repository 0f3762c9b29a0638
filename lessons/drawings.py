"""Drawings (SVG): refused with the reason when they could do anything but be looked at, then filtered all the same.

A `<style>` with classes and `@media (prefers-color-scheme: dark)` stays, so a figure can suit the reader's theme;
py-svg-hush, the last step, keeps it too. What is shown is always served sandboxed and without network.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

import py_svg_hush
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

SVG = "{http://www.w3.org/2000/svg}"
ACTIVE = {
    *("script", "foreignobject", "handler", "listener", "iframe", "embed", "object", "audio", "video"),
    *("animate", "animatemotion", "animatetransform", "set"),
}
OUTWARD = re.compile(r"@import|url\(\s*['\"]?(?!#)|\\|expression\(|javascript:", re.IGNORECASE)
NUMBER = re.compile(r"\s*([0-9]+(?:\.[0-9]+)?)\s*(?:px)?\s*")
LARGEST_SIDE = 100_000


def looks_like_drawing(data: bytes) -> bool:
    head = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    return head.startswith(b"<") and b"<svg" in head


def safe_drawing(data: bytes) -> bytes:
    """The drawing with nothing in it that acts or reaches out; raises ValidationError saying what was found."""
    root = _parsed(data)
    for refusal in _refusals(root, data):
        raise ValidationError(refusal, code="unsafe")
    try:
        return bytes(py_svg_hush.filter_svg(data, {}))
    except ValueError:
        raise ValidationError(_unreadable(), code="damaged") from None


def drawing_size(data: bytes) -> tuple[int, int]:
    """Width and height in pixels, from the view box or else from the two attributes; raises ValidationError."""
    root = _parsed(data)
    box = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    sides = box[2:] if len(box) == 4 else [root.get("width", ""), root.get("height", "")]
    found = [NUMBER.fullmatch(side) for side in sides]
    width, height = (round(float(side[1])) if side else 0 for side in found)
    if not (0 < width <= LARGEST_SIDE and 0 < height <= LARGEST_SIDE):
        message = _("The SVG does not say its size. Give it a viewBox, such as “0 0 640 360”.")
        raise ValidationError(message, code="no_size")
    return width, height


def _parsed(data: bytes) -> Element:
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except DefusedXmlException:
        message = _("The SVG holds a DOCTYPE or entities, which are not allowed. Save it as “plain SVG”.")
        raise ValidationError(message, code="unsafe") from None
    except (ParseError, ValueError, LookupError):
        raise ValidationError(_unreadable(), code="damaged") from None
    if root.tag != f"{SVG}svg":
        raise ValidationError(_unreadable(), code="damaged")
    return root


def _unreadable() -> str:
    return _("The SVG cannot be read. Save it once more as “plain SVG”, then try again.")


def _refusals(root: Element, data: bytes) -> Iterator[str]:
    """Why the drawing cannot be shown, if it cannot."""
    if b"<?xml-stylesheet" in data:
        yield _("The SVG loads a style sheet from elsewhere. Put its styles into the file.")
    for element in root.iter():
        name = _local(str(element.tag))
        if name.lower() in ACTIVE:
            message = _("The SVG holds “%(name)s”, which is not allowed: a drawing may only be looked at. Take it out.")
            yield message % {"name": name}
        if name == "style" and OUTWARD.search("".join(element.itertext())):
            yield _("The styles of the SVG load something from elsewhere. Take “@import” and “url(…)” out of them.")
        for attribute, value in element.attrib.items():
            yield from _attribute_refusals(_local(attribute), value)
    if _uses_uses(root):
        yield _("The SVG repeats parts within repeated parts. Save it with its copies drawn out.")


def _attribute_refusals(name: str, value: str) -> Iterator[str]:
    if name.lower().startswith("on"):
        yield _("The SVG holds a script (“%(name)s”), which is not allowed. Take it out.") % {"name": name}
    elif name == "href":
        if not value.startswith("#"):
            message = _("The SVG refers to “%(address)s”. A drawing shows only what is drawn in it: take it out.")
            yield message % {"address": value[:60]}
    elif OUTWARD.search(value):
        yield _("The SVG loads something from elsewhere (“%(name)s”). Take it out.") % {"name": name}


def _uses_uses(root: Element) -> bool:
    """Whether a part that is repeated repeats others: a few lines of that can stop a browser."""
    repeating = {element.get("id") for element in root.iter() if _repeated(element)} - {None}
    return any(target in repeating for element in root.iter() for target in _repeated(element, below=False))


def _repeated(element: Element, *, below: bool = True) -> list[str]:
    """The ids that `<use>` repeats in this element, or below it."""
    uses = element.iter(f"{SVG}use") if below else [element] if element.tag == f"{SVG}use" else []
    hrefs = (value for use in uses for name, value in use.attrib.items() if _local(name) == "href")
    return [href.removeprefix("#") for href in hrefs]


def _local(name: str) -> str:
    return name.rsplit("}", 1)[-1]
