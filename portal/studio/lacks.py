"""What a lesson still lacks before it is whole, and where each of these things is done."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lessons.credits import credit_of
from lessons.markdown.rules import faults_in
from lessons.markdown.tree import Node, is_decorative, parse, plain
from lessons.models import Lesson, Media, RevisionMedia
from portal.studio.languages import language_name
from portal.studio.question_standing import QuestionStanding
from portal.studio.standing import Standing, is_stale


@dataclass(frozen=True)
class Lack:
    """One thing to be done, and where."""

    said: str
    url: str


@dataclass(frozen=True)
class Shown:
    """A picture of the lesson under its name."""

    name: str
    media: Media

    @classmethod
    def of(cls, use: RevisionMedia) -> "Shown":
        return cls(use.name, use.media)


def lacks_credit(media: Media) -> bool:
    """Whether the picture cannot be published because nobody has said who made it."""
    return media.uploaded and credit_of(media) is None


def lacks_of(
    lesson: Lesson,
    texts: Mapping[str, Standing],
    questions: Iterable[QuestionStanding],
    pictures: Collection[Shown],
    *,
    placed: bool,
) -> Iterator[Lack]:
    """Everything that is missing, in the order in which a lesson is made; `placed`: it stands in a course."""
    url = reverse("studio:lesson", kwargs={"lesson": lesson.slug})
    source = texts.get(lesson.source_language, Standing(lesson.source_language))
    names = {picture.name for picture in pictures}
    for language, text in texts.items():
        for said in _lacks_in(text, source, names):
            yield Lack(said, f"{url}#{language}" if text.current else _page_of(lesson, language))
    for picture in pictures:
        if lacks_credit(picture.media):
            said = _("Nobody has said who made the picture %(name)s") % {"name": picture.name.rpartition("/")[2]}
            yield Lack(said, f"{url}#picture-{picture.media.pk}")
    yield from _lacks_of_questions(lesson, texts, [question for question in questions if question.current], url)
    if not placed:
        yield Lack(_("It stands in no course yet"), reverse("studio:place_lesson", kwargs={"lesson": lesson.slug}))


def _page_of(lesson: Lesson, language: str) -> str:
    """Where the lesson is written in a language for the first time: row by row beside its source."""
    if language == lesson.source_language:
        return reverse("studio:lesson", kwargs={"lesson": lesson.slug}) + f"#{language}"
    return reverse("studio:translate", kwargs={"lesson": lesson.slug, "language": language})


def _lacks_of_questions(
    lesson: Lesson, texts: Mapping[str, Standing], questions: Collection[QuestionStanding], url: str
) -> Iterator[Lack]:
    """No question at all, or questions that are not in a language in which the lesson is written."""
    if not questions:
        yield Lack(_("No question yet"), f"{url}#questions")
    for language, text in texts.items():
        missing = sum(language not in question.words for question in questions)
        if language == lesson.source_language or not text.current or not missing:
            continue
        said = ngettext(
            "%(language)s: %(count)s question is not translated yet",
            "%(language)s: %(count)s questions are not translated yet",
            missing,
        )
        where = {"lesson": lesson.slug, "language": language}
        yield Lack(
            said % {"language": language_name(language), "count": missing},
            reverse("studio:translate_questions", kwargs=where),
        )


def _lacks_in(text: Standing, source: Standing, pictures: Collection[str]) -> Iterator[str]:
    """What one language lacks."""
    name = language_name(text.language)
    if text.current is None:
        yield _("Not written in %(language)s yet") % {"language": name}
    elif is_stale(text, source):
        said = _("%(language)s is behind what is written in %(source)s")
        yield said % {"language": name, "source": language_name(source.language)}
    if text.is_draft and text.working:
        yield from _lacks_of_draft(name, text.working.markdown, pictures)


def _lacks_of_draft(name: str, markdown: str, pictures: Collection[str]) -> Iterator[str]:
    if not markdown.strip():
        yield _("%(language)s: the text is still empty") % {"language": name}
        return
    tree = parse(markdown)
    silent = sum(map(_is_silent, tree.walk()))
    count = len(set(faults_in(tree, markdown, pictures))) - silent
    if count > 0:
        said = ngettext(
            "%(language)s: %(count)s fault in the text",
            "%(language)s: %(count)s faults in the text",
            count,
        )
        yield said % {"language": name, "count": count}
    if silent:
        said = ngettext(
            "%(language)s: %(count)s picture says nothing to those who cannot see it",
            "%(language)s: %(count)s pictures say nothing to those who cannot see them",
            silent,
        )
        yield said % {"language": name, "count": silent}


def _is_silent(node: Node) -> bool:
    return node.type == "image" and not plain(node).strip() and not is_decorative(node)
