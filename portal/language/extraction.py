"""Finding every text a person sees in Python files and templates, with Babel alone: no xgettext needed."""

from collections.abc import Collection, Generator
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir, extract_python
from django.utils.translation.template import templatize

ROOMS = ("portal", "lessons", "quizzes", "templates")
KEYWORDS: dict[str, Any] = {
    **DEFAULT_KEYWORDS,
    "gettext_noop": None,
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
TRANSLATORS = ("Translators:",)


def extract_template(
    file: IO[bytes], keywords: dict[str, Any], comment_tags: Collection[str], options: dict[str, Any]
) -> Generator[Any, None, None]:
    """A Babel extraction method for Django templates: (line, function, messages, comments) of each text."""
    as_python = templatize(file.read().decode())
    # Template indentation means nothing, but would be an error to Python's tokenizer.
    flat = "\n".join(line.lstrip() for line in as_python.splitlines())
    yield from extract_python(BytesIO(flat.encode()), keywords, comment_tags, {"encoding": "utf-8"})


def gather(root: Path) -> Catalog:
    """A catalogue without translations of every text in the checkout at `root`; places are files without lines."""
    catalog = Catalog(charset="utf-8")
    for room in ROOMS:
        methods: list[tuple[str, Any]] = [("**.py", "python")]
        if room == "templates":
            methods = [("**.html", extract_template), ("**.txt", extract_template)]
        texts = extract_from_dir(
            root / room, methods, keywords=KEYWORDS, comment_tags=TRANSLATORS, strip_comment_tags=True
        )
        for name, _line, message, comments, context in texts:
            catalog.add(message, locations=[(f"{room}/{name}", 0)], auto_comments=comments, context=context)
    return catalog
