"""The order of an edition as its page shows it and sends it back: modules with their titles and lessons.

A line is `m:` and a module's key, or `l:` and a lesson's id; a lesson stands in the module whose line is above it.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from lessons.layouts import LaidOut

Layout = list[LaidOut]
MODULE, LESSON = "m:", "l:"
MOST = 500  # lines of an edition
NUMBERED = re.compile(r"M(\d{1,4})")
KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,99}")


def read(
    lines: Sequence[str], title: Callable[[str, str], str], languages: Sequence[str], known: Collection[int]
) -> Layout:
    """The layout that the lines say. `title` gives what was typed for (module, language); `known` are the lessons
    that may stand in it, each once: others are passed over, as is what stands above the first module."""
    found: Layout = []
    seen: set[str] = set()
    for line in lines[:MOST]:
        if line in seen:
            continue
        seen.add(line)
        key = line.removeprefix(MODULE)
        if line.startswith(MODULE) and KEY.fullmatch(key):
            titles = {language: said for language in languages if (said := " ".join(title(key, language).split()))}
            found.append(LaidOut(key, titles, []))
        elif found and (lesson := _id(line)) in known:
            found[-1] = replace(found[-1], lessons=[*found[-1].lessons, lesson])
    return found


def _id(line: str) -> int:
    number = line.removeprefix(LESSON)
    return int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0


def moved(modules: Layout, line: str, by: int) -> Layout:
    """The line one place up (-1) or down (1): a lesson also into the module before or after, a module whole."""
    if line.startswith(MODULE):
        return _module_moved(modules, line.removeprefix(MODULE), by)
    return _lesson_moved(modules, _id(line), by)


def _module_moved(modules: Layout, key: str, by: int) -> Layout:
    at = next((at for at, module in enumerate(modules) if module.key == key), None)
    if at is None or not 0 <= at + by < len(modules):
        return modules
    found = list(modules)
    found[at], found[at + by] = found[at + by], found[at]
    return found


def _lesson_moved(modules: Layout, lesson: int, by: int) -> Layout:
    flat: list[str | int] = []
    for module in modules:
        flat += [module.key, *module.lessons]
    at = flat.index(lesson) if lesson in flat else 0
    # Above the first line stands nothing, and no lesson stands above the first module.
    if at == 0 or at + by >= len(flat) or (by < 0 and at == 1):
        return modules
    flat[at], flat[at + by] = flat[at + by], flat[at]
    return _gathered(modules, flat)


def _gathered(modules: Layout, flat: Sequence[str | int]) -> Layout:
    by_key = {module.key: replace(module, lessons=[]) for module in modules}
    found: Layout = []
    for one in flat:
        if isinstance(one, str):
            found.append(by_key[one])
        else:
            found[-1] = replace(found[-1], lessons=[*found[-1].lessons, one])
    return found


def taken_out(modules: Layout, line: str) -> Layout:
    """Without the lesson, or without the module: its lessons then stand at the end of the one before, or after."""
    if line.startswith(LESSON):
        gone = _id(line)
        return [replace(module, lessons=[one for one in module.lessons if one != gone]) for module in modules]
    key = line.removeprefix(MODULE)
    left = [module for module in modules if module.key != key]
    orphans = [lesson for module in modules if module.key == key for lesson in module.lessons]
    if not orphans or not left:
        return left
    at = next(at for at, module in enumerate(modules) if module.key == key)
    if at:
        left[at - 1] = replace(left[at - 1], lessons=[*left[at - 1].lessons, *orphans])
    else:
        left[0] = replace(left[0], lessons=[*orphans, *left[0].lessons])
    return left


def with_module(modules: Layout, titles: Mapping[str, str], taken: Collection[str]) -> Layout:
    """One more module at the end; its key is a number that no edition of the course has used: `taken`."""
    numbers = [int(found[1]) for key in taken if (found := NUMBERED.fullmatch(key))]
    return [*modules, LaidOut(f"M{max(numbers, default=0) + 1}", dict(titles), [])]


def with_lesson(modules: Layout, lesson: int, key: str) -> Layout:
    """The lesson at the end of the module of that key, or else of the last one; once in the whole course."""
    if not modules or any(lesson in module.lessons for module in modules):
        return modules
    at = next((at for at, module in enumerate(modules) if module.key == key), len(modules) - 1)
    found = list(modules)
    found[at] = replace(found[at], lessons=[*found[at].lessons, lesson])
    return found
